/**
 * The facts on who was studied and how, beside those of `CohortData`, as plain rows. Made by
 * `db/queries/cohort-population.ts`, not yet cut at the data cut; nothing here is yet a result.
 */
import type { Answers } from '@/lib/domain/instruments/instrument'
import type { Departure } from '@/lib/domain/protocol/follow-up'
import type { InterventionKind } from '@/lib/domain/protocol/protocol'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { PartialDate } from '@/lib/domain/shared/partial-date'

export interface PopulationData {
  /** Records dated up to and on this day count. */
  readonly dataCut: CalendarDate
  /** Codes of the sites that the reader works at; all others are told together. */
  readonly ownSites: 'all' | readonly string[]
  /** Everybody screened whose record may be used, by row number. */
  readonly people: readonly ScreenedRecord[]
  /** Records that are left out because their participants asked for no further use of data. */
  readonly noFurtherUse: number
  /** The study's own forms at the baseline visits. */
  readonly baselineForms: readonly BaselineForm[]
  /** Places imaged at the baseline visits. */
  readonly imaged: readonly {
    readonly participant: number
    readonly location: string
    readonly date: CalendarDate | null
  }[]
  readonly conditions: readonly HistoryEntry[]
  readonly medications: readonly HistoryEntry[]
  readonly interventions: readonly (HistoryEntry & { readonly kind: InterventionKind })[]
  /** Product and amount of each dose; null: hidden from this reader, since they may tell the arm. */
  readonly doses: readonly DoseDetails[] | null
  /** Visits that took place or were declared missed. */
  readonly visits: readonly VisitRecord[]
  /** Adverse events; null: more participants than have a lane of their own. */
  readonly events: readonly EventRecord[] | null
  /** Forms without a score that were received: the study's own and contacts for adverse events. */
  readonly receipts: readonly FormReceipt[]
  /** Last days of the windows of visits that ask for such a form; null: no window can be computed. */
  readonly unscoredWindows: readonly {
    readonly participant: number
    readonly visit: string
    readonly windowEnd: CalendarDate | null
  }[]
}

/** One screening: a person screened again has a record for each time. */
export interface ScreenedRecord {
  readonly participant: number
  readonly site: string
  readonly outcome: 'enrolled' | 'screenFailure' | 'declined'
  /** Day on which eligibility was decided, else of consent; null: not known. */
  readonly screenedOn: CalendarDate | null
  readonly enrolledOn: CalendarDate | null
  /** Row number of the earlier record of the same person. */
  readonly rescreenOf: number | null
  /** Codes of criteria that keep the participant out, in protocol order. */
  readonly failedCriteria: readonly string[]
  readonly allocated: boolean
  readonly allocatedOn: CalendarDate | null
  /** Days of the doses given, ascending; null: given, day not known. */
  readonly doseDates: readonly (CalendarDate | null)[]
  readonly harvestDates: readonly CalendarDate[]
  readonly departures: readonly (Departure & { readonly cause: string | null })[]
  readonly consentDates: readonly CalendarDate[]
  readonly imported: boolean
  /** Completed years at consent. */
  readonly age: number | null
  readonly sex: 'female' | 'male' | 'intersex' | 'notStated' | null
  readonly diagnosis: string | null
  readonly painType: 'axial' | 'radicular' | 'both' | 'unknown' | null
  readonly painDurationMonths: number | null
  /** As written, several parted by comma or semicolon. */
  readonly level: string | null
  readonly previousTreatment: string | null
}

/** One of the study's own forms, filled in about the whole person. */
export interface BaselineForm {
  readonly participant: number
  readonly visit: string
  readonly form: string
  readonly date: CalendarDate | null
  readonly beforeTreatment: boolean
  readonly repeat: number
  readonly answers: Answers
}

/** A line of a log: what it is called, and from when. */
export interface HistoryEntry {
  readonly participant: number
  readonly label: string
  readonly from: PartialDate | null
}

export interface DoseDetails {
  readonly participant: number
  readonly plan: string
  readonly date: CalendarDate | null
  readonly details: Answers
}

export interface VisitRecord {
  readonly participant: number
  readonly visit: string
  readonly date: CalendarDate | null
  readonly isMissed: boolean
  /** Day at the site on which it was first entered; null: by an import, or not known. */
  readonly enteredOn: CalendarDate | null
}

export interface EventRecord {
  readonly participant: number
  readonly onset: PartialDate | null
  readonly isSerious: boolean
}

export interface FormReceipt {
  readonly participant: number
  readonly visit: string
  readonly form: string
  readonly date: CalendarDate | null
}
