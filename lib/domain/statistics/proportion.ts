import beta from '@stdlib/stats-base-dists-beta'
import { type Computed, computed, type Interval, notComputed } from '@/lib/domain/statistics/computed'
import { Z_975 } from '@/lib/domain/statistics/distributions'
import { assertCount } from '@/lib/domain/statistics/sample'

/**
 * A proportion k / n. Range: 0 to 1.
 * Undefined: n = 0 → `noValues`. Errors: RangeError unless 0 <= k <= n, whole.
 * Example: `computeProportion(7, 9)` → 0.778.
 */
export function computeProportion(k: number, n: number): Computed<number> {
  assertCount(k, n)
  return n === 0 ? notComputed('noValues') : computed(k / n)
}

/**
 * Wilson's 95 % score interval of a proportion, without continuity correction. Range: 0 to 1, holds k / n.
 * R: `prop.test(k, n, correct = FALSE)$conf.int`.
 * Undefined: n = 0 → `noValues`. Errors: RangeError unless 0 <= k <= n, whole.
 * Source: Wilson, JASA 1927;22:209; clinical reference, statistics, convention 8. Checked against R to 1e-10
 * in proportion.test.ts, n to 10,000. Example: `computeWilson(7, 9)` → 0.453 to 0.937.
 */
export function computeWilson(k: number, n: number): Computed<Interval> {
  assertCount(k, n)
  if (n === 0) return notComputed('noValues')
  const z2 = Z_975 ** 2
  const centre = k + z2 / 2
  const half = Z_975 * Math.sqrt((k * (n - k)) / n + z2 / 4)
  // the ends are exact at 0 and n, where the formula would leave rounding noise
  return computed([k === 0 ? 0 : (centre - half) / (n + z2), k === n ? 1 : (centre + half) / (n + z2)])
}

/**
 * Clopper and Pearson's exact 95 % interval of a proportion. Range: 0 to 1, holds k / n.
 * R: `binom.test(k, n)$conf.int`.
 * Undefined: n = 0 → `noValues`. Errors: RangeError unless 0 <= k <= n, whole.
 * Source: Clopper and Pearson, Biometrika 1934;26:404. Checked against R to 1e-10 in
 * proportion.test.ts, n to 10,000.
 * Example: `computeClopperPearson(7, 9)` → 0.400 to 0.972.
 */
export function computeClopperPearson(k: number, n: number): Computed<Interval> {
  assertCount(k, n)
  if (n === 0) return notComputed('noValues')
  const lower = k === 0 ? 0 : beta.quantile(0.025, k, n - k + 1)
  const upper = k === n ? 1 : beta.quantile(0.975, k + 1, n - k)
  return computed([lower, upper])
}
