/** What pages of mending are given: made by lib/server, drawn by app. */
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'

/** One form of a side, in words. */
export interface SideForm {
  readonly id: number
  readonly key: string
  readonly name: string
  readonly date: CalendarDate | null
  /** `Average pain 6`, one for each answer; or that it was not done, and why. */
  readonly values: readonly string[]
}

/** An entry of a log that names a visit. */
export interface VisitReference {
  readonly id: number
  /** Of the log's pages. */
  readonly path: string
  /** What one entry is called, e.g. `deviation`. */
  readonly one: string
  /** The entry in words, as its log lists it. */
  readonly text: string
}

/** One visit of one participant as a page of mending shows it. */
export interface Side {
  readonly number: string
  readonly site: string
  readonly visit: string
  readonly visitName: string
  /** Null: nothing was entered or declared. */
  readonly begun: {
    readonly date: CalendarDate | null
    readonly inWindow: boolean | null
    readonly missed: string | null
    readonly cause: string | null
  } | null
  readonly windowStart: CalendarDate | null
  readonly windowEnd: CalendarDate | null
  readonly consentDate: CalendarDate | null
  readonly doses: readonly (CalendarDate | null)[]
  readonly forms: readonly SideForm[]
}

/** One dose of a side, in words. */
export interface SideDose {
  readonly id: number
  /** By the treatment, or by its order to who may not know arms. */
  readonly name: string
  readonly date: CalendarDate
  readonly location: string | null
  /** `Lot: 7/25`, one for each answer; none where what was given is not told. */
  readonly values: readonly string[]
}

/** The doses of one participant as a page of mending shows them. */
export interface DoseSide {
  readonly number: string
  readonly site: string
  readonly consentDate: CalendarDate | null
  /** The day after which no dose may be dated; null: doses may be given. */
  readonly treatmentEnd: CalendarDate | null
  /** Earliest first. */
  readonly doses: readonly SideDose[]
}
