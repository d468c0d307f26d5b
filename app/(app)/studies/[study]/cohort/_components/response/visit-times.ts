import { computeTime, deriveTimeUnit, type TimeUnit } from '@/lib/domain/outcomes/report-visits'
import { formatValue } from '@/lib/format/numbers'
import type { CohortView } from '../cohort-view'

/** A visit on the true time axis, in its unit. */
export interface TimedVisit {
  readonly code: string
  readonly time: number
  readonly label: string
}

/** The unit in which the study counts its visits. */
export function timeUnitOf({ protocol }: CohortView): TimeUnit {
  return deriveTimeUnit(protocol)
}

/** Visits at their planned times, in order of time. */
export function placeVisits(view: CohortView, codes: readonly string[]): TimedVisit[] {
  const unit = timeUnitOf(view)
  return view.protocol.visits
    .filter(({ code }) => codes.includes(code))
    .map(({ code, target }) => {
      const time = computeTime(target, unit)
      return { code, time, label: formatValue(time) }
    })
    .sort((a, b) => a.time - b.time)
}

/** Months in the unit of the axis. */
export function placeMonth(view: CohortView, month: number): number {
  return computeTime({ value: month, unit: 'months' }, timeUnitOf(view))
}

/** Days in the unit of the axis; months have their mean length. */
export function placeDay(view: CohortView, day: number): number {
  const perUnit = computeTime({ value: 1, unit: 'days' }, timeUnitOf(view))
  return day * perUnit
}
