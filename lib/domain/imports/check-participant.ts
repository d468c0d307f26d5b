import type { Given } from '@/lib/domain/imports/import-plan'
import type { MappedCell, MappedRow } from '@/lib/domain/imports/map-rows'
import type { ParticipantField } from '@/lib/domain/imports/mapping'
import { parseNumberText } from '@/lib/domain/instruments/number-text'
import { type CalendarDate, parseTypedDate } from '@/lib/domain/shared/calendar-date'
import type { CellError } from '@/lib/domain/shared/errors'
import { err, ok, type Result } from '@/lib/domain/shared/result'

const CHOICES: Readonly<Partial<Record<ParticipantField, readonly string[]>>> = {
  sex: ['female', 'male', 'intersex', 'notStated'],
  painType: ['axial', 'radicular', 'both', 'unknown'],
}

const WHOLE_NUMBERS: Readonly<Partial<Record<ParticipantField, readonly [number, number]>>> = {
  ageAtConsent: [0, 130],
  painDurationMonths: [0, 1200],
}

const MAX_TEXT = 2000

/**
 * Reads one fact of a participant. Errors, as text: not one of the codes, not a whole number, out of range, too long.
 * Example: `parseFact('sex', 'f')` → *“f” is not a code for sex…*.
 */
export function parseFact(field: ParticipantField, text: string): Result<string | number, string> {
  const choices = CHOICES[field]
  if (choices)
    return choices.includes(text)
      ? ok(text)
      : err(`“${text}” is not one of ${choices.join(', ')} (${field}).`)
  const range = WHOLE_NUMBERS[field]
  if (!range) return text.length <= MAX_TEXT ? ok(text) : err(`Shorten this text to ${MAX_TEXT} characters.`)
  const number = parseNumberText(text)
  if (number.ok && Number.isInteger(number.value) && number.value >= range[0] && number.value <= range[1])
    return number
  return err(`“${text}” is not a whole number from ${range[0]} to ${range[1]} (${field}).`)
}

const DATE_PROBLEMS = {
  unreadable: 'cannot be read as a date',
  ambiguous: 'is written in digits alone, so that day and month could be exchanged',
  noSuchDay: 'is not a day of the calendar',
  yearOutOfRange: 'has a year outside 1900 to 2199',
} as const

/** Reads a date as ISO or with the month's name. Errors, as text. Example: `parseDate('04/05/2024')` → ambiguous. */
export function parseDate(text: string): Result<CalendarDate, string> {
  const read = parseTypedDate(text)
  return read.ok ? read : err(`“${text}” ${DATE_PROBLEMS[read.error]}. Write it as 2026-04-16.`)
}

/**
 * The one value that all rows of a participant give for a fact; blank cells say nothing. Null: no row gives one.
 * Errors: rows that contradict each other, and what `parse` refuses. Example: `1` in row 2 and `2` in row 5 → an error
 * at row 5.
 */
export function agreeOn<T>(
  rows: readonly MappedRow[],
  cellOf: (row: MappedRow) => MappedCell | undefined,
  parse: (text: string) => Result<T, string>,
  errors: CellError[],
): Given<T> | null {
  let given = null as (Given<T> & { readonly text: string }) | null
  for (const row of rows) {
    const cell = cellOf(row)
    if (!cell || cell.text === '' || cell.text === given?.text) continue
    const at = { row: row.row, column: cell.column, value: cell.text }
    if (given) {
      const text = `“${cell.text}” contradicts “${given.text}” in row ${given.row} for the same participant.`
      errors.push({ ...at, text })
      continue
    }
    const parsed = parse(cell.text)
    if (parsed.ok) given = { value: parsed.value, row: row.row, column: cell.column, text: cell.text }
    else errors.push({ ...at, text: parsed.error })
  }
  return given && { value: given.value, row: given.row, column: given.column }
}
