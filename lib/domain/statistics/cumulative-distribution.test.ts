import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkEach } from '@/lib/domain/statistics/__fixtures__/check-each'
import { expectClose } from '@/lib/domain/statistics/__fixtures__/expect-close'
import {
  type CumulativeDistribution,
  type CumulativeShare,
  computeCumulativeBands,
} from '@/lib/domain/statistics/cumulative-distribution'

const bandsOf = (improvements: readonly number[], nMissing: number) =>
  computeCumulativeBands(improvements, nMissing).value as CumulativeDistribution

/** R leaves 1e-17 where Wilson's end is 0 or 1: the scale of a share is 1 there. */
const SCALE = 1e-5

function expectShare(share: CumulativeShare | undefined, proportion: number, ci: readonly number[]): void {
  expectClose(share?.proportion ?? null, proportion)
  expectClose(share?.ci[0] ?? null, ci[0] as number, SCALE)
  expectClose(share?.ci[1] ?? null, ci[1] as number, SCALE)
}

describe('cumulative distribution of improvement', () => {
  it('agrees with R: ecdf with missing as the lowest, and the Wilson interval at each step', () => {
    checkEach<{
      improvements: number[]
      nMissing: number
      missing: number[]
      at: number[]
      atMost: number[]
      atMostCi: number[][]
      atLeast: number[]
      atLeastCi: number[][]
    }>('cumulative-distribution', expected => {
      const { n, missing, steps } = bandsOf(expected.improvements, expected.nMissing)
      expect(n).toBe(expected.improvements.length + expected.nMissing)
      expectShare(missing, expected.nMissing / n, expected.missing)
      expect(steps.map(step => step.improvement)).toEqual(expected.at)
      for (const [index, { atMost, atLeast }] of steps.entries()) {
        expectShare(atMost, expected.atMost[index] as number, expected.atMostCi[index] as number[])
        expectShare(atLeast, expected.atLeast[index] as number, expected.atLeastCi[index] as number[])
      }
    })
  })

  it('puts missing below the worst improvement, never at 0', () => {
    const { missing, steps } = bandsOf([-20, 10], 2)
    expect(missing).toMatchObject({ k: 2, proportion: 0.5 })
    expect(steps.map(step => [step.improvement, step.atMost.k, step.atLeast.k])).toEqual([
      [-20, 3, 2],
      [10, 4, 1],
    ])
  })

  it('has no value for nobody, and no step where all are missing', () => {
    expect(computeCumulativeBands([], 0)).toEqual({ value: null, reason: 'noValues' })
    expect(bandsOf([], 3)).toMatchObject({ n: 3, steps: [] })
    expect(() => computeCumulativeBands([1], -1)).toThrow(RangeError)
    expect(() => computeCumulativeBands([Number.NaN], 0)).toThrow(RangeError)
  })

  it('makes no step of floating-point noise', () => {
    expect(bandsOf([30, 100 * ((7 - 4.9) / 7)], 0).steps).toHaveLength(1)
  })

  it('rises to 1 as the responder rate falls, and each step lies in its interval', () => {
    const improvements = fc.array(fc.integer({ min: -100, max: 100 }), { minLength: 1, maxLength: 60 })
    fc.assert(
      fc.property(improvements, fc.nat(20), (values, nMissing) => {
        const { n, steps } = bandsOf(values, nMissing)
        let below = nMissing
        for (const { improvement, atMost, atLeast } of steps) {
          expect(atMost.k).toBeGreaterThan(below)
          expect(atLeast.k).toBe(n - below)
          expect(atLeast.k).toBe(values.filter(value => value >= improvement).length)
          for (const { proportion, ci } of [atMost, atLeast]) {
            expect(ci[0]).toBeLessThanOrEqual(proportion)
            expect(ci[1]).toBeGreaterThanOrEqual(proportion)
          }
          below = atMost.k
        }
        expect(below).toBe(n)
      }),
    )
  })
})
