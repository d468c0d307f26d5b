import { type Computed, computed, notComputed } from '@/lib/domain/statistics/computed'
import { computeTwoSidedT } from '@/lib/domain/statistics/distributions'
import {
  assertSample,
  computeMean,
  computeSquaredDeviations,
  hasZeroVariance,
} from '@/lib/domain/statistics/sample'

/** Result of a paired t test. `t` is negative when values fell; `df` = n - 1; p is two-sided, 0 to 1. */
export interface PairedT {
  readonly t: Computed<number>
  readonly df: Computed<number>
  readonly pTwoSided: Computed<number>
}

/**
 * Paired t test of no mean change, from the changes (visit minus baseline).
 * R: `t.test(visit, baseline, paired = TRUE)`, the same as `t.test(change)`.
 * Undefined: no change → `noValues`; one → `needsTwoValues`; changes that do not differ → t and p
 * `zeroVariance`, df given. Errors: RangeError at a non-finite change.
 * Source: clinical reference, statistics, convention 5. Checked against R to 1e-10 in
 * change.test.ts, any n.
 * Example: changes -3 -5 0 -4 -5 0 -2 -1 -1 → t -3.5, df 8, p .00808.
 */
export function computePairedT(changes: readonly number[]): PairedT {
  assertSample(changes)
  const n = changes.length
  if (n < 2) {
    const none = notComputed(n === 0 ? 'noValues' : 'needsTwoValues')
    return { t: none, df: none, pTwoSided: none }
  }
  const df = n - 1
  const mean = computeMean(changes)
  const standardError = Math.sqrt(computeSquaredDeviations(changes) / df / n)
  if (hasZeroVariance(standardError, [mean])) {
    const constant = notComputed('zeroVariance')
    return { t: constant, df: computed(df), pTwoSided: constant }
  }
  const t = mean / standardError
  return { t: computed(t), df: computed(df), pTwoSided: computed(computeTwoSidedT(t, df)) }
}
