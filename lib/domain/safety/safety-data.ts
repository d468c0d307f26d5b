import type { SafetyEvent } from '@/lib/domain/safety/safety-event'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'

/** What the safety section needs beside the cohort, of every participant of the study, arms and treatments unnamed. */
export interface SafetyData {
  readonly events: readonly SafetyEvent[]
  readonly harvests: readonly { readonly participant: number; readonly date: CalendarDate }[]
  /** Of those outside the analysis set too. */
  readonly doses: readonly { readonly participant: number; readonly date: CalendarDate }[]
  /** The last scheduled visit of each participant: after it nobody asks for events. */
  readonly lastVisits: readonly LastVisit[]
}

export interface LastVisit {
  readonly participant: number
  /** Null: the window cannot be computed. */
  readonly windowEnd: CalendarDate | null
  /** Null: not held, or its date is not known. */
  readonly heldOn: CalendarDate | null
}
