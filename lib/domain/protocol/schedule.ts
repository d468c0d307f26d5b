import type { Protocol, VisitPlan } from '@/lib/domain/protocol/protocol'
import {
  addDays,
  addOffset,
  type CalendarDate,
  compareDates,
  daysBetween,
} from '@/lib/domain/shared/calendar-date'

/** One visit of one participant, as the protocol places it. The three dates are null together: no day zero. */
export interface ScheduledVisit {
  readonly visit: VisitPlan
  /** Order in the protocol, from 0; also the order where windows are unknown. */
  readonly position: number
  readonly target: CalendarDate | null
  /** First and last day that still count as in window, both included. */
  readonly windowStart: CalendarDate | null
  readonly windowEnd: CalendarDate | null
  /** Counted from a planned day zero: moves when the real one is known. */
  readonly provisional: boolean
}

export interface ScheduleFacts {
  readonly dayZero: CalendarDate | null
  /** Used only while `dayZero` is null. */
  readonly plannedDayZero: CalendarDate | null
  /** End of follow-up (withdrawal from follow-up, loss, death, completion); a null date inside is *ended, when is unknown*. */
  readonly followUpEnd?: { readonly date: CalendarDate | null } | null | undefined
  /**
   * When each protocol version took effect for this participant, by number: the site's approval, or re-consent.
   * A number left out takes the version's own `effectiveFrom`; null means not in effect for this participant.
   */
  readonly versionsInForce?: Readonly<Record<string, CalendarDate | null>> | undefined
  /** Codes of visits of which something is stored: they exist, so that what was entered stays within reach. */
  readonly enteredVisits?: readonly string[] | undefined
}

/**
 * Places every visit of the protocol that exists for this participant. Windows count from day zero alone, so that
 * a second dose moves nothing; a real day zero replaces the planned one and the same call recomputes all.
 * Dates: target = day zero + offset (months clamped to month end), then `beforeDays` and `afterDays` around it.
 * Missing: neither day zero known → dates null, not provisional. A visit with `sinceVersion` exists when follow-up
 * had not ended before that version took effect; ended on that very day, or on an unknown day, it exists. Who came back
 * is in follow-up, and has it. A visit of which something is stored always exists.
 * Errors: throws on a `sinceVersion` that the protocol does not list (refused when the file was read).
 * Source: clinical.md §3, dates; protocols/README.md, `window`, `sinceVersion`.
 * Example: target 1 month, window 7/7, day zero 2024-01-31 → target 2024-02-29, window 2024-02-22 to 2024-03-07.
 */
export function deriveSchedule(
  protocol: Pick<Protocol, 'visits' | 'versions'>,
  facts: ScheduleFacts,
): readonly ScheduledVisit[] {
  const origin = facts.dayZero ?? facts.plannedDayZero
  const provisional = facts.dayZero === null && facts.plannedDayZero !== null
  return protocol.visits.flatMap((visit, position) => {
    if (!existsFor(protocol, visit, facts)) return []
    const target = origin && addOffset(origin, visit.target)
    const windowStart = target && addDays(target, -visit.window.beforeDays)
    const windowEnd = target && addDays(target, visit.window.afterDays)
    return [{ visit, position, target, windowStart, windowEnd, provisional }]
  })
}

function existsFor(protocol: Pick<Protocol, 'versions'>, visit: VisitPlan, facts: ScheduleFacts): boolean {
  if (visit.sinceVersion === undefined || facts.enteredVisits?.includes(visit.code)) return true
  const version = protocol.versions.find(entry => entry.number === visit.sinceVersion)
  if (!version) throw new Error(`Visit ${visit.code} names an unknown version: ${visit.sinceVersion}`)
  const own = facts.versionsInForce?.[version.number]
  if (own === null) return false
  const ended = facts.followUpEnd?.date ?? null
  return ended === null || ended >= (own ?? version.effectiveFrom)
}

export interface DayZeroFacts {
  readonly enrolledOn: CalendarDate | null
  readonly randomisedOn: CalendarDate | null
  /** Treatments given; a null date is *given, date not known*. */
  readonly doses: readonly { readonly treatment: string; readonly date: CalendarDate | null }[]
  /** Dates of the entered visits that the protocol names as baseline; a null date is not known. */
  readonly baselineVisitDates: readonly (CalendarDate | null)[]
}

/**
 * The real day zero, or null while it is not known.
 * `enrolment`: the date of enrolment, else the latest date of the baseline visits, so that each of them still lies
 * on or before day zero; `randomisation`: that date; `firstTreatment`: the earliest dose.
 * Missing: null; also where an undated dose may have come before the earliest dated one, since a second dose is
 * never taken for the first. Source: clinical.md §3, day zero and dates.
 * Example: doses DOSE1 2024-05-02, DOSE2 2024-11-20 → `'2024-05-02'`.
 */
export function deriveDayZero(
  protocol: Pick<Protocol, 'dayZero' | 'treatments'>,
  facts: DayZeroFacts,
): CalendarDate | null {
  if (protocol.dayZero === 'randomisation') return facts.randomisedOn
  if (protocol.dayZero === 'firstTreatment') return firstDoseDate(protocol, facts.doses)
  if (facts.enrolledOn) return facts.enrolledOn
  const dated = facts.baselineVisitDates.filter(date => date !== null)
  return dated.toSorted(compareDates).at(-1) ?? null
}

function firstDoseDate(
  protocol: Pick<Protocol, 'treatments'>,
  doses: DayZeroFacts['doses'],
): CalendarDate | null {
  const order = (treatment: string) => protocol.treatments.findIndex(plan => plan.code === treatment)
  const dated = doses.flatMap(dose => (dose.date ? [{ order: order(dose.treatment), date: dose.date }] : []))
  const first = dated.toSorted((a, b) => compareDates(a.date, b.date))[0]
  if (!first) return null
  const mayBeEarlier = doses.some(dose => dose.date === null && order(dose.treatment) <= first.order)
  return mayBeEarlier ? null : first.date
}

/**
 * Whether a date lies in the window, first and last day included; null where the date or the window is not known.
 * Example: window 2024-02-22 to 2024-03-07, date 2024-03-07 → `true`.
 */
export function isInWindow(
  date: CalendarDate | null,
  scheduled: Pick<ScheduledVisit, 'windowStart' | 'windowEnd'>,
): boolean | null {
  const { windowStart, windowEnd } = scheduled
  if (date === null || windowStart === null || windowEnd === null) return null
  return date >= windowStart && date <= windowEnd
}

/**
 * Days since day zero: day zero is 0, the day before it −1 (there is no gap, unlike CDISC's `--DY`).
 * Null where either is not known. Example: `studyDay('2024-05-09', '2024-05-02')` → `7`.
 */
export function studyDay(date: CalendarDate | null, dayZero: CalendarDate | null): number | null {
  return date === null || dayZero === null ? null : daysBetween(dayZero, date)
}
