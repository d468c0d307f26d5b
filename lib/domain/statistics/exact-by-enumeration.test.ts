import { describe, expect, it } from 'vitest'
import { computeRankSum } from '@/lib/domain/statistics/rank-sum'
import { computeSignedRank } from '@/lib/domain/statistics/signed-rank'

/** An exact p is a count over a count: only the last division is rounded. */
const ROUNDING = 1e-14
const LARGEST_N = 10

const range = (n: number) => Array.from({ length: n }, (_, index) => index)
const isIn = (subset: number, index: number) => ((subset >> index) & 1) === 1
const sizeOf = (subset: number) => subset.toString(2).replaceAll('0', '').length

/**
 * Every way in which n sorted values can be tied: each value starts a new group or joins the one before it. A rank test
 * depends on the values by this pattern alone.
 */
function listTiePatterns(n: number): number[][] {
  return range(2 ** (n - 1)).map(joins => {
    let group = 1
    return range(n).map(index => (index > 0 && !isIn(joins, index - 1) ? ++group : group))
  })
}

/** Mid-ranks by their definition: how many are smaller, and half of how many are equal. */
function rankOf(values: readonly number[]): number[] {
  return values.map(value => {
    const smaller = values.filter(other => other < value).length
    const equal = values.filter(other => other === value).length
    return smaller + (equal + 1) / 2
  })
}

/** Of the subsets, one for each sum of ranks that occurs, with its p: the share of all that lie at least as far out. */
function enumerateP(ranks: readonly number[], subsets: readonly number[]): Map<number, [number, number]> {
  const sums = subsets.map(subset => ranks.reduce((sum, rank, i) => sum + (isIn(subset, i) ? rank : 0), 0))
  const centre = sums.reduce((total, sum) => total + sum, 0) / sums.length
  const distances = sums.map(sum => Math.abs(sum - centre))
  const found = new Map<number, [number, number]>()
  for (const [position, sum] of sums.entries()) {
    if (found.has(sum)) continue
    const asFar = distances.filter(distance => distance >= Math.abs(sum - centre)).length
    found.set(sum, [subsets[position] as number, asFar / subsets.length])
  }
  return found
}

describe('exact rank tests against counting every case', () => {
  it.each(range(LARGEST_N).map(index => index + 1))(
    'signed rank: every pattern of ties and every V of %i changes, beside zeros',
    n => {
      const subsets = range(2 ** n)
      let worst = 0
      for (const sizes of listTiePatterns(n)) {
        for (const [v, [positive, p]] of enumerateP(rankOf(sizes), subsets)) {
          const changes = sizes.map((size, index) => (isIn(positive, index) ? size : -size))
          const result = computeSignedRank([0, ...changes, 0])
          if (result.v.value !== v || result.nNonZero !== n) throw new Error(`V of ${changes}`)
          worst = Math.max(worst, Math.abs((result.pTwoSided.value ?? Number.NaN) - p))
        }
      }
      expect(worst).toBeLessThan(ROUNDING)
    },
  )

  it.each(range(LARGEST_N - 1).map(index => index + 2))(
    'rank sum: every split, every pattern of ties and every W of %i changes, zero among them',
    n => {
      const draws = range(2 ** n)
      let worst = 0
      for (const size of range(Math.floor(n / 2)).map(index => index + 1)) {
        const subsets = draws.filter(subset => sizeOf(subset) === size)
        for (const values of listTiePatterns(n)) {
          for (const [sum, [drawn, p]] of enumerateP(rankOf(values), subsets)) {
            const centred = values.map(value => value - 2)
            const first = centred.filter((_, index) => isIn(drawn, index))
            const second = centred.filter((_, index) => !isIn(drawn, index))
            const result = computeRankSum(first, second)
            if (result.w.value !== sum - (size * (size + 1)) / 2) throw new Error(`W of ${first} | ${second}`)
            worst = Math.max(worst, Math.abs((result.pTwoSided.value ?? Number.NaN) - p))
          }
        }
      }
      expect(worst).toBeLessThan(ROUNDING)
    },
  )
})
