import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkEach } from '@/lib/domain/statistics/__fixtures__/check-each'
import { expectClose, expectComputed } from '@/lib/domain/statistics/__fixtures__/expect-close'
import fixture from '@/lib/domain/statistics/__fixtures__/two-arms.json'
import { computeHedgesG } from '@/lib/domain/statistics/hedges-g'
import { computeWelch } from '@/lib/domain/statistics/welch'

const arm = fc.array(fc.integer({ min: -100, max: 100 }), { minLength: 2, maxLength: 30 })

describe('two arms', () => {
  it.each(fixture)('agrees with R: $name', test => {
    const { differenceInMeans, ci, t, df, pTwoSided } = computeWelch(test.first, test.second)
    expectComputed(differenceInMeans, test.differenceInMeans)
    expectComputed(t, test.t)
    expectComputed(df, test.df)
    expectComputed(pTwoSided, test.pTwoSided)
    if (test.t === null) expect(ci.value).toBeNull()
    else for (const [i, end] of test.ci.entries()) expectClose(ci.value?.[i] as number, end as number)
    expectComputed(computeHedgesG(test.first, test.second), test.hedgesG)
  })

  it('agrees with R in the generated arms', () => {
    checkEach<(typeof fixture)[number]>('two-arms-generated', test => {
      const { differenceInMeans, ci, t, df, pTwoSided } = computeWelch(test.first, test.second)
      const scale = Math.max(...[...test.first, ...test.second].map(Math.abs))
      expectComputed(differenceInMeans, test.differenceInMeans, scale)
      expectComputed(t, test.t)
      expectComputed(df, test.df)
      expectComputed(pTwoSided, test.pTwoSided)
      if (test.t === null) expect(ci.value).toBeNull()
      else
        for (const [i, end] of test.ci.entries()) expectClose(ci.value?.[i] as number, end as number, scale)
      expectComputed(computeHedgesG(test.first, test.second), test.hedgesG)
    })
  })

  it('gives the difference alone where an arm is of one or neither arm varies', () => {
    for (const [first, second, reason] of [
      [[-6], [-1, 0], 'needsTwoValues'],
      [[-1, 0], [-6], 'needsTwoValues'],
      [[-2, -2], [1, 1, 1], 'zeroVariance'],
      [[0, 0], [0, 0], 'zeroVariance'],
      [[4.9 - 7, 5.9 - 8], [4.9 - 6, 5.9 - 7], 'zeroVariance'],
    ] as const) {
      const { differenceInMeans, ...others } = computeWelch(first, second)
      expect(differenceInMeans.value).not.toBeNull()
      for (const leaf of Object.values(others)) expect(leaf).toEqual({ value: null, reason })
    }
  })

  it('gives an arm of one its g, from two degrees of freedom on other than 0', () => {
    expect(computeHedgesG([-6], [-1, 0]).value).toBe(0)
    expect(computeHedgesG([-6], [-1, 0, 1]).value).toBeLessThan(0)
    expect(computeHedgesG([3], [5])).toEqual({ value: null, reason: 'needsTwoValues' })
    expect(computeHedgesG([-2, -2], [1, 1])).toEqual({ value: null, reason: 'zeroVariance' })
  })

  it('has no value where an arm is empty', () => {
    for (const [first, second] of [
      [[], [1, 2]],
      [[1, 2], []],
    ] as const) {
      const leaves = [...Object.values(computeWelch(first, second)), computeHedgesG(first, second)]
      for (const leaf of leaves) expect(leaf).toEqual({ value: null, reason: 'noValues' })
    }
  })

  it('turns sign, and nothing else, when the arms are swapped, and holds the difference', () => {
    fc.assert(
      fc.property(arm, arm, (first, second) => {
        const there = computeWelch(first, second)
        const back = computeWelch(second, first)
        expect((there.differenceInMeans.value as number) + (back.differenceInMeans.value as number)).toBe(0)
        expectComputed(computeHedgesG(first, second), negated(computeHedgesG(second, first).value))
        expectComputed(back.pTwoSided, there.pTwoSided.value)
        expectComputed(back.t, negated(there.t.value))
        if (there.ci.value !== null) {
          expect(there.ci.value[0]).toBeLessThanOrEqual(there.differenceInMeans.value as number)
          expect(there.ci.value[1]).toBeGreaterThanOrEqual(there.differenceInMeans.value as number)
        }
      }),
    )
  })
})

function negated(value: number | null): number | null {
  return value === null ? null : -value
}
