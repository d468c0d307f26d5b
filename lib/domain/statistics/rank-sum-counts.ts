/** How many subsets have each sum; index = sum of ranks times `scale`, by which all sums are whole. */
export interface RankSumCounts {
  readonly counts: Float64Array
  readonly scale: 1 | 2
}

/**
 * Counts, for every possible sum, the subsets of `size` ranks that have it: the null distribution of a rank
 * sum, given the ties. Dynamic programming over the sorted ranks; counts above 2^53 (from about 30 in each
 * arm) are rounded, but only ever added, so a share of them is right to about 1e-14.
 * Range: counts >= 0, their sum is `choose(n, size)`; 1 <= size <= n; ranks are whole or halves.
 * Source: clinical reference, statistics, convention 6. Checked through the rank-sum test.
 * Example: `countRankSums([1, 2, 3], 2).counts` → one subset each at sums 3, 4 and 5.
 */
export function countRankSums(ranks: readonly number[], size: number): RankSumCounts {
  const scale = ranks.every(Number.isInteger) ? 1 : 2
  const weights = ranks.map(rank => rank * scale).sort((a, b) => a - b)
  const upTo = [0]
  for (const weight of weights) upTo.push((upTo.at(-1) as number) + weight)
  const below = (count: number) => upTo[count] as number

  const largest = below(weights.length) - below(weights.length - size)
  // bySize[j][s]: subsets of j of the ranks seen so far that sum to s
  const bySize = Array.from({ length: size + 1 }, () => new Float64Array(largest + 1))
  bySize[0]?.fill(1, 0, 1)
  weights.forEach((weight, seen) => {
    const stillToCome = weights.length - seen - 1
    for (let j = Math.min(seen + 1, size); j >= Math.max(1, size - stillToCome); j -= 1) {
      const without = bySize[j - 1] as Float64Array
      const extended = bySize[j] as Float64Array
      // only sums that j - 1 of the ranks seen can have: from the smallest of them to the largest
      const last = below(seen) - below(seen - (j - 1))
      for (let sum = below(j - 1); sum <= last; sum += 1) {
        extended[sum + weight] = (extended[sum + weight] as number) + (without[sum] as number)
      }
    }
  })
  return { counts: bySize[size] as Float64Array, scale }
}
