import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { computeAncova } from '@/lib/domain/statistics/ancova'
import { computeCumulativeBands } from '@/lib/domain/statistics/cumulative-distribution'
import { describe as describeSample } from '@/lib/domain/statistics/describe'
import { computeFisherExact } from '@/lib/domain/statistics/fisher'
import { computeGlassDelta } from '@/lib/domain/statistics/glass-delta'
import { computeHedgesG } from '@/lib/domain/statistics/hedges-g'
import { computeKaplanMeier } from '@/lib/domain/statistics/kaplan-meier'
import { computeMedianSurvival } from '@/lib/domain/statistics/median-survival'
import { computePairedEffectSize } from '@/lib/domain/statistics/paired-effect-size'
import { computePairedT } from '@/lib/domain/statistics/paired-t'
import { computeClopperPearson, computeProportion, computeWilson } from '@/lib/domain/statistics/proportion'
import { quantileType7 } from '@/lib/domain/statistics/quantile'
import { computeQuantileInterval } from '@/lib/domain/statistics/quantile-interval'
import { computeRankSum } from '@/lib/domain/statistics/rank-sum'
import { computeRiskDifference } from '@/lib/domain/statistics/risk-difference'
import { computeSignedRank } from '@/lib/domain/statistics/signed-rank'
import { computeWelch } from '@/lib/domain/statistics/welch'

/** Any double that is a number, as far out as 1e308 and as near 0 as 5e-324; and what outcomes look like. */
const number = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.double({ min: -1e100, max: 1e100, noNaN: true }),
  fc.double({ min: -1e-150, max: 1e-150, noNaN: true }),
  fc.integer({ min: -10, max: 10 }),
  fc.constantFrom(0, -0, 1e308, -1e308, 1e100, -1e100, 5e-324, 1e6 + 1e-9, 0.1 + 0.2),
)
const sample = fc.oneof(
  fc.array(number, { maxLength: 20 }),
  // all alike: no spread, at any magnitude
  fc.tuple(number, fc.nat(6)).map(([value, n]) => Array<number>(n).fill(value)),
)
const count = fc.nat(10_000).chain(n => fc.tuple(fc.nat(n), fc.constant(n)))

const ofOneSample: readonly ((values: readonly number[]) => unknown)[] = [
  describeSample,
  computePairedT,
  computePairedEffectSize,
  computeSignedRank,
  values => quantileType7(values, 0.3),
  values => computeQuantileInterval(values, 0.5),
  values => computeCumulativeBands(values, 2),
]
const ofTwoSamples: readonly ((first: readonly number[], second: readonly number[]) => unknown)[] = [
  computeWelch,
  computeHedgesG,
  computeRankSum,
  (first, second) => computeGlassDelta(pair(first, second)),
  (first, second) =>
    computeAncova(pair(first, second).map((each, index) => ({ ...each, arm: index % 3 === 0 ? 1 : 0 }))),
  (first, second) => {
    const steps = computeKaplanMeier(
      pair(first, second).map(({ baseline, change }) => ({ time: baseline, isEvent: change > 0 })),
    )
    return [steps, computeMedianSurvival(steps)]
  },
]

function pair(baselines: readonly number[], changes: readonly number[]) {
  return baselines
    .slice(0, changes.length)
    .map((baseline, index) => ({ baseline, change: changes[index] as number }))
}

/** Every number within is finite, and a null stands only beside its reason, a value beside none. */
function expectSound(result: unknown): void {
  if (typeof result === 'number') expect(Number.isFinite(result), String(result)).toBe(true)
  if (typeof result !== 'object' || result === null) return
  if ('reason' in result && 'value' in result) {
    expect(result.value === null).toBe(typeof result.reason === 'string')
  }
  for (const part of Object.values(result)) expectSound(part)
}

/** Refusing what is no measurement is the one alternative to a sound result. */
function expectSoundOrRefused(compute: () => unknown): void {
  let result: unknown
  try {
    result = compute()
  } catch (error) {
    expect(error).toBeInstanceOf(RangeError)
    return
  }
  expectSound(result)
}

describe('whatever the numbers, a result is finite or says why there is none', () => {
  it('of one sample', () => {
    fc.assert(
      fc.property(sample, values => {
        for (const compute of ofOneSample) expectSoundOrRefused(() => compute(values))
      }),
      { numRuns: 1000 },
    )
  })

  it('of two samples', () => {
    fc.assert(
      fc.property(sample, sample, (first, second) => {
        for (const compute of ofTwoSamples) expectSoundOrRefused(() => compute(first, second))
      }),
      { numRuns: 1000 },
    )
  })

  it('of counts', () => {
    fc.assert(
      fc.property(count, count, ([k1, n1], [k2, n2]) => {
        for (const compute of [computeProportion, computeWilson, computeClopperPearson]) {
          expectSound(compute(k1, n1))
        }
        for (const compute of [computeRiskDifference, computeFisherExact]) {
          expectSound(compute(k1, n1, k2, n2))
        }
      }),
    )
  })
})
