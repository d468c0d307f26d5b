import { describe, expect, it } from 'vitest'
import {
  atLeast,
  day,
  makeCohort,
  makeProtocol,
  makeRule,
  makeScore,
  PAIN,
  report,
  THREE_ARMS,
  visitOf,
} from '@/lib/domain/outcomes/__fixtures__/cohort'
import { summarise } from '@/lib/domain/outcomes/__fixtures__/summarise'

const ANY = makeRule('ANY', {
  condition: { parameter: 'PAIN', improvement: { above: 0, unit: 'points' } },
  isResponder: false,
})
const P30 = makeRule('P30', { condition: atLeast(30, 'percent') })
const withRules = makeProtocol({ responders: [ANY, P30] })
const m1 = (rows: readonly (readonly (number | null)[])[], protocol = withRules) =>
  visitOf(summarise(makeCohort(rows), { protocol }), 'M1')

describe('summary of the worked example', () => {
  // clinical reference, statistics, check value of the paired change
  const before = [6, 7, 5, 8, 6, 7, 4, 6, 7]
  const after = [3, 2, 5, 4, 1, 7, 2, 5, 6]
  const visit = m1(before.map((value, index) => [value, after[index] ?? null]))

  it('reproduces the paired t test and the exact signed-rank test', () => {
    expect(visit.change?.n).toBe(9)
    expect(visit.change?.mean).toBeCloseTo(-2.333, 3)
    expect(visit.change?.sdSample).toBe(2)
    expect(visit.change?.pairedT.t).toBeCloseTo(-3.5, 12)
    expect(visit.change?.pairedT.df).toBe(8)
    expect(visit.change?.pairedT.pTwoSided).toBeCloseTo(0.00808, 5)
    expect(visit.change?.wilcoxonSignedRank).toEqual({ pTwoSided: 0.015625, method: 'exact', nNonZero: 7 })
  })

  it('reproduces the intervals of 7 of 9, kept apart from responder rates', () => {
    const [any] = visit.responders
    expect(any).toMatchObject({
      code: 'ANY',
      method: 'nonResponderImputation',
      isResponder: false,
      k: 7,
      n: 9,
    })
    expect(any?.clopperPearson?.map(end => Math.round(end * 1000) / 10)).toEqual([40, 97.2])
    expect(any?.wilson?.map(end => Math.round(end * 1000) / 10)).toEqual([45.3, 93.7])
  })
})

