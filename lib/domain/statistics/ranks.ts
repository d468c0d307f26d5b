/** Decimals that count in comparisons of changes; what differs beyond them is floating-point noise. */
const DECIMALS = 1e9

/** A rank test's p is exact (all arrangements counted) or from the corrected normal approximation. */
export type RankMethod = 'exact' | 'normal'

/** A sample's mid-ranks, and the size of each group of ties (1 for an untied value), in order of value. */
export interface MidRanks {
  readonly ranks: readonly number[]
  readonly tieSizes: readonly number[]
}

/**
 * Rounds to 9 decimals, halves away from zero, so that a change and its negative stay mirror images.
 * Source: clinical reference, statistics, convention 6. R: `round(x, 9)`.
 * Example: `roundForRanks(4.9 - 7)` → -2.1.
 */
export function roundForRanks(value: number): number {
  return (Math.sign(value) * Math.round(Math.abs(value) * DECIMALS)) / DECIMALS + 0
}

/**
 * Ranks from 1 for the smallest; equal values share the mean of their ranks. R: `rank(x)`.
 * Range: 1 to n in halves; an empty sample has no ranks. Checked against R through the rank tests.
 * Example: `computeMidRanks([3, 1, 3]).ranks` → `[2.5, 1, 2.5]`.
 */
export function computeMidRanks(values: readonly number[]): MidRanks {
  const order = values.map((value, index) => ({ value, index })).sort((a, b) => a.value - b.value)
  const ranks = new Array<number>(values.length)
  const tieSizes: number[] = []
  let start = 0
  while (start < order.length) {
    let end = start + 1
    while (end < order.length && order[end]?.value === order[start]?.value) end += 1
    // ranks start + 1 … end, whose mean is half the sum of the first and the last
    for (const { index } of order.slice(start, end)) ranks[index] = (start + 1 + end) / 2
    tieSizes.push(end - start)
    start = end
  }
  return { ranks, tieSizes }
}

/**
 * The z of a rank statistic, moved half a unit towards its expectation (continuity correction).
 * R: the two-sided `correct = TRUE` of `wilcox.test`. `sd` > 0.
 * Example: `computeCorrectedZ(10, 5, 3)` → 1.5.
 */
export function computeCorrectedZ(statistic: number, expected: number, sd: number): number {
  const difference = statistic - expected
  return (difference - Math.sign(difference) * 0.5) / sd
}

/**
 * The amount by which ties shrink the variance of a rank statistic: the sum of t^3 - t over groups of ties.
 * Example: `computeTieTerm([1, 2])` → 6.
 */
export function computeTieTerm(tieSizes: readonly number[]): number {
  return tieSizes.reduce((sum, size) => sum + size ** 3 - size, 0)
}
