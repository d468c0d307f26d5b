/** What the worklist page is given: made by lib/server, drawn by app. */
import type { Booking } from '@/lib/domain/logs/appointments'
import type { VisitStanding } from '@/lib/domain/protocol/visit-state'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { DoubleEntryItem } from './double-entry'
import type { UnfinishedEntry } from './drafts'
import type { RunningClock } from './event-reports'

export const WORKLIST_GROUPS = ['overdue', 'closing', 'today', 'open'] as const
export type WorklistGroup = (typeof WORKLIST_GROUPS)[number]

/** One visit that wants something of somebody. */
export interface WorklistItem {
  readonly group: WorklistGroup
  readonly number: string
  readonly site: string
  readonly siteName: string
  readonly visit: string
  readonly visitName: string
  readonly standing: VisitStanding
  readonly target: CalendarDate | null
  readonly windowEnd: CalendarDate | null
  /** The live booking; null: none. */
  readonly booking: Booking | null
  /** Days from the target to today, to the first and to the last day of the window; null: no window. */
  readonly days: { readonly today: number; readonly start: number; readonly end: number } | null
  /** Short names of what is to be entered, and of what was. */
  readonly lacking: readonly string[]
  readonly entered: readonly string[]
  /** A new or changed adverse event was told at the visit, and none is recorded. */
  readonly lacksEvent: boolean
}

/** A visit at which an adverse event was told that is not recorded. */
export interface LackingEvent {
  readonly number: string
  readonly site: string
  readonly visit: string
  readonly visitName: string
}

/** Somebody who is to be asked for consent to a version of the consent form. */
export interface DueReconsent {
  readonly number: string
  readonly site: string
  readonly version: string
  readonly since: CalendarDate
}

/** A first dose that was planned more than a week ago and is not recorded. */
export interface AwaitedDose {
  readonly number: string
  readonly site: string
  readonly planned: CalendarDate
}

export interface Worklist {
  readonly study: { readonly code: string; readonly synthetic: boolean; readonly locked: boolean }
  /** The date at the site shown, or at the study where several sites are shown. */
  readonly today: CalendarDate
  readonly sites: readonly { readonly code: string; readonly name: string; readonly count: number }[]
  readonly site: string | null
  /** Serious events to be reported at any site of the person's, whichever site is shown; the most pressing first. */
  readonly clocks: readonly RunningClock[]
  readonly items: readonly WorklistItem[]
  /** Of visits that are no items, since nothing of the visit itself is lacking. */
  readonly lackingEvents: readonly LackingEvent[]
  /** Participants who are to be asked for consent again, by number. */
  readonly reconsents: readonly DueReconsent[]
  /** First doses planned and not recorded, by number. */
  readonly awaitedDoses: readonly AwaitedDose[]
  /** Forms that this person began and did not save. */
  readonly unfinished: readonly UnfinishedEntry[]
  /** Forms to be entered a second time by this person, and differences to be decided. */
  readonly doubleEntry: readonly DoubleEntryItem[]
  readonly mayEnter: boolean
  readonly mayBook: boolean
  readonly mayRegister: boolean
}
