import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkEach } from '@/lib/domain/statistics/__fixtures__/check-each'
import { expectClose } from '@/lib/domain/statistics/__fixtures__/expect-close'
import fixture from '@/lib/domain/statistics/__fixtures__/fisher.json'
import { computeFisherExact } from '@/lib/domain/statistics/fisher'

/** The p by its definition: every way to draw the successes among all participants, one by one. */
function enumerateP(k1: number, n1: number, k2: number, n2: number): number {
  const n = n1 + n2
  const successesInFirst = Array.from({ length: 2 ** n }, (_, bits) =>
    Array.from({ length: n }, (_, i) => (bits >> i) & 1),
  )
    .filter(draw => draw.reduce((sum, bit) => sum + bit, 0) === k1 + k2)
    .map(draw => draw.slice(0, n1).reduce((sum, bit) => sum + bit, 0))
  const frequency = (k: number) => successesInFirst.filter(drawn => drawn === k).length
  const asRare = successesInFirst.filter(drawn => frequency(drawn) <= frequency(k1))
  return asRare.length / successesInFirst.length
}

const counts = (max: number) =>
  fc.integer({ min: 1, max }).chain(n => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n)))

describe('Fisher exact', () => {
  it.each(fixture)('agrees with R: $k1 of $n1 against $k2 of $n2', ({ k1, n1, k2, n2, pTwoSided }) => {
    expectClose(computeFisherExact(k1, n1, k2, n2).value, pTwoSided)
  })

  it('agrees with R in the generated tables, up to 10,000 in an arm', () => {
    checkEach<{ k1: number; n1: number; k2: number; n2: number; fisher: number }>(
      'two-proportions-generated',
      ({ k1, n1, k2, n2, fisher }) => expectClose(computeFisherExact(k1, n1, k2, n2).value, fisher),
    )
  })

  it('equals full enumeration, up to eight participants', () => {
    fc.assert(
      fc.property(counts(4), counts(4), ([k1, n1], [k2, n2]) => {
        expect(computeFisherExact(k1, n1, k2, n2).value).toBeCloseTo(enumerateP(k1, n1, k2, n2), 14)
      }),
    )
  })

  it('has no value where an arm is empty, and p 1 where all or none succeed', () => {
    expect(computeFisherExact(0, 0, 1, 2)).toEqual({ value: null, reason: 'noValues' })
    expect(computeFisherExact(1, 2, 0, 0)).toEqual({ value: null, reason: 'noValues' })
    expect(computeFisherExact(5, 5, 7, 7).value).toBe(1)
    expect(computeFisherExact(0, 5, 0, 7).value).toBe(1)
  })

  it('has the same p when the arms are swapped, and when successes become failures', () => {
    fc.assert(
      fc.property(counts(300), counts(300), ([k1, n1], [k2, n2]) => {
        const p = computeFisherExact(k1, n1, k2, n2).value as number
        expectClose(computeFisherExact(k2, n2, k1, n1).value, p)
        expectClose(computeFisherExact(n1 - k1, n1, n2 - k2, n2).value, p)
        expect(p).toBeGreaterThanOrEqual(0)
        expect(p).toBeLessThanOrEqual(1)
      }),
    )
  })
})
