/** What a file says, checked against the protocol and not yet against what is stored. */
import type { ParticipantField } from '@/lib/domain/imports/mapping'
import type { Answers } from '@/lib/domain/instruments/instrument'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'

export interface ImportPlan {
  readonly subjects: readonly PlannedSubject[]
}

/** A fact with the place in the file that it comes from, for errors about it. */
export interface Given<T> {
  readonly value: T
  readonly row: number
  readonly column: string | null
}

export interface PlannedSubject {
  readonly subject: Given<string>
  readonly site: Given<string> | null
  readonly arm: Given<string> | null
  readonly facts: ReadonlyMap<ParticipantField, Given<string | number>>
  readonly treatments: ReadonlyMap<string, Given<CalendarDate>>
  readonly visits: readonly PlannedVisit[]
}

export interface PlannedVisit {
  readonly visit: string
  readonly row: number
  readonly date: Given<CalendarDate> | null
  /** Whether the forms were taken before the dose of their day; null: the file does not say. */
  readonly beforeTreatment: Given<boolean> | null
  readonly forms: readonly PlannedForm[]
}

export interface PlannedForm {
  readonly form: string
  readonly answers: Answers
  /** Column of each answer, by item. */
  readonly columns: Readonly<Record<string, string | null>>
}
