import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkEach } from '@/lib/domain/statistics/__fixtures__/check-each'
import { expectClose } from '@/lib/domain/statistics/__fixtures__/expect-close'
import fixture from '@/lib/domain/statistics/__fixtures__/rank-sum.json'
import { computeRankSum } from '@/lib/domain/statistics/rank-sum'
import { countRankSums } from '@/lib/domain/statistics/rank-sum-counts'

const arm = (maxLength: number) => fc.array(fc.integer({ min: -4, max: 4 }), { minLength: 1, maxLength })

describe('rank sum', () => {
  it.each(fixture)('agrees with R: $name', test => {
    const { w, pTwoSided, method } = computeRankSum(test.first, test.second)
    expect(method.value).toBe(test.method)
    expect(w.value).toBe(test.w)
    // where all are tied the normal approximation divides by 0 in R; the rule is p 1
    expectClose(pTwoSided.value, test.pTwoSided ?? 1)
  })

  it('agrees with R in the generated arms', () => {
    checkEach<(typeof fixture)[number]>('rank-sum-generated', test => {
      const { w, pTwoSided, method } = computeRankSum(test.first, test.second)
      expect(method.value).toBe(test.method)
      expect(w.value).toBe(test.w)
      expectClose(pTwoSided.value, test.pTwoSided ?? 1)
    })
  })

  it('is exact at 50 in each arm and normal from 51 in either', () => {
    const changes = (n: number) => Array.from({ length: n }, (_, index) => index % 7)
    expect(computeRankSum(changes(50), changes(50)).method.value).toBe('exact')
    expect(computeRankSum(changes(51), changes(1)).method.value).toBe('normal')
    expect(computeRankSum(changes(1), changes(51)).method.value).toBe('normal')
  })

  it('counts both sides by distance and does not double a tail', () => {
    // ranks 1, 2.5, 2.5: sums 1, 2.5, 2.5 around 2; all are at least .5 away, and one lies 1 away
    expect(computeRankSum([-1], [0, 0]).pTwoSided.value).toBeCloseTo(1 / 3, 15)
    expect(computeRankSum([0], [-1, 0]).pTwoSided.value).toBe(1)
  })

  it('has p 1 where all changes are tied, exact or not', () => {
    expect(computeRankSum([2, 2], [2, 2, 2]).pTwoSided.value).toBe(1)
    expect(computeRankSum(Array(51).fill(2), [2]).pTwoSided.value).toBe(1)
  })

  it('has no value where an arm is empty', () => {
    for (const result of [computeRankSum([], [1]), computeRankSum([1], []), computeRankSum([], [])]) {
      for (const leaf of Object.values(result)) expect(leaf).toEqual({ value: null, reason: 'noValues' })
    }
  })

  it('counts every subset once: all sums together are choose(n, k)', () => {
    const ranks = Array.from({ length: 20 }, (_, index) => index + 1)
    expect(countRankSums(ranks, 10).counts.reduce((all, count) => all + count, 0)).toBe(184756)
  })

  it('has the same result on any rising transformation of the scale, and the mirrored W on a falling one', () => {
    fc.assert(
      fc.property(arm(30), arm(30), (first, second) => {
        const there = computeRankSum(first, second)
        const by = (change: (value: number) => number) =>
          computeRankSum(first.map(change), second.map(change))
        expect(by(value => value ** 3 + 2 * value + 7)).toEqual(there)
        expect(by(value => 2 ** value)).toEqual(there)
        const falling = by(value => -5 * value)
        expectClose(falling.pTwoSided.value, there.pTwoSided.value as number)
        expect((falling.w.value as number) + (there.w.value as number)).toBe(first.length * second.length)
      }),
      { numRuns: 60 },
    )
  })

  it('has the same p when the arms are swapped, and the W of the other arm', () => {
    fc.assert(
      fc.property(arm(60), arm(60), (first, second) => {
        const there = computeRankSum(first, second)
        const back = computeRankSum(second, first)
        expectClose(back.pTwoSided.value, there.pTwoSided.value as number)
        expect((back.w.value as number) + (there.w.value as number)).toBe(first.length * second.length)
      }),
      { numRuns: 40 },
    )
  })
})
