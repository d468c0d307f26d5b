import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkEach } from '@/lib/domain/statistics/__fixtures__/check-each'
import { expectClose, expectComputed } from '@/lib/domain/statistics/__fixtures__/expect-close'
import fixture from '@/lib/domain/statistics/__fixtures__/signed-rank.json'
import { roundForRanks } from '@/lib/domain/statistics/ranks'
import { computeSignedRank } from '@/lib/domain/statistics/signed-rank'

describe('signed rank', () => {
  it.each(fixture)('agrees with R: $name', test => {
    const { v, pTwoSided, method, nNonZero } = computeSignedRank(test.changes)
    expect(nNonZero).toBe(test.nNonZero)
    expect(method.value).toBe(test.method)
    expect(v.value).toBe(test.v)
    expectClose(pTwoSided.value, test.pTwoSided)
    if (test.pEnumerated !== null) expectClose(pTwoSided.value, test.pEnumerated)
  })

  it('agrees with R in the generated changes', () => {
    checkEach<{
      changes: number[]
      nNonZero: number
      method: string
      v: number | null
      pTwoSided: number | null
    }>('signed-rank-generated', test => {
      const { v, pTwoSided, method, nNonZero } = computeSignedRank(test.changes)
      expect(nNonZero).toBe(test.nNonZero)
      if (nNonZero > 0) expect(method.value).toBe(test.method)
      expectComputed(v, test.v)
      expectComputed(pTwoSided, test.pTwoSided)
    })
  })

  it('has the p of the worked example, and the smallest p that nine can give', () => {
    expect(computeSignedRank([-3, -5, 0, -4, -5, 0, -2, -1, -1]).pTwoSided.value).toBe(0.015625)
    expect(computeSignedRank([-1, -2, -3, -4, -5, -6, -7, -8, -9]).pTwoSided.value).toBeCloseTo(0.0039, 4)
  })

  it('is exact at 50 non-zero changes and normal at 51, whatever the number of zeros', () => {
    const changes = Array.from({ length: 50 }, (_, index) => index - 20.5)
    expect(computeSignedRank([...changes, 0, 0, 0]).method.value).toBe('exact')
    expect(computeSignedRank([...changes, 40]).method.value).toBe('normal')
  })

  it('has p 1 for a single change, and none where nothing changed or nothing was measured', () => {
    expect(computeSignedRank([-2]).pTwoSided.value).toBe(1)
    const unchanged = computeSignedRank([0, 7 - 4.9 - 2.1])
    const empty = computeSignedRank([])
    for (const leaf of ['v', 'pTwoSided', 'method'] as const) {
      expect(unchanged[leaf]).toEqual({ value: null, reason: 'noNonZeroChange' })
      expect(empty[leaf]).toEqual({ value: null, reason: 'noValues' })
    }
    expect([unchanged.nNonZero, empty.nNonZero]).toEqual([0, 0])
  })

  it('lets floating-point noise neither break a tie nor make a zero non-zero', () => {
    expect(computeSignedRank([4.9 - 7, 8 - 5.9, 0.1 + 0.2 - 0.3])).toEqual(computeSignedRank([-2.1, 2.1, 0]))
    expect(roundForRanks(-2.5e-9)).toBe(-roundForRanks(2.5e-9))
    expect(Object.is(roundForRanks(-1e-12), 0)).toBe(true)
  })

  it('has the same result after any monotone change of size that leaves the signs', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 70 }), changes => {
        const there = computeSignedRank(changes)
        expect(computeSignedRank(changes.map(change => change ** 3 + change / 4))).toEqual(there)
        expect(
          computeSignedRank(changes.map(change => Math.sign(change) * Math.log1p(Math.abs(change)))),
        ).toEqual(there)
      }),
    )
  })

  it('has the same p for a change and its mirror image', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 70 }), changes => {
        const mirrored = computeSignedRank(changes.map(change => -change))
        expect(mirrored.pTwoSided).toEqual(computeSignedRank(changes).pTwoSided)
      }),
    )
  })
})
