import { computeBinomialQuantile } from '@/lib/domain/statistics/binomial'
import { type Computed, computed, type Interval, notComputed } from '@/lib/domain/statistics/computed'
import { assertSample } from '@/lib/domain/statistics/sample'

/**
 * Exact 95 % interval of a quantile from two order statistics: no more than 2.5 % of samples have the true quantile
 * below it, no more than 2.5 % above, whatever the distribution. Its ends are observed values, so that it covers more
 * than 95 % and holds the sample quantile. Unit: that of the values. `p`: 0.5 the median, 0.25 and 0.75 the quartiles.
 * R: `sort(x)[c(qbinom(.025, n, p), qbinom(.975, n, p) + 1)]`, NA where an index is 0 or n + 1.
 * Undefined: no value → `noValues`; n too small for one of the ends → `tooFewValues` (the median needs 6 values, a
 * quartile 13). Missing rule: missing values are left out by the caller. Valid for any n from there on.
 * Errors: RangeError when `p` is not strictly between 0 and 1, or a value is not finite.
 * Source: Conover, Practical Nonparametric Statistics 1999, 3.2. Checked against R, to the last digit, in
 * quantile-interval.test.ts.
 * Example: `computeQuantileInterval([1, 2, 3, 4, 5, 6, 7, 8, 9], 0.5)` → 2 to 8.
 */
export function computeQuantileInterval(values: readonly number[], p: number): Computed<Interval> {
  assertSample(values)
  if (!(p > 0 && p < 1)) throw new RangeError(`Not strictly between 0 and 1: ${p}`)
  const n = values.length
  if (n === 0) return notComputed('noValues')
  const sorted = Float64Array.from(values).sort()
  // ranks count from 1
  const lower = sorted[computeBinomialQuantile(0.025, n, p) - 1]
  const upper = sorted[computeBinomialQuantile(0.975, n, p)]
  return lower === undefined || upper === undefined ? notComputed('tooFewValues') : computed([lower, upper])
}
