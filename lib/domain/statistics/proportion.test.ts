import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkEach } from '@/lib/domain/statistics/__fixtures__/check-each'
import { expectClose } from '@/lib/domain/statistics/__fixtures__/expect-close'
import fixture from '@/lib/domain/statistics/__fixtures__/proportion.json'
import { computeClopperPearson, computeProportion, computeWilson } from '@/lib/domain/statistics/proportion'

const percent = (interval: readonly number[] | null) => interval?.map(end => (100 * end).toFixed(1))

describe('proportion', () => {
  it.each(fixture)('agrees with R: $k of $n', ({ k, n, wilson, clopperPearson }) => {
    const ours = [...(computeWilson(k, n).value ?? []), ...(computeClopperPearson(k, n).value ?? [])]
    // R leaves 1e-17 where Wilson's lower end is 0: the scale of a proportion is 1 there
    const scale = k === 0 || k === n ? 1e-6 : 0
    for (const [index, end] of [...wilson, ...clopperPearson].entries()) {
      expectClose(ours[index] as number, end, scale)
    }
  })

  it('agrees with R in the generated counts, n up to 10,000', () => {
    checkEach<(typeof fixture)[number]>('proportion-generated', ({ k, n, wilson, clopperPearson }) => {
      const ours = [...(computeWilson(k, n).value ?? []), ...(computeClopperPearson(k, n).value ?? [])]
      const scale = k === 0 || k === n ? 1e-6 : 0
      for (const [i, end] of [...wilson, ...clopperPearson].entries())
        expectClose(ours[i] as number, end, scale)
    })
  })

  it.each([
    [7, 9, ['40.0', '97.2'], ['45.3', '93.7']],
    [5, 9, ['21.2', '86.3'], ['26.7', '81.1']],
    [3, 9, ['7.5', '70.1'], ['12.1', '64.6']],
    [0, 9, ['0.0', '33.6'], ['0.0', '29.9']],
  ])('has the intervals of the clinical reference: %i of %i', (k, n, clopperPearson, wilson) => {
    expect(percent(computeClopperPearson(k, n).value)).toEqual(clopperPearson)
    expect(percent(computeWilson(k, n).value)).toEqual(wilson)
  })

  it('has the interval of the clinical reference: 9 of 9', () => {
    expect(percent(computeClopperPearson(9, 9).value)).toEqual(['66.4', '100.0'])
  })

  it('ends exactly at 0 and at 1 when none or all succeed', () => {
    for (const n of [1, 9, 151, 10000]) {
      for (const interval of [computeWilson, computeClopperPearson]) {
        expect(interval(0, n).value?.[0]).toBe(0)
        expect(interval(n, n).value?.[1]).toBe(1)
      }
    }
  })

  it('has no value without trials, and refuses what is no count', () => {
    for (const compute of [computeProportion, computeWilson, computeClopperPearson]) {
      expect(compute(0, 0)).toEqual({ value: null, reason: 'noValues' })
      expect(() => compute(3, 2)).toThrow(RangeError)
      expect(() => compute(-1, 2)).toThrow(RangeError)
      expect(() => compute(0.5, 2)).toThrow(RangeError)
    }
  })

  it('holds the estimate, stays within 0 and 1, and Clopper-Pearson mirrors failures', () => {
    const counts = fc
      .integer({ min: 1, max: 2000 })
      .chain(n => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n)))
    fc.assert(
      fc.property(counts, ([k, n]) => {
        const p = computeProportion(k, n).value as number
        for (const interval of [computeWilson, computeClopperPearson]) {
          const [lower, upper] = interval(k, n).value as readonly [number, number]
          const [mirroredLower, mirroredUpper] = interval(n - k, n).value as readonly [number, number]
          expect(lower).toBeGreaterThanOrEqual(0)
          expect(lower).toBeLessThanOrEqual(p)
          expect(upper).toBeGreaterThanOrEqual(p)
          expect(upper).toBeLessThanOrEqual(1)
          expectClose(1 - mirroredUpper, lower, 1)
          expectClose(1 - mirroredLower, upper, 1)
        }
      }),
    )
  })
})
