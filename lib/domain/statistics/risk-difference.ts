import { type Computed, computed, type Interval, notComputed } from '@/lib/domain/statistics/computed'
import { computeProportion, computeWilson } from '@/lib/domain/statistics/proportion'

/** Difference of two proportions, first minus second: -1 to 1, positive when the first is the larger. */
export interface RiskDifference {
  readonly riskDifference: Computed<number>
  /** 95 % interval, within -1 to 1. */
  readonly newcombe: Computed<Interval>
}

/**
 * Difference of two independent proportions k1 / n1 - k2 / n2 with Newcombe's hybrid score interval
 * (method 10, from the two Wilson intervals, without continuity correction).
 * R: no base function; `riskDifference` in __fixtures__/risk-difference.R, from `prop.test` on each arm.
 * Undefined: an arm without participants → `noValues`. Errors: RangeError unless 0 <= k <= n, whole.
 * Source: Newcombe, Stat Med 1998;17:873. Checked against R in risk-difference.test.ts to 1e-10
 * of what is subtracted, n to 10,000.
 * Example: `computeRiskDifference(56, 70, 48, 80)` → 0.2, interval 0.0524 to 0.3339.
 */
export function computeRiskDifference(k1: number, n1: number, k2: number, n2: number): RiskDifference {
  const p1 = computeProportion(k1, n1).value
  const p2 = computeProportion(k2, n2).value
  const wilson1 = computeWilson(k1, n1).value
  const wilson2 = computeWilson(k2, n2).value
  if (p1 === null || p2 === null || wilson1 === null || wilson2 === null) {
    return { riskDifference: notComputed('noValues'), newcombe: notComputed('noValues') }
  }
  const difference = p1 - p2
  const [lower1, upper1] = wilson1
  const [lower2, upper2] = wilson2
  return {
    riskDifference: computed(difference),
    newcombe: computed([
      difference - Math.hypot(p1 - lower1, upper2 - p2),
      difference + Math.hypot(upper1 - p1, p2 - lower2),
    ]),
  }
}
