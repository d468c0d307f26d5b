import { type Computed, computed, notComputed } from '@/lib/domain/statistics/computed'
import { computeT975 } from '@/lib/domain/statistics/distributions'
import { quantileType7 } from '@/lib/domain/statistics/quantile'
import {
  assertSample,
  computeMean,
  computeSquaredDeviations,
  hasZeroVariance,
} from '@/lib/domain/statistics/sample'

/** What a sample of values looks like; all but `n` in the unit of the values. */
export interface Description {
  readonly n: number
  readonly mean: Computed<number>
  /** Standard deviation with n - 1. */
  readonly sdSample: Computed<number>
  /** 95 % t interval of the mean. */
  readonly ciLower: Computed<number>
  readonly ciUpper: Computed<number>
  readonly median: Computed<number>
  /** Quartiles of type 7. */
  readonly q1: Computed<number>
  readonly q3: Computed<number>
}

/**
 * Describes the values present: n, mean, SD, 95 % t interval, median and quartiles.
 * R: `mean`, `sd`, `t.test(x)$conf.int`, `quantile(x, c(.25, .5, .75), type = 7)`.
 * Undefined: no value → all `noValues`; one value → SD and interval `needsTwoValues`; values that do not
 * differ → the interval is the mean itself, where R's `t.test` stops. Errors: RangeError at a non-finite value.
 * Source: clinical reference, statistics, conventions 5 and 8. Valid to 1e100, and to an offset of 1e6
 * times the spread. Checked against R to 1e-10 in describe.test.ts.
 * Example: `describe([1, 2, 3]).mean` → `{ value: 2, reason: null }`.
 */
export function describe(values: readonly number[]): Description {
  assertSample(values)
  const n = values.length
  const quartiles = {
    median: quantileType7(values, 0.5),
    q1: quantileType7(values, 0.25),
    q3: quantileType7(values, 0.75),
  }
  if (n === 0) {
    const none = notComputed('noValues')
    return { n, mean: none, sdSample: none, ciLower: none, ciUpper: none, ...quartiles }
  }
  const mean = computeMean(values)
  if (n === 1) {
    const single = notComputed('needsTwoValues')
    return { n, mean: computed(mean), sdSample: single, ciLower: single, ciUpper: single, ...quartiles }
  }
  const sd = Math.sqrt(computeSquaredDeviations(values) / (n - 1))
  const standardError = sd / Math.sqrt(n)
  const half = hasZeroVariance(standardError, [mean]) ? 0 : computeT975(n - 1) * standardError
  return {
    n,
    mean: computed(mean),
    sdSample: computed(sd),
    ciLower: computed(mean - half),
    ciUpper: computed(mean + half),
    ...quartiles,
  }
}
