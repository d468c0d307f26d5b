/** Reading the text of one field of a study's form as a value of its type. */
import {
  checkNumber,
  type FieldProblem,
  type FieldProblemCode,
  numberProblem,
} from '@/lib/domain/checks/field-problem'
import type { Answer } from '@/lib/domain/instruments/instrument'
import { parseNumberText } from '@/lib/domain/instruments/number-text'
import type { FormField } from '@/lib/domain/protocol/protocol'
import { parseTypedDate, type TypedDateProblem } from '@/lib/domain/shared/calendar-date'
import { err, ok, type Result } from '@/lib/domain/shared/result'

type Value = Extract<Answer, { value: unknown }>['value']

/** Longest text of a field, in characters. */
export const MAX_TEXT_LENGTH = 2000

const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['yes', true],
  ['1', true],
  ['false', false],
  ['no', false],
  ['0', false],
])

const DATE_PROBLEMS: Readonly<Record<TypedDateProblem, string>> = {
  unreadable: 'could not be read as a date',
  ambiguous: 'is written in digits alone, so that day and month could be exchanged',
  noSuchDay: 'is not a day of the calendar',
  yearOutOfRange: 'has a year outside 1900 to 2199',
}

/**
 * Reads the texts of one field (more than one only for `multi`). Dates are stored as `YYYY-MM-DD`,
 * partial dates as `YYYY`, `YYYY-MM` or the whole day; booleans from yes / no, true / false, 1 / 0;
 * choices by their code.
 * Errors: not a number, comma, not whole, out of range, not a choice, no date, too long, several values.
 * Example: `parseFieldValue(bmi, ['24.5'])` → `{ ok: true, value: 24.5 }`.
 */
export function parseFieldValue(field: FormField, texts: readonly string[]): Result<Value, FieldProblem> {
  if (field.type === 'multi') return parseMulti(field, texts)
  const [text = '', ...rest] = texts
  if (rest.length > 0) {
    return refuse(
      field,
      texts.join(', '),
      'severalValues',
      `has several values: ${texts.join(', ')}. Keep one.`,
    )
  }
  switch (field.type) {
    case 'integer':
    case 'decimal':
      return parseNumber(field, text)
    case 'choice':
      return isChoice(field, text) ? ok(text) : refuseChoice(field, text)
    case 'boolean': {
      const value = BOOLEANS.get(text.toLowerCase())
      return value === undefined
        ? refuse(field, text, 'notAChoice', `is “${text}”, but must be yes or no.`)
        : ok(value)
    }
    case 'date':
      return parseDate(field, text)
    case 'partialDate':
      return parsePartialDate(field, text)
    case 'text':
      return text.length <= MAX_TEXT_LENGTH
        ? ok(text)
        : refuse(field, text, 'tooLong', `has ${text.length} characters; shorten it to ${MAX_TEXT_LENGTH}.`)
  }
}

function parseNumber(field: FormField, text: string): Result<Value, FieldProblem> {
  const rule = {
    code: field.code,
    label: field.label,
    decimals: field.type === 'decimal',
    range: field.range ?? null,
    unit: field.unit,
    mayBeMissing: field.missingCodes?.length !== 0,
  }
  const number = parseNumberText(text)
  if (!number.ok) return err(numberProblem(rule, text, number.error))
  const problem = checkNumber(rule, number.value)
  return problem ? err({ ...problem, value: text }) : number
}

function parseMulti(field: FormField, texts: readonly string[]): Result<Value, FieldProblem> {
  const wrong = texts.find(text => !isChoice(field, text))
  if (wrong !== undefined) return refuseChoice(field, wrong)
  const chosen = (field.choices ?? []).filter(choice => texts.includes(choice.code))
  return ok(chosen.map(choice => choice.code))
}

function parseDate(field: FormField, text: string): Result<Value, FieldProblem> {
  const date = parseTypedDate(text)
  if (date.ok) return date
  const why = `“${text}” ${DATE_PROBLEMS[date.error]}`
  return refuse(field, text, 'notADate', `${why}. Write it as 16 Apr 2026.`, ': ')
}

/** A year, a month of a year, or a day; each part that is given has to exist. */
function parsePartialDate(field: FormField, text: string): Result<Value, FieldProblem> {
  const [whole, length] = /^\d{4}$/.test(text)
    ? [`${text}-01-01`, 4]
    : /^\d{4}-\d{1,2}$/.test(text)
      ? [`${text}-01`, 7]
      : /^[a-z]{3,9}\.?\s*-?\s*\d{4}$/i.test(text)
        ? [`1 ${text}`, 7]
        : [text, 10]
  const date = parseTypedDate(whole)
  if (date.ok) return ok(date.value.slice(0, length))
  const why = `“${text}” ${DATE_PROBLEMS[date.error]}`
  return refuse(field, text, 'notADate', `${why}. Write what is known: 2026, Apr 2026 or 16 Apr 2026.`, ': ')
}

function isChoice(field: FormField, text: string): boolean {
  return (field.choices ?? []).some(choice => choice.code === text)
}

function refuseChoice(field: FormField, text: string) {
  const choices = (field.choices ?? []).map(choice => `${choice.code} (${choice.label})`).join(', ')
  return refuse(field, text, 'notAChoice', `is “${text}”, but must be one of: ${choices}.`)
}

function refuse(field: FormField, value: string, code: FieldProblemCode, text: string, join = ' ') {
  return err<FieldProblem>({ field: field.code, value, code, text: `${field.label}${join}${text}` })
}