describe('summary conventions', () => {
  it('leaves spread, tests and effect sizes of one change undefined, and gives it a signed-rank p of 1', () => {
    const { change } = m1([[6, 3]])
    expect(change).toMatchObject({ n: 1, mean: -3, sdSample: null, ciLower: null, ciUpper: null, dz: null })
    expect(change).toMatchObject({ sdSampleReason: 'needsTwoValues', hedgesGPairedReason: 'needsTwoValues' })
    expect(change?.pairedT).toMatchObject({ t: null, df: null, pTwoSided: null })
    expect(change?.wilcoxonSignedRank).toEqual({ pTwoSided: 1, method: 'exact', nNonZero: 1 })
  })

  it('collapses the interval of changes that do not differ to their mean', () => {
    const { change } = m1([
      [7, 4.9],
      [8, 5.9],
      [6, 3.9],
    ])
    expect(change?.ciLower).toBe(change?.mean)
    expect(change?.ciUpper).toBe(change?.mean)
    expect(change?.pairedT).toMatchObject({ t: null, tReason: 'zeroVariance', df: 2, pTwoSided: null })
    expect(change).toMatchObject({ dz: null, hedgesGPaired: null })
  })

  it('has no signed-rank p where nobody changed', () => {
    const { change } = m1([
      [7, 7],
      [5, 5],
    ])
    expect(change?.wilcoxonSignedRank).toMatchObject({
      pTwoSided: null,
      pTwoSidedReason: 'noNonZeroChange',
      nNonZero: 0,
    })
  })

  it('counts a missing visit, a missing baseline and a baseline of 0 as non-responders of all expected', () => {
    const visit = m1([
      [6, 3],
      [6, null],
      [null, 2],
      [0, 3],
      [0, null],
    ])
    expect(visit.responders.filter(({ code }) => code === 'P30')).toMatchObject([
      { method: 'nonResponderImputation', k: 1, n: 5, undefinedBaselineZero: 1 },
      { method: 'observedCases', k: 1, n: 1, undefinedBaselineZero: 1 },
    ])
    expect(visit.change?.n).toBe(2)
  })

  it('averages the baseline ratings present', () => {
    const protocol = makeProtocol({ baseline: { visits: ['BL', 'M1'], rule: 'mean' } })
    const summary = summarise(
      makeCohort(
        [
          [6, 7, 5],
          [6, null, 4],
          [null, null, 1],
        ],
        () => ({ dayZero: day('2024-04-01') }),
      ),
      { protocol },
    )
    expect(visitOf(summary, 'M1')).not.toHaveProperty('change')
    expect(visitOf(summary, 'M1').responders).toEqual([])
    expect(visitOf(summary, 'M3').change).toMatchObject({ n: 2, mean: -1.75 })
  })

  it('reports worsening as plainly as benefit, from the minimal important change on', () => {
    const visit = m1([
      [5, 7],
      [5, 6.9],
      [5, 2],
      [0, 2],
      [5, null],
    ])
    expect(visit.worse).toMatchObject({ k: 2, n: 4, threshold: 2 })
  })

  it('keeps every object with its leaves null in an empty arm', () => {
    const summary = summarise(
      makeCohort([[6, 3]], () => ({ arm: 'A' })),
      {
        protocol: { ...withRules, arms: THREE_ARMS },
      },
    )
    const visit = visitOf(summary, 'M1', 'C')
    expect(visit).toMatchObject({ expected: 0, n: 0, missing: {}, mean: null, meanReason: 'noValues' })
    expect(visit.change?.pairedT).toMatchObject({ t: null, df: null, pTwoSided: null })
    expect(visit.responders[0]).toMatchObject({
      k: 0,
      n: 0,
      proportion: null,
      wilson: null,
      clopperPearson: null,
    })
    const [contrast] = summary.parameters[0]?.contrasts ?? []
    expect(contrast).toMatchObject({ differenceInMeans: null, ci: null, hedgesG: null, welch: { t: null } })
    expect(contrast?.responders[0]).toMatchObject({ riskDifference: null, fisherExact: { pTwoSided: null } })
  })

  it('gives an arm of one its difference, g and rank test, but no Welch test', () => {
    const rows = [
      [6, 3],
      [6, 5],
      [7, 7],
    ]
    const summary = summarise(
      makeCohort(rows, index => ({ arm: index === 0 ? 'A' : 'B' })),
      {
        protocol: makeProtocol({ arms: THREE_ARMS }),
      },
    )
    expect(summary.parameters[0]?.contrasts[0]).toMatchObject({
      differenceInMeans: -2.5,
      ci: null,
      ciReason: 'needsTwoValues',
      welch: { t: null, df: null, pTwoSided: null },
      hedgesG: 0,
      wilcoxonRankSum: { pTwoSided: 2 / 3, method: 'exact' },
    })
  })

  it('counts categories instead of means', () => {
    const work = {
      ...PAIN,
      code: 'WORK',
      kind: 'ordered' as const,
      higherIs: 'better' as const,
      zeroMeansNone: false,
      minimalImportantChange: null,
      levels: [0, 1, 2].map(value => ({ value, label: `Level ${value}` })),
    }
    const better = makeRule('UP', {
      condition: { parameter: 'WORK', improvement: { above: 0, unit: 'points' } },
    })
    const scores = [0, 0, 1].flatMap((value, index) => [
      makeScore(index + 1, 'BL', value, { parameter: 'WORK' }),
      makeScore(index + 1, 'M1', index === 0 ? 2 : value, { parameter: 'WORK' }),
    ])
    const summary = summarise(
      { ...makeCohort([[], [], []]), scores },
      { parameters: [report(work)], protocol: makeProtocol({ responders: [better] }) },
    )
    const visit = visitOf(summary, 'M1', 'ONE', 'WORK')
    expect(visit.categories.map(({ level, k, n }) => [level, k, n])).toEqual([
      [0, 1, 3],
      [1, 1, 3],
      [2, 1, 3],
    ])
    expect(visit).toMatchObject({
      mean: null,
      meanReason: 'notContinuous',
      worse: { k: null, threshold: null },
    })
    expect(visit.change).toMatchObject({ mean: null, meanReason: 'notContinuous' })
    expect(visit.responders[0]).toMatchObject({ code: 'UP', k: 1, n: 3 })
  })
})
