import { type Computed, computed, notComputed } from '@/lib/domain/statistics/computed'
import {
  assertSample,
  computeMean,
  computeSquaredDeviations,
  hasZeroVariance,
} from '@/lib/domain/statistics/sample'
import { computeSmallSampleCorrection } from '@/lib/domain/statistics/small-sample-correction'

/**
 * Hedges' g between two arms' changes: difference of means, first minus second, over the pooled SD of change,
 * times J(n1 + n2 - 2). Unit: pooled standard deviations; negative when the first arm fell more.
 * R: `(mean(x) - mean(y)) / sqrt(((n1 - 1) * var(x) + (n2 - 1) * var(y)) / df) * (1 - 3 / (4 * df - 1))`.
 * Undefined: an arm without values → `noValues`; one value in each → `needsTwoValues`; no arm varies →
 * `zeroVariance`. An arm of one is allowed beside an arm of more; with df 1 g is 0, since J(1) = 0.
 * Errors: RangeError at a non-finite value. Source: Hedges, J Educ Stat 1981;6:107; clinical reference,
 * statistics, conventions 5 and 7. Checked against R to 1e-10 in two-arms.test.ts, arms of any size.
 * Example: `computeHedgesG([1, 2, 3], [2, 4, 6])` → -1.012.
 */
export function computeHedgesG(first: readonly number[], second: readonly number[]): Computed<number> {
  assertSample(first)
  assertSample(second)
  const n1 = first.length
  const n2 = second.length
  if (n1 === 0 || n2 === 0) return notComputed('noValues')
  const df = n1 + n2 - 2
  if (df < 1) return notComputed('needsTwoValues')

  const means = [computeMean(first), computeMean(second)] as const
  const pooledVariance = (computeSquaredDeviations(first) + computeSquaredDeviations(second)) / df
  if (hasZeroVariance(Math.sqrt(pooledVariance * (1 / n1 + 1 / n2)), means))
    return notComputed('zeroVariance')
  const d = (means[0] - means[1]) / Math.sqrt(pooledVariance)
  // `+ 0` turns the -0 of df 1 into 0
  return computed(d * computeSmallSampleCorrection(df) + 0)
}
