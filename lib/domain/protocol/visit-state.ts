import type { ScheduledVisit } from '@/lib/domain/protocol/schedule'
import { type CalendarDate, daysBetween } from '@/lib/domain/shared/calendar-date'

/**
 * Where a visit stands. `notOpen`, `open`, `closing` (at most 7 days left), `overdue` (window closed, nothing
 * entered, not declared missed), `missed` (declared), `partly` (something entered, something lacking), `complete`
 * (nothing lacking), `none` (nothing is asked: follow-up ended, or the visit asks for no form).
 */
export type VisitState =
  | 'notOpen'
  | 'open'
  | 'closing'
  | 'overdue'
  | 'missed'
  | 'partly'
  | 'complete'
  | 'none'

/** A visit with this many days left, or fewer, is closing. Source: clinical.md §3, visit states. */
export const CLOSING_DAYS = 7

export interface VisitFacts {
  readonly scheduled: ScheduledVisit
  /** Codes asked at this visit: its instruments, and the study's own forms. */
  readonly expected: readonly string[]
  /** Codes entered with answers, nothing lacking. */
  readonly received: readonly string[]
  /** Codes entered in part: still lacking, though something is there. */
  readonly begun?: readonly string[] | undefined
  /** Codes recorded as not done, with a reason: nothing more is asked of them. */
  readonly notDone: readonly string[]
  /** Someone declared, with a reason, that the visit will not take place. */
  readonly declaredMissed: boolean
  readonly bookedFor: CalendarDate | null
  readonly consentedOn: CalendarDate | null
  /** Entered here, so that a day zero that is not known is still to come; else from a file, where it may never be known. */
  readonly awaitsDayZero: boolean
  /** Withdrawal from follow-up, loss, death, completion; a null date inside is *ended, when is unknown*. */
  readonly followUpEnd: { readonly date: CalendarDate | null } | null
}

export interface VisitStanding {
  readonly state: VisitState
  /** Booked for today or target today, and still something to enter. */
  readonly isToday: boolean
  /** No window could be computed: the visit counts as due and has no days left. */
  readonly isUndated: boolean
  /** The window counts from a planned day zero and will move. */
  readonly isProvisional: boolean
  /** What is expected and neither received nor recorded as not done, in the order expected. */
  readonly lacking: readonly string[]
  /** Days until the window opens; null unless the state is `notOpen` and the day is known. */
  readonly opensInDays: number | null
  /** Days until the window closes, 0 on its last day; null when closed, not open, settled or unknown. */
  readonly daysLeft: number | null
  /** Days since the window closed, 1 on the day after; null unless `overdue` or `partly` past the window. */
  readonly daysPast: number | null
  /**
   * What a visit still is once follow-up ended: `partly` (something is stored), `late` (it opened by that day, so that an
   * assessment of then may still be entered); null: follow-up goes on, or nothing may be entered.
   */
  readonly afterEnd: 'partly' | 'late' | null
}

/**
 * How far entry of a visit is, whatever the day. It is stored with the schedule, so that lists need not read answers.
 * `nothingAsked`; `untouched`; `partly` (something entered or not done, something lacking); `missed` (declared, and no
 * answer came after it); `complete` (nothing lacking).
 */
export type VisitProgress = 'nothingAsked' | 'untouched' | 'partly' | 'missed' | 'complete'

/**
 * The part of a visit's state that follows from what was entered alone; `deriveVisitState` builds on it.
 * Missing: nothing entered and not declared missed → `untouched`. Source: clinical.md §3, visit states.
 * Example: NPRS and EXAM asked, NPRS received → `partly`.
 */
export function deriveVisitProgress(
  facts: Pick<VisitFacts, 'expected' | 'received' | 'begun' | 'notDone' | 'declaredMissed'>,
): VisitProgress {
  const { expected, received, notDone, declaredMissed, begun = [] } = facts
  if (expected.length === 0) return 'nothingAsked'
  const isLacking = expected.some(code => !received.includes(code) && !notDone.includes(code))
  const hasAnswers = expected.some(code => received.includes(code) || begun.includes(code))
  if (!isLacking && (hasAnswers || !declaredMissed)) return 'complete'
  if (declaredMissed && !hasAnswers) return 'missed'
  return hasAnswers || expected.some(code => notDone.includes(code)) ? 'partly' : 'untouched'
}

