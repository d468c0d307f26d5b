/**
 * The facts from which every number of the cohort is computed, as plain rows.
 * Made by `db/queries/outcomes.ts`; nothing here is yet a result.
 */
import type { Crossover } from '@/lib/domain/outcomes/crossover'
import type { Rescue } from '@/lib/domain/outcomes/rescue'
import type { Departure } from '@/lib/domain/protocol/follow-up'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'

export interface CohortData {
  readonly participants: readonly CohortParticipant[]
  readonly schedule: readonly CohortScheduledVisit[]
  readonly scores: readonly CohortScore[]
  readonly missedVisits: readonly {
    readonly participant: number
    readonly visit: string
    readonly reason: string
  }[]
}

export interface CohortParticipant {
  /** Row number; never shown. */
  readonly participant: number
  /** The number by which a participant is known, e.g. `MEL-003`. */
  readonly subject: string
  readonly site: string
  /** Null: not allocated, or hidden from this reader. */
  readonly arm: string | null
  /** Screened and accepted; screen failures are false. */
  readonly enrolled: boolean
  /** Date of enrolment (consent); null: not known, and then no data cut leaves the participant out. */
  readonly enrolledOn: CalendarDate | null
  /** An arm is allocated, told also to a reader from whom `arm` is hidden: the randomised set needs it. */
  readonly allocated: boolean
  /** Date on which the arm was allocated; null: not known, or not allocated. */
  readonly allocatedOn: CalendarDate | null
  /** Real day zero; null while only planned or unknown. */
  readonly dayZero: CalendarDate | null
  /** Dates of treatments given, ascending; null date = given, date not in source. */
  readonly doses: readonly { readonly treatment: string; readonly date: CalendarDate | null }[]
  /** Interventions that count as a rescue by the protocol's rule, in the order of entry. */
  readonly rescues: readonly Rescue[]
  /** Doses of treatments planned for other arms. Left out: none, or the protocol plans none by arm. */
  readonly crossovers?: readonly Crossover[]
  readonly followUpEnd: { readonly date: CalendarDate | null; readonly reason: string } | null
  /** What `followUpEnd` follows from, so that it can be told as of an earlier day. Left out: nothing was recorded. */
  readonly leaving?: {
    readonly departures: readonly Departure[]
    readonly consentDates: readonly CalendarDate[]
  }
  /** As recorded at registration; null or left out: not known. Age in completed years at consent. */
  readonly sex?: string | null
  readonly ageAtConsent?: number | null
  readonly diagnosis?: string | null
  /** True when the record came from a file that has no dates and so on. */
  readonly imported: boolean
}

export interface CohortScheduledVisit {
  readonly participant: number
  readonly visit: string
  /** All three null: the window cannot be computed (no day zero); such a visit counts as due. */
  readonly target: CalendarDate | null
  readonly windowStart: CalendarDate | null
  readonly windowEnd: CalendarDate | null
}

export interface CohortScore {
  readonly participant: number
  /** Nominal visit code. */
  readonly visit: string
  readonly parameter: string
  readonly value: number | null
  readonly missingReason: string | null
  readonly date: CalendarDate | null
  /** Recorded on the dosing day as taken before the dose; where nobody said, false: it is no baseline value. */
  readonly beforeTreatment: boolean
  readonly location: string | null
  readonly laterality: string | null
  readonly repeat: number
}
