import type { AssessmentRow } from '@/db/queries/assessments'
import { formatDay } from '@/lib/domain/checks/day-text'
import { checkAssessmentDate } from '@/lib/domain/checks/hard'
import { deriveEntryKind, type EntryKind } from '@/lib/domain/checks/total'
import { parseFieldValue } from '@/lib/domain/instruments/field-value'
import { type FormDefinition, parseTypedForm } from '@/lib/domain/instruments/form-definition'
import type { Answers } from '@/lib/domain/instruments/instrument'
import type { Settings } from '@/lib/domain/protocol/protocol'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { FieldError } from '@/lib/domain/shared/errors'
import { FORM_MISSING_REASONS, type MissingReason } from '@/lib/domain/shared/missing'
import { type FormSettings, NOT_RECORDED, type SaveVisitInput, type TypedForm } from '@/lib/schemas/visits'
import type { VisitEntry } from './visit-entry'

/** Name that the page's own settings have among its fields. */
export const PAGE = '~visit'

/** One form as it shall stand, read from what was typed. */
export interface TypedAssessment {
  readonly answers: Answers
  readonly notDoneReason: MissingReason | null
  readonly assessmentDate: CalendarDate | null
  /** Null: no dose of that day is recorded, or nobody said yet. */
  readonly beforeTreatment: boolean | null
  readonly mode: AssessmentRow['mode']
  readonly source: string | null
  readonly entryKind: EntryKind
}

/** Reads the date in a control; blank is null. Errors stand at the control. */
export function readDate(
  field: string,
  label: string,
  text: string,
): { date: CalendarDate | null; errors: FieldError[] } {
  if (text.trim() === '') return { date: null, errors: [] }
  const read = parseFieldValue({ code: field, label, type: 'date' }, [text.trim()])
  return read.ok
    ? { date: read.value as CalendarDate, errors: [] }
    : { date: null, errors: [{ ...read.error, field }] }
}

/** Refuses a date after today at the site, or before consent. */
export function checkDate(entry: VisitEntry, field: string, date: CalendarDate | null): FieldError[] {
  if (date === null) return []
  const problem = checkAssessmentDate({
    field,
    date,
    today: entry.today,
    followUpEnd: entry.participant.followUpEnd,
  })
  if (problem) return [problem]
  const consent = entry.participant.consentDate
  if (consent === null || date >= consent) return []
  const text = `The date ${formatDay(date)} is before consent (${formatDay(consent)}). Enter the day of the assessment.`
  return [{ field, value: date, text }]
}

export interface ReadAssessment {
  readonly assessment: TypedAssessment
  /** Dated on a dosing day, and nobody said whether before or after the dose. */
  readonly asksBefore: boolean
  readonly errors: readonly FieldError[]
}

/** Reads one form; a form's own settings go before the page's. Errors carry the names of the page's controls. */
export function readTypedAssessment(
  entry: VisitEntry,
  key: string,
  form: FormDefinition,
  typed: TypedForm,
  page: SaveVisitInput['page'] & { readonly visitDate: CalendarDate | null },
  stored: AssessmentRow | undefined,
): ReadAssessment {
  const { settings } = entry.protocol
  const errors: FieldError[] = []
  const parsed = parseTypedForm(form, typed.raw, settings)
  if (!parsed.ok)
    errors.push(...parsed.error.map(problem => ({ ...problem, field: `${key}.${problem.field}` })))
  const answers = parsed.ok ? parsed.value : {}
  const notDone = readNotDone(key, typed.settings, answers)
  errors.push(...notDone.errors)
  const own = readDate(`${key}.~date`, 'Date', typed.settings.date)
  errors.push(...own.errors, ...checkDate(entry, `${key}.~date`, own.date))
  const assessmentDate = own.date ?? page.visitDate
  const before = readBefore(entry, assessmentDate, typed, page, stored)
  return {
    errors,
    asksBefore: before.asks && notDone.reason === null,
    assessment: {
      answers,
      notDoneReason: notDone.reason,
      assessmentDate,
      beforeTreatment: before.value,
      mode: settle(typed.settings.mode, page.mode),
      source: settle(typed.settings.source, page.source),
      entryKind: form.kind === 'instrument' ? entryKindOf(form, answers, settings) : 'items',
    },
  }
}

/** A form's own setting, else the page's; null: not recorded. */
function settle<T extends string>(own: T | '' | typeof NOT_RECORDED, page: T | ''): T | null {
  if (own === NOT_RECORDED) return null
  return own || page || null
}

function entryKindOf(
  form: FormDefinition & { kind: 'instrument' },
  answers: Answers,
  settings: Settings,
): EntryKind {
  return deriveEntryKind(form.instrument, answers, settings)
}

/**
 * What is known stays as long as the date does: a dose of that day may be recorded later, or again. On a dosing day an
 * unanswered control asks, unless the page was drawn before the answer was stored.
 */
function readBefore(
  entry: VisitEntry,
  date: CalendarDate | null,
  typed: TypedForm,
  page: SaveVisitInput['page'] & { readonly visitDate: CalendarDate | null },
  stored: AssessmentRow | undefined,
): { value: boolean | null; asks: boolean } {
  const known = stored?.assessmentDate === date ? stored.beforeTreatment : null
  if (date === null || !entry.doses.some(dose => dose.date === date)) return { value: known, asks: false }
  // What the page says is said of its own day.
  const answer = typed.settings.before || (date === page.visitDate ? page.before : '')
  if (answer !== '') return { value: answer === 'yes', asks: false }
  const isSeen = typed.expectedVersion === (stored?.rowVersion ?? null)
  return { value: known, asks: known === null || isSeen }
}

function readNotDone(
  key: string,
  settings: FormSettings,
  answers: Answers,
): { reason: MissingReason | null; errors: FieldError[] } {
  if (settings.notDone === '') return { reason: null, errors: [] }
  const field = `${key}.~notDone`
  const reason = FORM_MISSING_REASONS.find(candidate => candidate === settings.notDone)
  if (!reason) {
    const text = `“${settings.notDone}” is not a reason from the list. Choose one of the list.`
    return { reason: null, errors: [{ field, value: settings.notDone, text }] }
  }
  if (Object.keys(answers).length === 0) return { reason, errors: [] }
  const text = 'The form is marked as not done, but answers are entered. Clear them, or clear the reason.'
  return { reason: null, errors: [{ field, value: settings.notDone, text }] }
}
