import { type Computed, computed, type Interval, notComputed } from '@/lib/domain/statistics/computed'
import { computeT975, computeTwoSidedT } from '@/lib/domain/statistics/distributions'
import {
  assertSample,
  computeMean,
  computeSquaredDeviations,
  hasZeroVariance,
} from '@/lib/domain/statistics/sample'

/** Comparison of two arms' means, first minus second, in the unit of the values. */
export interface Welch {
  readonly differenceInMeans: Computed<number>
  /** 95 % interval of the difference. */
  readonly ci: Computed<Interval>
  readonly t: Computed<number>
  /** Welch–Satterthwaite, not a whole number as a rule. */
  readonly df: Computed<number>
  readonly pTwoSided: Computed<number>
}

/**
 * Welch's t test of two arms, variances not assumed equal. R: `t.test(first, second)`.
 * Undefined: an arm without values → all `noValues`; an arm of one → all but the difference `needsTwoValues`;
 * neither arm varies → all but the difference `zeroVariance`. Errors: RangeError at a non-finite value.
 * Source: Welch, Biometrika 1947;34:28; clinical reference, statistics, conventions 4 and 5.
 * Checked against R to 1e-10 in two-arms.test.ts, arms of any size, an offset of 1e6 times the spread.
 * Example: `computeWelch([1, 2, 3], [2, 4, 6])` → difference -2, t -1.549, df 2.94.
 */
export function computeWelch(first: readonly number[], second: readonly number[]): Welch {
  assertSample(first)
  assertSample(second)
  if (first.length === 0 || second.length === 0) {
    const none = notComputed('noValues')
    return { differenceInMeans: none, ci: none, t: none, df: none, pTwoSided: none }
  }
  const means = [computeMean(first), computeMean(second)] as const
  const difference = means[0] - means[1]
  if (first.length === 1 || second.length === 1) return onlyDifference(difference, 'needsTwoValues')

  const variance1 = computeVarianceOfMean(first)
  const variance2 = computeVarianceOfMean(second)
  const variance = variance1 + variance2
  const standardError = Math.sqrt(variance)
  if (hasZeroVariance(standardError, means)) return onlyDifference(difference, 'zeroVariance')

  // as shares of the variance, so that squaring very small variances cannot underflow
  const share1 = variance1 / variance
  const share2 = variance2 / variance
  const df = 1 / (share1 ** 2 / (first.length - 1) + share2 ** 2 / (second.length - 1))
  const t = difference / standardError
  const half = computeT975(df) * standardError
  return {
    differenceInMeans: computed(difference),
    ci: computed([difference - half, difference + half]),
    t: computed(t),
    df: computed(df),
    pTwoSided: computed(computeTwoSidedT(t, df)),
  }
}

function onlyDifference(difference: number, reason: 'needsTwoValues' | 'zeroVariance'): Welch {
  const none = notComputed(reason)
  return { differenceInMeans: computed(difference), ci: none, t: none, df: none, pTwoSided: none }
}

function computeVarianceOfMean(values: readonly number[]): number {
  return computeSquaredDeviations(values) / (values.length - 1) / values.length
}
