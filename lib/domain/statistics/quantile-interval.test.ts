import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkEach } from '@/lib/domain/statistics/__fixtures__/check-each'
import { quantileType7 } from '@/lib/domain/statistics/quantile'
import { computeQuantileInterval } from '@/lib/domain/statistics/quantile-interval'

const upTo = (n: number) => Array.from({ length: n }, (_, index) => index + 1)

/** Share of the samples for which the true quantile lies between two order statistics, by counting coin patterns. */
function enumerateCoverage(n: number, lower: number, upper: number): number {
  const below = upTo(2 ** n).map(bits => (bits - 1).toString(2).replaceAll('0', '').length)
  return below.filter(count => count >= lower && count < upper).length / below.length
}

describe('quantile interval', () => {
  it('agrees with R to the last digit, n from 1 to 10,000', () => {
    checkEach<{ n?: number; values?: number[]; p: number; interval: [number | null, number | null] }>(
      'quantile-interval',
      ({ n = 0, values = upTo(n), p, interval }) => {
        const { value, reason } = computeQuantileInterval(values.toReversed(), p)
        if (interval[0] === null) expect(reason).toBe('tooFewValues')
        else expect(value).toEqual(interval)
      },
    )
  })

  // Of nine, ranks 2 and 8 cover 492 / 512 = 96.1 %, and 3 and 7 only 82.0 %; of twenty, 6 and 15 cover 95.9 %.
  it('has the ranks of the binomial table for the median', () => {
    expect(computeQuantileInterval(upTo(9), 0.5).value).toEqual([2, 8])
    expect(computeQuantileInterval(upTo(20), 0.5).value).toEqual([6, 15])
  })

  it('needs six values for a median and thirteen for a quartile', () => {
    for (const [n, p] of [
      [5, 0.5],
      [12, 0.25],
      [12, 0.75],
    ] as const) {
      expect(computeQuantileInterval(upTo(n), p)).toEqual({ value: null, reason: 'tooFewValues' })
      expect(computeQuantileInterval(upTo(n + 1), p).reason).toBeNull()
    }
    expect(computeQuantileInterval([], 0.5)).toEqual({ value: null, reason: 'noValues' })
  })

  it('covers the median in at least 95 % of samples, by counting all, and no narrower ranks do on both sides', () => {
    for (const n of [6, 7, 8, 9, 10, 11, 12]) {
      const [lower, upper] = computeQuantileInterval(upTo(n), 0.5).value as readonly [number, number]
      expect(enumerateCoverage(n, lower, upper)).toBeGreaterThanOrEqual(0.95)
      expect(enumerateCoverage(n, lower + 1, upper - 1)).toBeLessThan(0.95)
    }
  })

  it('refuses what is no quantile', () => {
    for (const p of [0, 1, Number.NaN]) expect(() => computeQuantileInterval([1], p)).toThrow(RangeError)
  })

  it('holds the sample quantile and turns with the sign', () => {
    const values = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 13, maxLength: 80 })
    fc.assert(
      fc.property(values, fc.constantFrom(0.25, 0.5, 0.75), (sample, p) => {
        const [lower, upper] = computeQuantileInterval(sample, p).value as readonly [number, number]
        const estimate = quantileType7(sample, p).value as number
        expect(lower).toBeLessThanOrEqual(estimate)
        expect(upper).toBeGreaterThanOrEqual(estimate)
        const mirrored = computeQuantileInterval(
          sample.map(value => 0 - value),
          1 - p,
        )
        expect(mirrored.value).toEqual([0 - upper, 0 - lower])
      }),
    )
  })
})
