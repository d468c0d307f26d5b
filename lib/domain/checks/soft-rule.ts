import type { CheckPlan } from '@/lib/domain/checks/check-plan'
import type { Answers } from '@/lib/domain/instruments/instrument'
import type { Medication } from '@/lib/domain/medication/medication'
import type { Settings } from '@/lib/domain/protocol/protocol'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { Question } from '@/lib/domain/shared/errors'

/** A dated visit beside the one that is checked. */
export interface NeighbourVisit {
  readonly name: string
  readonly date: CalendarDate
}

/** Another form of the same visit. `key`: its name among the fields of a question. */
export interface OtherForm {
  readonly form: string
  readonly key: string
  readonly answers: Answers
}

/** One form of one visit with what surrounds it. */
export interface SoftCheckInput {
  /** Code of the instrument or of the study's form. */
  readonly form: string
  readonly answers: Answers
  readonly settings: Settings
  /** Assessment date; null when it is not known. */
  readonly date: CalendarDate | null
  /**
   * First and last day of the visit's window; null when it cannot be computed, or for an unscheduled visit.
   */
  readonly window: { readonly start: CalendarDate; readonly end: CalendarDate } | null
  /** Dates of treatments given, ascending; those without a date are left out. */
  readonly doseDates: readonly CalendarDate[]
  /** The assessment was recorded as done before the treatment of the same day. */
  readonly beforeTreatment: boolean
  /** Fields of this form that take free text: code → label. */
  readonly freeText: Readonly<Record<string, string>>
  /** The other forms of this visit that it is compared with; one that repeats by place is there once for each. */
  readonly others: readonly OtherForm[]
  /** The same form at the last earlier visit that has it; null: none has. */
  readonly last: { readonly visitName: string; readonly answers: Answers } | null
  /**
   * Of the visits before this one in the protocol the last by date, of those after it the first. Null where
   * there is none, and for a form with a date of its own.
   */
  readonly neighbours: { readonly before: NeighbourVisit | null; readonly after: NeighbourVisit | null }
  /** The checks that the study sets itself. */
  readonly checks: readonly CheckPlan[]
  /** The participant's medication log; left out: none is known here. */
  readonly medication?: readonly Medication[]
  /** Fields of this form that take a date, whole or partial: only a study's own form has any. */
  readonly dateFields?: readonly string[]
  /** The calendar date at the site. */
  readonly today?: CalendarDate
  /** The visit counts from the first dose, and none is recorded; `planned`: when it was to be. */
  readonly awaitsDose?: { readonly planned: CalendarDate | null } | null
}

/**
 * A question to the person. `key` names the check and the values it is about: a confirmation is stored with
 * it.
 */
export interface SoftQuestion extends Question {
  readonly key: string
}

export type SoftRule = (input: SoftCheckInput) => readonly SoftQuestion[]

/**
 * A question whose key follows from its code and the values concerned, in the order of `values`.
 * Example: `ask('workHours', { WORK_HOURS: 90 }, '…').key` → `'workHours:WORK_HOURS=90'`.
 */
export function ask(
  code: string,
  values: Readonly<Record<string, string | number>>,
  text: string,
): SoftQuestion {
  const shown = Object.entries(values).map(([field, value]) => `${field}=${value}`)
  return { code, fields: Object.keys(values), text: `Check: ${text}`, key: `${code}:${shown.join(',')}` }
}

/** A field of another form of the visit among a question's fields. Example: `fieldOf('odi', 'ODI_06')` → `'odi.ODI_06'`. */
export function fieldOf(formKey: string, item: string): string {
  return `${formKey}.${item}`
}

/**
 * Questions of which several places gave the same, with the same values, as one that names the fields of each: they are
 * one question, and a confirmation answers it.
 */
export function mergeSame(questions: readonly SoftQuestion[]): readonly SoftQuestion[] {
  const merged = new Map<string, SoftQuestion>()
  for (const question of questions) {
    const fields = [...(merged.get(question.key)?.fields ?? []), ...question.fields]
    merged.set(question.key, { ...question, fields: [...new Set(fields)] })
  }
  return [...merged.values()]
}

/** Name of the field of the assessment date among a question's fields. */
export const ASSESSMENT_DATE_FIELD = 'assessmentDate'
