import { describe, expect, it } from 'vitest'
import {
  atLeast,
  day,
  makeCohort,
  makeProtocol,
  makeRule,
  makeScheduled,
  THREE_ARMS,
  visitOf,
} from '@/lib/domain/outcomes/__fixtures__/cohort'
import { summarise } from '@/lib/domain/outcomes/__fixtures__/summarise'
import r from '@/lib/domain/outcomes/__fixtures__/three-arms.json'

const protocol = makeProtocol({
  arms: THREE_ARMS,
  responders: [
    makeRule('ANY', {
      condition: { parameter: 'PAIN', improvement: { above: 0, unit: 'points' } },
      isResponder: false,
    }),
    makeRule('P30', { condition: atLeast(30, 'percent') }),
    makeRule('T2', { condition: atLeast(2, 'points') }),
  ],
})
const rows = makeCohort(
  r.rows.map(row => [row.bl, row.m1, row.m3]),
  index => ({ arm: r.rows[index]?.arm ?? null }),
)
const data = {
  ...rows,
  schedule: rows.schedule.map(visit =>
    r.rows[visit.participant - 1]?.early && visit.visit === 'M3'
      ? makeScheduled(visit.participant, 'M3', '2024-01-01', '2025-02-01')
      : visit,
  ),
}
const summary = summarise(data, { protocol, dataCut: day('2025-01-15') })

/** R's number to 1e-10 of it; R's NA is a null with a reason. */
function expectR(leaf: number | null | undefined, expected: number | null): void {
  if (expected === null) {
    expect(leaf).toBeNull()
    return
  }
  expect(leaf).toBeTypeOf('number')
  const tolerance = 1e-10 * Math.max(1, Math.abs(expected))
  expect(Math.abs(Number(leaf) - expected), `${leaf} against ${expected}`).toBeLessThanOrEqual(tolerance)
}

function expectInterval(
  leaf: readonly [number, number] | null,
  [lower, upper]: readonly (number | null)[],
): void {
  if (lower === null) {
    expect(leaf).toBeNull()
    return
  }
  expectR(leaf?.[0], lower ?? null)
  expectR(leaf?.[1], upper ?? null)
}

describe('summary of three arms', () => {
  it.each(r.armVisits)('agrees with R on completeness, means and rates: $arm at $visit', expected => {
    const visit = visitOf(summary, expected.visit, expected.arm)
    const { received, n, nEarly } = visit
    expect({ expected: visit.expected, received, n, nEarly }).toEqual({
      expected: expected.expected,
      received: expected.received,
      n: expected.n,
      nEarly: expected.nEarly,
    })
    for (const leaf of ['mean', 'sdSample', 'median', 'q1', 'q3'] as const)
      expectR(visit[leaf], expected[leaf])
    for (const leaf of ['medianCi', 'q1Ci', 'q3Ci'] as const) expectInterval(visit[leaf], expected[leaf])
    expectR(visit.ciLower, expected.ci[0] ?? null)
    expectR(visit.ciUpper, expected.ci[1] ?? null)
    expect(visit.responders.map(({ code, method }) => [code, method])).toEqual(
      expected.rates.map(({ code, method }) => [code, method]),
    )
    for (const [index, rate] of expected.rates.entries()) {
      const ours = visit.responders[index]
      if (!ours) throw new Error('rate is there')
      expect([ours.k, ours.n, ours.undefinedBaselineZero]).toEqual([
        rate.k,
        rate.n,
        rate.undefinedBaselineZero,
      ])
      expectR(ours.proportion, rate.proportion)
      expectInterval(ours.wilson, rate.wilson)
      expectInterval(ours.clopperPearson, rate.clopperPearson)
    }
    if (expected.worse) expect([visit.worse.k, visit.worse.n]).toEqual(expected.worse)
  })

  it.each(r.armVisits.filter(each => each.change !== null))(
    'agrees with R on change: $arm at $visit',
    each => {
      const ours = visitOf(summary, each.visit, each.arm).change
      const theirs = each.change
      if (!ours || !theirs) throw new Error('change is there')
      expect([ours.n, ours.wilcoxonSignedRank.nNonZero]).toEqual([theirs.n, theirs.nNonZero])
      for (const leaf of ['mean', 'sdSample', 'dz', 'hedgesGPaired', 'glassDelta'] as const)
        expectR(ours[leaf], theirs[leaf])
      expectInterval([ours.ciLower ?? Number.NaN, ours.ciUpper ?? Number.NaN], theirs.ci)
      expectR(ours.pairedT.t, theirs.t)
      expectR(ours.pairedT.df, theirs.df)
      expectR(ours.pairedT.pTwoSided, theirs.p)
      expectR(ours.wilcoxonSignedRank.pTwoSided, theirs.signedRank)
    },
  )

  it('leaves out the change of baseline visits', () => {
    for (const arm of summary.parameters[0]?.arms ?? []) expect(arm.visits[0]).not.toHaveProperty('change')
  })

  it('contrasts every pair of arms in protocol order at every visit after baseline', () => {
    const pairs = summary.parameters[0]?.contrasts.map(({ visit, arms: [first, second] }) => [
      visit,
      first,
      second,
    ])
    expect(pairs).toEqual(r.contrasts.map(({ visit, first, second }) => [visit, first, second]))
  })

  it.each(r.contrasts)('agrees with R on the contrast of $first and $second at $visit', expected => {
    const ours = summary.parameters[0]?.contrasts.find(
      ({ visit, arms }) =>
        visit === expected.visit && arms[0] === expected.first && arms[1] === expected.second,
    )
    if (!ours) throw new Error('contrast is there')
    expectR(ours.differenceInMeans, expected.difference)
    expectInterval(ours.ci, expected.ci)
    expectR(ours.welch.t, expected.t)
    expectR(ours.welch.df, expected.df)
    expectR(ours.welch.pTwoSided, expected.p)
    expectR(ours.ancova.difference, expected.ancova.difference)
    expectInterval(ours.ancova.ci, expected.ancova.ci)
    expectR(ours.ancova.t, expected.ancova.t)
    expectR(ours.ancova.df, expected.ancova.df)
    expectR(ours.ancova.pTwoSided, expected.ancova.p)
    expectR(ours.hedgesG, expected.hedgesG)
    expectR(ours.wilcoxonRankSum.pTwoSided, expected.rankSum)
    expect(ours.wilcoxonRankSum.method).toBe('exact')
    for (const [index, rate] of expected.rates.entries()) {
      const contrast = ours.responders[index]
      if (!contrast) throw new Error('contrast of rates is there')
      expect([contrast.code, contrast.method]).toEqual([rate.code, rate.method])
      expectR(contrast.riskDifference, rate.riskDifference)
      expectInterval(contrast.newcombe, rate.newcombe)
      expectR(contrast.fisherExact.pTwoSided, rate.fisher)
    }
  })
})
