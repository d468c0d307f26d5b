import { type Computed, computed, notComputed } from '@/lib/domain/statistics/computed'
import { computeTwoSidedNormal } from '@/lib/domain/statistics/distributions'
import {
  computeCorrectedZ,
  computeMidRanks,
  computeTieTerm,
  type RankMethod,
  roundForRanks,
} from '@/lib/domain/statistics/ranks'
import { assertSample } from '@/lib/domain/statistics/sample'

/** Up to this many non-zero changes the p is exact. */
const EXACT_UP_TO = 50

/** Result of a Wilcoxon signed-rank test. */
export interface SignedRank {
  /** Sum of the ranks of the positive changes, R's V; 0 to n (n + 1) / 2. */
  readonly v: Computed<number>
  readonly pTwoSided: Computed<number>
  readonly method: Computed<RankMethod>
  /** Changes that are not zero after rounding to 9 decimals; the others take no part. */
  readonly nNonZero: number
}

/**
 * Wilcoxon signed-rank test of changes (visit minus baseline), two-sided: zeros dropped, mid-ranks for ties.
 * Exact to 50 non-zero changes, whatever the ties; above, normal with continuity and tie correction.
 * R: `wilcox.test(x[x != 0], exact = TRUE)`, above 50 `wilcox.test(x, exact = FALSE, correct = TRUE)`.
 * (Zeros must go beforehand: R 4.6's own exact test ranks them, after Pratt.)
 * Undefined: no change → `noValues`; none that is not zero → `noNonZeroChange`. One non-zero change has p 1.
 * Errors: RangeError at a non-finite change. Source: Wilcoxon 1945; clinical reference, statistics, convention 6.
 * Checked against R to 1e-10 in signed-rank.test.ts, any n, and to 1e-14 against every possible case up to ten changes
 * in exact-by-enumeration.test.ts.
 * Example: changes -3 -5 0 -4 -5 0 -2 -1 -1 → p .015625, exact, 7 non-zero.
 */
export function computeSignedRank(changes: readonly number[]): SignedRank {
  assertSample(changes)
  const nonZero = changes.map(roundForRanks).filter(change => change !== 0)
  const n = nonZero.length
  if (n === 0) {
    const none = notComputed(changes.length === 0 ? 'noValues' : 'noNonZeroChange')
    return { v: none, pTwoSided: none, method: none, nNonZero: 0 }
  }
  const { ranks, tieSizes } = computeMidRanks(nonZero.map(Math.abs))
  const v = nonZero.reduce((sum, change, index) => sum + (change > 0 ? (ranks[index] ?? 0) : 0), 0)
  const exact = n <= EXACT_UP_TO
  return {
    v: computed(v),
    pTwoSided: computed(exact ? computeExactP(ranks, v) : computeNormalP(n, tieSizes, v)),
    method: computed(exact ? 'exact' : 'normal'),
    nNonZero: n,
  }
}

/** Twice the share of all 2^n assignments of signs whose sum is as far out on the observed side. */
function computeExactP(ranks: readonly number[], v: number): number {
  // doubled mid-ranks are whole, and their counts stay below 2^53 up to n = 50, so nothing is rounded
  const weights = ranks.map(rank => 2 * rank)
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const counts = new Float64Array(total + 1)
  counts[0] = 1
  let reached = 0
  for (const weight of weights) {
    for (let sum = reached; sum >= 0; sum -= 1)
      counts[sum + weight] = at(counts, sum + weight) + at(counts, sum)
    reached += weight
  }
  const smallerSum = Math.min(2 * v, total - 2 * v)
  let tail = 0
  for (let sum = 0; sum <= smallerSum; sum += 1) tail += at(counts, sum)
  return Math.min(1, (2 * tail) / 2 ** ranks.length)
}

function computeNormalP(n: number, tieSizes: readonly number[], v: number): number {
  const expected = (n * (n + 1)) / 4
  const variance = (n * (n + 1) * (2 * n + 1)) / 24 - computeTieTerm(tieSizes) / 48
  return computeTwoSidedNormal(computeCorrectedZ(v, expected, Math.sqrt(variance)))
}

function at(counts: Float64Array, index: number): number {
  return counts[index] as number
}