/**
 * The first day on which a visit is open: that of consent where the target lies before day zero, else the first of its
 * window. Null where it is not known: an undated visit counts as open, a dated one before day zero waits for consent.
 * Source: clinical.md §3, visit states. Example: target −6 weeks, consent 2024-01-10 → `'2024-01-10'`.
 */
export function deriveOpeningDay({
  scheduled,
  consentedOn,
}: Pick<VisitFacts, 'scheduled' | 'consentedOn'>): CalendarDate | null {
  return scheduled.visit.target.value < 0 ? consentedOn : scheduled.windowStart
}

/**
 * Decides the state of one visit on the calendar date at the site. The only place where this is decided.
 * Order of precedence: what was entered (complete) → end of follow-up (none) → partly → missed → the window.
 * What was entered after a declaration of *missed* outranks it. A visit with a negative target is open from the
 * day of consent, until then not open. An undated visit counts as due: open, without days (negative targets too
 * where consent is unknown), unless it comes after a day zero that is still awaited: then not open; whether imported
 * participants without dates stand on a worklist is the caller's filter.
 * From the day on which follow-up ended nothing is asked, and `afterEnd` says what may still be entered; what is complete
 * or declared missed stays so.
 * Days: whole, on the site's calendar. Source: clinical.md §3, visit states, day zero, dates.
 * Example: window to 2024-03-07, nothing entered, today 2024-03-01 → `closing`, 6 days left.
 */
export function deriveVisitState(facts: VisitFacts, today: CalendarDate): VisitStanding {
  const { scheduled, expected, received, notDone } = facts
  const lacking = expected.filter(code => !received.includes(code) && !notDone.includes(code))
  const state = decide(facts, today)
  const outstanding = state === 'open' || state === 'closing' || state === 'overdue' || state === 'partly'
  const { windowStart, windowEnd } = scheduled
  const left = windowEnd === null || !outstanding ? null : daysBetween(today, windowEnd)
  return {
    state,
    isToday:
      (outstanding || state === 'notOpen') && (facts.bookedFor === today || scheduled.target === today),
    isUndated: windowEnd === null,
    isProvisional: scheduled.provisional,
    lacking,
    opensInDays: state === 'notOpen' && windowStart ? positive(daysBetween(today, windowStart)) : null,
    daysLeft: left !== null && left >= 0 ? left : null,
    daysPast: left !== null && left < 0 ? -left : null,
    afterEnd: state === 'none' ? deriveAfterEnd(facts) : null,
  }
}

function deriveAfterEnd(facts: VisitFacts): VisitStanding['afterEnd'] {
  const progress = deriveVisitProgress(facts)
  if (progress === 'partly') return 'partly'
  const end = facts.followUpEnd?.date ?? null
  const opensOn = deriveOpeningDay(facts)
  return progress === 'untouched' && end !== null && opensOn !== null && opensOn <= end ? 'late' : null
}

function decide(facts: VisitFacts, today: CalendarDate): VisitState {
  const { scheduled, followUpEnd } = facts
  const progress = deriveVisitProgress(facts)
  if (progress === 'nothingAsked') return 'none'
  if (progress === 'complete' || progress === 'missed') return progress
  if (followUpEnd && (followUpEnd.date === null || followUpEnd.date <= today)) return 'none'
  if (progress === 'partly') return 'partly'
  if (!isOpened(facts, today)) return 'notOpen'
  const { windowEnd } = scheduled
  if (windowEnd === null) return 'open'
  const daysLeft = daysBetween(today, windowEnd)
  if (daysLeft < 0) return 'overdue'
  return daysLeft <= CLOSING_DAYS ? 'closing' : 'open'
}

function isOpened(facts: VisitFacts, today: CalendarDate): boolean {
  const opensOn = deriveOpeningDay(facts)
  if (opensOn !== null) return opensOn <= today
  const { visit, windowStart } = facts.scheduled
  return windowStart === null && (visit.target.value < 0 || !facts.awaitsDayZero)
}

function positive(days: number): number | null {
  return days > 0 ? days : null
}
