import { type Computed, computed, notComputed } from '@/lib/domain/statistics/computed'
import { computeTwoSidedNormal } from '@/lib/domain/statistics/distributions'
import { countRankSums } from '@/lib/domain/statistics/rank-sum-counts'
import {
  computeCorrectedZ,
  computeMidRanks,
  computeTieTerm,
  type RankMethod,
  roundForRanks,
} from '@/lib/domain/statistics/ranks'
import { assertSample } from '@/lib/domain/statistics/sample'

/** While each arm has at most this many changes the p is exact. */
const EXACT_UP_TO = 50

/** Result of a Wilcoxon rank-sum (Mann–Whitney) test of two arms. */
export interface RankSum {
  /** R's W: pairs in which the first arm's value is the larger, ties counting half; 0 to n1 n2. */
  readonly w: Computed<number>
  readonly pTwoSided: Computed<number>
  readonly method: Computed<RankMethod>
}

/**
 * Wilcoxon rank-sum test of two arms' changes, two-sided, with mid-ranks.
 * Exact, conditional on the ties, while each arm has at most 50: p = P(|W - E W| >= |w - E W|). With ties this
 * differs from R 4.6, which doubles the smaller tail. Above 50: normal with continuity and tie correction.
 * R: `wilcox.test(x, y, exact = TRUE)` without ties; `wilcox.test(x, y, exact = FALSE, correct = TRUE)`.
 * Undefined: an arm without values → `noValues`. All values tied → p 1.
 * Errors: RangeError at a non-finite change. Source: clinical reference, statistics, convention 6.
 * Checked against R to 1e-10 in rank-sum.test.ts, arms of any size, and to 1e-14
 * against every possible case up to ten values in exact-by-enumeration.test.ts.
 * Example: `computeRankSum([1, 2, 3], [4, 5, 6])` → w 0, p .1, exact.
 */
export function computeRankSum(first: readonly number[], second: readonly number[]): RankSum {
  assertSample(first)
  assertSample(second)
  const n1 = first.length
  const n2 = second.length
  if (n1 === 0 || n2 === 0) {
    const none = notComputed('noValues')
    return { w: none, pTwoSided: none, method: none }
  }
  const { ranks, tieSizes } = computeMidRanks([...first, ...second].map(roundForRanks))
  const rankSum = ranks.slice(0, n1).reduce((sum, rank) => sum + rank, 0)
  const w = rankSum - (n1 * (n1 + 1)) / 2
  const exact = n1 <= EXACT_UP_TO && n2 <= EXACT_UP_TO
  return {
    w: computed(w),
    pTwoSided: computed(exact ? computeExactP(ranks, n1, rankSum) : computeNormalP(n1, n2, tieSizes, w)),
    method: computed(exact ? 'exact' : 'normal'),
  }
}

/** The share of all ways to draw the first arm's ranks whose sum is at least as far from the expected one. */
function computeExactP(ranks: readonly number[], n1: number, rankSum: number): number {
  const { counts, scale } = countRankSums(ranks, n1)
  // everything doubled once more is whole, so that "as far" is decided without rounding
  const expected = scale * n1 * (ranks.length + 1)
  const observed = Math.abs(2 * scale * rankSum - expected)
  let asFar = 0
  let all = 0
  for (let sum = 0; sum < counts.length; sum += 1) {
    const count = counts[sum] as number
    all += count
    if (Math.abs(2 * sum - expected) >= observed) asFar += count
  }
  return Math.min(1, asFar / all)
}

function computeNormalP(n1: number, n2: number, tieSizes: readonly number[], w: number): number {
  const n = n1 + n2
  const variance = ((n1 * n2) / 12) * (n + 1 - computeTieTerm(tieSizes) / (n * (n - 1)))
  if (tieSizes.length === 1) return 1
  return computeTwoSidedNormal(computeCorrectedZ(w, (n1 * n2) / 2, Math.sqrt(variance)))
}
