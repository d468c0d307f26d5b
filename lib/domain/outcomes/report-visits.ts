import { computeMonths, computeNominalDays } from '@/lib/domain/protocol/nominal-time'
import type { Offset, Protocol } from '@/lib/domain/protocol/protocol'

/** Visits of which the figures speak one by one, in months from day zero. */
const REPORTED_MONTHS = [6, 12]

/** How far from these a visit may be planned, in months (26 and 52 weeks are 6 and 12 months). */
const NEARNESS_MONTHS = 1

/** The unit of a true time axis. */
export type TimeUnit = 'Day' | 'Week' | 'Month'

/**
 * The unit in which a protocol counts its visits: weeks where all from day zero on are planned in weeks, days
 * likewise, else months. Example: visits at 4, 12, 26 and 52 weeks → `'Week'`.
 */
export function deriveTimeUnit(protocol: Pick<Protocol, 'visits'>): TimeUnit {
  const units = new Set(
    protocol.visits.filter(({ target }) => target.value > 0).map(({ target }) => target.unit),
  )
  if (units.size !== 1) return 'Month'
  return units.has('weeks') ? 'Week' : units.has('days') ? 'Day' : 'Month'
}

/** A time from day zero in a unit of the axis. Example: `computeTime({ value: 4, unit: 'weeks' }, 'Day')` → 28. */
export function computeTime(offset: Offset, unit: TimeUnit): number {
  if (offset.unit === 'weeks' && unit === 'Week') return offset.value
  return unit === 'Month'
    ? computeMonths(offset)
    : unit === 'Week'
      ? computeNominalDays(offset) / 7
      : computeNominalDays(offset)
}

/**
 * Of the visits given (codes), those after the last baseline visit that figures by participant show: planned
 * at about 6 and 12 months; where the protocol has neither, the last two. In protocol order; empty when none
 * is after baseline.
 * Source: the documented study reports 6 and 12 months (clinical.md §1).
 * Example: visits BL, M1, M3, M6, M9, M12, M24 → `['M6', 'M12']`.
 */
export function deriveReportVisits(
  protocol: Pick<Protocol, 'visits' | 'baseline'>,
  codes: readonly string[],
): string[] {
  const order = protocol.visits.map(visit => visit.code)
  const lastBaseline = Math.max(...protocol.baseline.visits.map(code => order.indexOf(code)))
  const candidates = protocol.visits
    .slice(lastBaseline + 1)
    .filter(visit => codes.includes(visit.code))
    .map(visit => ({ code: visit.code, months: computeMonths(visit.target) }))
  const nearest = REPORTED_MONTHS.flatMap(wanted => {
    const distance = (visit: { months: number }) => Math.abs(visit.months - wanted)
    const near = candidates.filter(visit => distance(visit) <= NEARNESS_MONTHS)
    return near.toSorted((a, b) => distance(a) - distance(b)).slice(0, 1)
  })
  return (nearest.length > 0 ? nearest : candidates.slice(-2)).map(visit => visit.code)
}
