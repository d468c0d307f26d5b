import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  formatBounds,
  formatCount,
  formatDecimal,
  formatInterval,
  formatMean,
  formatPercent,
  formatPercentBounds,
  formatPValue,
  formatValue,
} from './numbers'

describe('numbers on screen', () => {
  it('round half away from zero, as the mockups ask, also where binary fractions lie just below the half', () => {
    expect(formatDecimal(0.5, 0)).toBe('1')
    expect(formatDecimal(-0.5, 0)).toBe('−1')
    expect(formatDecimal(2.5, 0)).toBe('3')
    expect(formatDecimal(1.005, 2)).toBe('1.01')
    expect(formatMean(-2.35)).toBe('−2.4')
    expect(formatMean(0.1 + 0.25)).toBe('0.4')
  })

  it('have a true minus, and none at zero', () => {
    expect(formatMean(-2.4)).toBe('−2.4')
    expect(formatMean(-0.04)).toBe('0.0')
    expect(formatMean(-1e-17)).toBe('0.0')
    expect(formatMean(-0)).toBe('0.0')
  })

  it('read as in the mockups: 7/9 with 78 %, 95% CI 21.2 to 86.3', () => {
    expect(formatCount(7, 9)).toBe('7/9')
    expect(formatPercent(7 / 9)).toBe('78%')
    expect(formatInterval(21.2011, 86.2999)).toBe('95% CI 21.2 to 86.3')
    expect(formatBounds(-4.04, -0.86)).toBe('−4.0 to −0.9')
    expect(formatPercentBounds([0, 0.3363])).toBe('0.0 to 33.6')
    // 0 of 10,000: the upper bound is 0.0369 %, and never shown as none.
    expect(formatPercentBounds([0, 0.000369])).toBe('0.0 to 0.04')
    expect(formatPercentBounds([0.999631, 1])).toBe('99.96 to 100.0')
  })

  it('leave whole ratings whole', () => {
    expect(formatValue(6)).toBe('6')
    expect(formatValue(6.5)).toBe('6.5')
  })

  it('name small p values by a bound and never as 0', () => {
    expect(formatPValue(0.015625)).toBe('0.016')
    expect(formatPValue(0.00099)).toBe('< 0.001')
    expect(formatPValue(0)).toBe('< 0.001')
    expect(formatPValue(0.9999)).toBe('> 0.999')
    expect(formatPValue(1)).toBe('1')
  })

  it('refuse what is not a number', () => {
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      expect(() => formatDecimal(bad, 1)).toThrow(RangeError)
    }
    expect(() => formatPValue(1.2)).toThrow(RangeError)
  })

  it('differ from the value by at most half a unit of the last decimal', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.integer({ min: 0, max: 3 }), (x, d) => {
        const shown = Number(formatDecimal(x, d).replace('−', '-'))
        expect(Math.abs(shown - x)).toBeLessThanOrEqual(0.5 * 10 ** -d + 1e-5)
      }),
    )
  })
})
