/** What is stored about one participant, as an export reads it. Made by `db/queries/exports.ts`; voided rows left out. */
import type { DoubleEntryState } from '@/lib/domain/double-entry/double-entry-state'
import type { Answers } from '@/lib/domain/instruments/instrument'
import type { CohortParticipant, CohortScheduledVisit, CohortScore } from '@/lib/domain/outcomes/cohort-data'
import type { VisitProgress } from '@/lib/domain/protocol/visit-state'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'

export interface ExportRecord {
  readonly participant: CohortParticipant
  readonly details: ParticipantDetails
  readonly schedule: readonly (CohortScheduledVisit & {
    readonly provisional: boolean
    /** How far entry is now, whatever the data cut. */
    readonly progress: VisitProgress
  })[]
  readonly visits: readonly ExportVisit[]
  readonly doses: readonly ExportDose[]
  readonly scores: readonly ExportScore[]
  readonly forms: readonly ExportForm[]
  /** Entries of logs, in the order in which they were made. */
  readonly logs: readonly ExportLogEntry[]
}

export interface ParticipantDetails {
  readonly origin: 'entered' | 'imported'
  readonly outcome: 'enrolled' | 'screenFailure' | 'declined'
  readonly rescreenOf: string | null
  readonly screenedOn: CalendarDate | null
  readonly consentVersion: string | null
  readonly consentDate: CalendarDate | null
  readonly plannedDayZero: CalendarDate | null
  readonly ageAtConsent: number | null
  readonly sex: string | null
  readonly diagnosis: string | null
  readonly painType: string | null
  readonly painDurationMonths: number | null
  readonly level: string | null
  readonly previousTreatment: string | null
  readonly eligibility: Readonly<Record<string, boolean>>
  /** Criteria that were not met and did not keep the person out, by an investigator's decision; in order of code. */
  readonly overrides: readonly { readonly criterion: string; readonly decidedOn: CalendarDate }[]
}

/** A visit that was begun, or declared missed with a reason. */
export interface ExportVisit {
  readonly visit: string
  readonly date: CalendarDate | null
  readonly missedReason: string | null
  /** Of those of its forms that the study wants entered twice, the least settled; now, whatever the data cut. */
  readonly doubleEntry: DoubleEntryState
}

export interface ExportDose {
  readonly treatment: string
  readonly date: CalendarDate | null
  readonly location: string | null
  /** Whether the protocol's condition was met; null: it sets none, or nobody said. */
  readonly conditionMet: boolean | null
  readonly details: Answers
}

/** `date` is the assessment's own, or its visit's where it has none of its own. */
export interface ExportScore extends CohortScore {
  readonly visitDate: CalendarDate | null
  readonly mode: string | null
  readonly source: string | null
}

/** One entry of a log; `entry`: its number among all that the participant ever had in that log. */
export interface ExportLogEntry {
  readonly log: string
  readonly entry: number
  readonly answers: Answers
  /** Of an adverse event: what was told of it; none: nothing was. */
  readonly reports?: readonly ExportEventReport[]
}

/** A report to the sponsor, or a note, of an adverse event; instants are UTC. */
export interface ExportEventReport {
  readonly kind: 'initial' | 'followUp' | 'note'
  readonly awareAt: string
  readonly reportedAt: string | null
  readonly reference: string | null
  readonly note: string | null
}

/** One form as it was answered; `notDoneReason`: the whole of it was not done. */
export interface ExportForm {
  readonly visit: string
  readonly form: string
  readonly date: CalendarDate | null
  readonly location: string | null
  readonly laterality: string | null
  readonly repeat: number
  readonly notDoneReason: string | null
  readonly answers: Answers
}
