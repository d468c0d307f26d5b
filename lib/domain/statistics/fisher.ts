import { type Computed, computed, notComputed } from '@/lib/domain/statistics/computed'
import { assertCount } from '@/lib/domain/statistics/sample'

/** Tables this little more probable than the observed one count as no more probable, as in R. */
const RELATIVE_TOLERANCE = 1e-7

/**
 * Fisher's exact test of two proportions k1 / n1 and k2 / n2, two-sided: the sum of the probabilities of all
 * tables with the same margins that are no more probable than the observed one. Range: 0 to 1.
 * R: `fisher.test(matrix(c(k1, n1 - k1, k2, n2 - k2), 2))$p.value`.
 * Undefined: an arm without participants → `noValues`. Errors: RangeError unless 0 <= k <= n, whole.
 * Source: clinical reference, statistics, convention 8. Valid to 10,000 in each arm.
 * Checked against R to 1e-10 in fisher.test.ts.
 * Example: `computeFisherExact(3, 3, 0, 3)` → 0.1.
 */
export function computeFisherExact(k1: number, n1: number, k2: number, n2: number): Computed<number> {
  assertCount(k1, n1)
  assertCount(k2, n2)
  if (n1 === 0 || n2 === 0) return notComputed('noValues')
  const successes = k1 + k2
  const smallest = Math.max(0, successes - n2)
  const largest = Math.min(n1, successes)
  const weights = computeWeights(n1, n2, successes, smallest, largest)
  const limit = (weights[k1 - smallest] as number) * (1 + RELATIVE_TOLERANCE)
  const noMoreProbable = weights.filter(weight => weight <= limit)
  return computed(Math.min(1, sum(noMoreProbable) / sum(weights)))
}

/**
 * Probability of each table over that of the most probable one. Each comes from its neighbour by one ratio,
 * outwards from the mode, so nothing overflows and what underflows is too small to count.
 */
function computeWeights(
  n1: number,
  n2: number,
  successes: number,
  smallest: number,
  largest: number,
): Float64Array {
  const weights = new Float64Array(largest - smallest + 1)
  const modeOfDraw = Math.floor(((n1 + 1) * (successes + 1)) / (n1 + n2 + 2))
  const mode = Math.min(Math.max(modeOfDraw, smallest), largest)
  weights[mode - smallest] = 1
  for (let x = mode; x < largest; x += 1) {
    const ratio = ((n1 - x) * (successes - x)) / ((x + 1) * (n2 - successes + x + 1))
    weights[x + 1 - smallest] = (weights[x - smallest] as number) * ratio
  }
  for (let x = mode; x > smallest; x -= 1) {
    const ratio = (x * (n2 - successes + x)) / ((n1 - x + 1) * (successes - x + 1))
    weights[x - 1 - smallest] = (weights[x - smallest] as number) * ratio
  }
  return weights
}

/** Smallest first, so that many small probabilities are not lost beside a large one. */
function sum(weights: Float64Array): number {
  return weights.toSorted().reduce((total, weight) => total + weight, 0)
}
