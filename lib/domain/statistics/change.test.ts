import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import fixture from '@/lib/domain/statistics/__fixtures__/change.json'
import { checkEach } from '@/lib/domain/statistics/__fixtures__/check-each'
import { expectComputed } from '@/lib/domain/statistics/__fixtures__/expect-close'
import { describe as describeSample } from '@/lib/domain/statistics/describe'
import { computeGlassDelta } from '@/lib/domain/statistics/glass-delta'
import { computePairedEffectSize } from '@/lib/domain/statistics/paired-effect-size'
import { computePairedT } from '@/lib/domain/statistics/paired-t'
import { computeSmallSampleCorrection } from '@/lib/domain/statistics/small-sample-correction'

const changesOf = (pair: { baseline: number[]; visit: number[] }) =>
  pair.visit.map((value, index) => value - (pair.baseline[index] as number))

const constant = fixture.filter(({ name }) => /^(nobody|everybody)/.test(name))

describe('paired change', () => {
  it.each(fixture)('agrees with R: $name', pair => {
    const changes = changesOf(pair)
    const { t, df, pTwoSided } = computePairedT(changes)
    const { dz, hedgesGPaired } = computePairedEffectSize(changes)
    expectComputed(t, pair.t)
    if (pair.df !== null) expectComputed(df, pair.df)
    expectComputed(pTwoSided, pair.pTwoSided)
    expectComputed(dz, pair.dz)
    expectComputed(hedgesGPaired, pair.hedgesGPaired)
  })

  it('agrees with R in the generated groups', () => {
    checkEach<{
      baseline: number[]
      change: number[]
      t: number | null
      df: number | null
      pTwoSided: number | null
      dz: number | null
      hedgesGPaired: number | null
      glassDelta: number | null
    }>('change-generated', ({ baseline, change, ...expected }) => {
      const { t, df, pTwoSided } = computePairedT(change)
      const { dz, hedgesGPaired } = computePairedEffectSize(change)
      expectComputed(t, expected.t)
      // without spread R names no degrees of freedom
      expectComputed(df, expected.df ?? (change.length > 1 ? change.length - 1 : null))
      expectComputed(pTwoSided, expected.pTwoSided)
      expectComputed(dz, expected.dz)
      expectComputed(hedgesGPaired, expected.hedgesGPaired)
      const participants = change.map((value, index) => ({
        baseline: baseline[index] as number,
        change: value,
      }))
      expectComputed(computeGlassDelta(participants), expected.glassDelta)
    })
  })

  it('has the figures of the worked example in the clinical reference', () => {
    const changes = [-3, -5, 0, -4, -5, 0, -2, -1, -1]
    const { mean, sdSample } = describeSample(changes)
    const { t, df, pTwoSided } = computePairedT(changes)
    expect(mean.value).toBeCloseTo(-2.333, 3)
    expect(sdSample.value).toBeCloseTo(2, 3)
    expect(t.value).toBeCloseTo(-3.5, 3)
    expect(df.value).toBe(8)
    expect(pTwoSided.value).toBeCloseTo(0.00808, 5)
  })

  it.each(constant)('leaves t, p and effect sizes undefined where $name, but not df', pair => {
    const { t, df, pTwoSided } = computePairedT(changesOf(pair))
    const { dz, hedgesGPaired } = computePairedEffectSize(changesOf(pair))
    for (const leaf of [t, pTwoSided, dz, hedgesGPaired]) {
      expect(leaf).toEqual({ value: null, reason: 'zeroVariance' })
    }
    expect(df.value).toBe(2)
  })

  it.each([
    [[], 'noValues'],
    [[-3], 'needsTwoValues'],
  ] as const)('gives the reason for changes %j', (changes, reason) => {
    const leaves = [
      ...Object.values(computePairedT(changes)),
      ...Object.values(computePairedEffectSize(changes)),
    ]
    for (const leaf of leaves) expect(leaf).toEqual({ value: null, reason })
  })

  it('has Glass delta by the spread of the baseline, or the reason why not', () => {
    const pair = (baseline: number, change: number) => ({ baseline, change })
    expect(computeGlassDelta([])).toEqual({ value: null, reason: 'noValues' })
    expect(computeGlassDelta([pair(6, -2)])).toEqual({ value: null, reason: 'needsTwoValues' })
    expect(computeGlassDelta([pair(6, -2), pair(6, 1)])).toEqual({ value: null, reason: 'zeroVariance' })
    // baselines 6 and 8 have the SD of 2 / sqrt(2)
    expect(computeGlassDelta([pair(6, -2), pair(8, -2)]).value).toBeCloseTo(-Math.SQRT2, 14)
  })

  it('corrects for small samples: 0 at one degree of freedom, 28/31 at eight', () => {
    expect(computeSmallSampleCorrection(1)).toBe(0)
    expect(computeSmallSampleCorrection(8)).toBeCloseTo(28 / 31, 15)
    expect(computePairedEffectSize([-3, -5]).hedgesGPaired.value).toBe(0)
  })

  it('turns sign, and nothing else, when visit and baseline are swapped', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -100, max: 100 }), { minLength: 2, maxLength: 30 }), changes => {
        const swapped = changes.map(change => -change)
        const there = { ...computePairedT(changes), ...computePairedEffectSize(changes) }
        const back = { ...computePairedT(swapped), ...computePairedEffectSize(swapped) }
        expect(back.pTwoSided).toEqual(there.pTwoSided)
        expect(back.df).toEqual(there.df)
        for (const name of ['t', 'dz', 'hedgesGPaired'] as const) {
          expect(back[name].reason).toBe(there[name].reason)
          if (there[name].value !== null) expect((back[name].value as number) + there[name].value).toBe(0)
        }
      }),
    )
  })
})
