import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkEach } from '@/lib/domain/statistics/__fixtures__/check-each'
import { type AncovaObservation, computeAncova } from '@/lib/domain/statistics/ancova'

/** How far from R's `lm`, relative to the standard error of the difference where that is larger. */
const TOLERANCE = 1e-9

function expectNear(actual: number | null | undefined, expected: number, scale = 0): void {
  expect(actual).toBeTypeOf('number')
  const limit = TOLERANCE * Math.max(Math.abs(expected), scale)
  expect(Math.abs((actual as number) - expected), `${actual} against ${expected}`).toBeLessThanOrEqual(limit)
}

const observe = (rows: readonly (readonly [arm: 0 | 1, baseline: number, change: number])[]) =>
  rows.map(([arm, baseline, change]) => ({ arm, baseline, change }))

const rows = fc.array(
  fc.record({
    arm: fc.constantFrom(0, 1),
    baseline: fc.integer({ min: 0, max: 100 }),
    change: fc.integer({ min: -100, max: 100 }),
    stratum: fc.constantFrom('low', 'high'),
  }),
  { minLength: 8, maxLength: 40 },
) as fc.Arbitrary<AncovaObservation[]>

describe('analysis of covariance', () => {
  it('agrees with lm in R to 1e-9, and has no answer where lm has none', () => {
    checkEach<{
      arm: string
      stratum: string
      baseline: number[]
      change: number[]
      difference: number | null
      ci: [number | null, number | null]
      t: number | null
      df: number | null
      pTwoSided: number | null
      standardError: number | null
    }>('ancova', ({ arm, stratum, baseline, change, ...expected }) => {
      const { difference, ci, t, df, pTwoSided } = computeAncova(
        change.map((value, index) => ({
          arm: arm[index] === '1' ? 1 : 0,
          baseline: baseline[index] as number,
          change: value,
          stratum: stratum[index] as string,
        })),
      )
      const scale = expected.standardError ?? Math.max(...change.map(Math.abs))
      if (expected.difference === null) expect(difference.reason).toMatch(/^(tooFewValues|collinear)$/)
      else expectNear(difference.value, expected.difference, scale)
      if (expected.t === null) {
        for (const leaf of [ci, t, df, pTwoSided]) {
          expect(leaf.value).toBeNull()
          expect(leaf.reason).toMatch(/^(tooFewValues|collinear|zeroVariance)$/)
        }
        return
      }
      expect(df.value).toBe(expected.df)
      expectNear(t.value, expected.t, 1)
      expectNear(pTwoSided.value, expected.pTwoSided as number)
      for (const end of [0, 1] as const) expectNear(ci.value?.[end], expected.ci[end] as number, scale)
    })
  })

  it('gives the reason where there is no answer', () => {
    const all = (result: object, reason: string) => {
      for (const leaf of Object.values(result)) expect(leaf).toEqual({ value: null, reason })
    }
    all(computeAncova([]), 'noValues')
    all(
      computeAncova(
        observe([
          [1, 6, -2],
          [1, 5, -1],
        ]),
      ),
      'noValues',
    )
    all(
      computeAncova(
        observe([
          [1, 6, -2],
          [0, 5, -1],
        ]),
      ),
      'tooFewValues',
    )
    // baseline tells the arms apart without error
    all(
      computeAncova(
        observe([
          [1, 6, -2],
          [1, 6, -3],
          [0, 5, -1],
          [0, 5, 0],
        ]),
      ),
      'collinear',
    )
    // each stratum is of one arm
    const apart = observe([
      [1, 6, -2],
      [1, 7, -3],
      [1, 5, 0],
      [0, 5, -1],
      [0, 9, 0],
      [0, 7, 1],
    ])
    all(computeAncova(apart.map(each => ({ ...each, stratum: String(each.arm) }))), 'collinear')
  })

  it('gives the difference alone where nothing is left to judge it by', () => {
    const { difference, ...saturated } = computeAncova(
      observe([
        [1, 6, -4],
        [0, 6, -1],
        [0, 8, -2],
      ]),
    )
    expect(difference.value).toBeCloseTo(-3, 12)
    for (const leaf of Object.values(saturated)) expect(leaf).toEqual({ value: null, reason: 'tooFewValues' })
    const exact = computeAncova(
      observe([
        [1, 6, -4],
        [1, 7, -4.5],
        [1, 9, -5.5],
        [0, 6, -1],
        [0, 8, -2],
      ]),
    )
    expect(exact.difference.value).toBeCloseTo(-3, 12)
    for (const leaf of [exact.ci, exact.t, exact.df, exact.pTwoSided])
      expect(leaf.reason).toBe('zeroVariance')
  })

  it('turns sign, and nothing else, when the arms are swapped, and holds the difference', () => {
    fc.assert(
      fc.property(rows, group => {
        const there = computeAncova(group)
        const back = computeAncova(group.map(each => ({ ...each, arm: each.arm === 1 ? 0 : 1 })))
        expect(back.difference.reason).toBe(there.difference.reason)
        expect(back.t.reason).toBe(there.t.reason)
        expect(back.df).toEqual(there.df)
        if (there.ci.value === null) return
        expect(back.difference.value).toBeCloseTo(-(there.difference.value as number), 8)
        expect(back.pTwoSided.value).toBeCloseTo(there.pTwoSided.value as number, 10)
        expect(there.ci.value[0]).toBeLessThanOrEqual(there.difference.value as number)
        expect(there.ci.value[1]).toBeGreaterThanOrEqual(there.difference.value as number)
      }),
    )
  })

  it('does not depend on where the baseline scale starts, nor on the order of the rows', () => {
    fc.assert(
      fc.property(rows, fc.integer({ min: -1e6, max: 1e6 }), (group, offset) => {
        const shifted = group.toReversed().map(each => ({ ...each, baseline: each.baseline + offset }))
        const there = computeAncova(group)
        const moved = computeAncova(shifted)
        expect(moved.difference.reason).toBe(there.difference.reason)
        if (there.t.value === null || moved.t.value === null) return
        expectNear(moved.difference.value, there.difference.value as number, 1)
        expectNear(moved.t.value, there.t.value, 1)
      }),
    )
  })
})
