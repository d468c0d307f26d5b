import { describe, expect, it } from 'vitest'
import {
  atLeast,
  day,
  makeCohort,
  makeProtocol,
  makeRule,
  PAIN,
  report,
  THREE_ARMS,
  visitOf,
} from '@/lib/domain/outcomes/__fixtures__/cohort'
import { prepare } from '@/lib/domain/outcomes/__fixtures__/prepare'
import { summarise } from '@/lib/domain/outcomes/__fixtures__/summarise'
import { DEFAULT_ANALYSIS_VIEW } from '@/lib/domain/outcomes/analysis-view'
import { computeResponseDistribution } from '@/lib/domain/outcomes/response-distribution'

/** Improvements at M3: 60 %, 20 %, −50 %; one missing, one without baseline, one with baseline 0. */
const ROWS = [
  [5, 4, 2],
  [10, 9, 8],
  [4, 4, 6],
  [6, 5, null],
  [null, 5, 5],
  [0, 0, 1],
]

describe('distribution of response', () => {
  it('counts missing and undefined improvements below the worst value, of all expected', () => {
    const found = computeResponseDistribution(prepare(makeCohort(ROWS)), makeProtocol())
    const [arm] = found.find(({ visit }) => visit === 'M3')?.arms ?? []
    expect(arm).toMatchObject({ expected: 6, defined: 3, missing: 2, undefinedBaselineZero: 1, nEarly: 0 })
    expect(arm?.steps.map(({ percentImprovement, k }) => [percentImprovement, k])).toEqual([
      [-50, 3],
      [20, 2],
      [60, 1],
    ])
    // R: prop.test(2, 6, correct = FALSE)$conf.int
    expect(arm?.steps[1]?.wilson[0]).toBeCloseTo(0.09677141, 6)
    expect(arm?.steps[1]?.wilson[1]).toBeCloseTo(0.7000067, 6)
  })

  it('is the responder rate with non-responder imputation at the threshold of a rule', () => {
    const rule = makeRule('LESS20', { condition: atLeast(20, 'percent') })
    const data = makeCohort(ROWS)
    const summary = summarise(data, { protocol: makeProtocol({ responders: [rule] }) })
    const [rate] = visitOf(summary, 'M3').responders
    const [, at] = computeResponseDistribution(prepare(data), makeProtocol()).at(-1)?.arms[0]?.steps ?? []
    expect([at?.k, at?.proportion]).toEqual([rate?.k, rate?.proportion])
    expect(at?.wilson).toEqual(rate?.wilson)
  })

  it('lays values after an intercurrent event below the worst under the composite strategy', () => {
    const doses = ['2024-02-01', '2024-03-15'].map(date => ({ treatment: 'DOSE', date: day(date) }))
    const data = makeCohort(ROWS, index => (index === 0 ? { doses } : {}))
    const rule = makeRule('LESS20', { condition: atLeast(20, 'percent') })
    const protocol = makeProtocol({ responders: [rule] })
    const view = { ...DEFAULT_ANALYSIS_VIEW, strategy: 'composite' as const }
    const [arm] = computeResponseDistribution(prepare(data, { view }), protocol).at(-1)?.arms ?? []
    expect(arm).toMatchObject({
      expected: 6,
      defined: 2,
      missing: 2,
      undefinedBaselineZero: 1,
      afterEvent: 1,
    })
    const [rate] = visitOf(summarise(data, { protocol, view }), 'M3').responders
    expect(arm?.steps.find(({ percentImprovement }) => percentImprovement === 20)?.k).toBe(rate?.k)
  })

  it('leaves values of open windows out and counts them', () => {
    const cohort = prepare(makeCohort(ROWS), { dataCut: day('2024-06-01') })
    const [arm] = computeResponseDistribution(cohort, makeProtocol()).at(-1)?.arms ?? []
    expect(arm).toMatchObject({ expected: 0, nEarly: 5, steps: [] })
  })

  it('has no curve of a scale on which zero does not mean none', () => {
    const parameters = [report({ ...PAIN, zeroMeansNone: false })]
    expect(computeResponseDistribution(prepare(makeCohort(ROWS), { parameters }), makeProtocol())).toEqual([])
  })

  it('tells round thresholds alone where a value would tell the arm of a participant', () => {
    const protocol = makeProtocol({ arms: THREE_ARMS })
    const data = makeCohort(ROWS, index => ({ arm: ['A', 'B'][index % 2] ?? null }))
    const masking = { participantArms: false, resultsByArm: true, armsNamed: true }
    const found = computeResponseDistribution(prepare(data, { protocol, masking }), protocol).at(-1)
    expect(found?.resolution).toBe('coarse')
    for (const { steps } of found?.arms ?? [])
      for (const { percentImprovement } of steps) expect(Math.abs(percentImprovement % 10)).toBe(0)
    const first = found?.arms[0]?.steps.find(step => step.percentImprovement === 60)
    expect([first?.k, found?.arms[0]?.expected]).toEqual([1, 3])
    expect(found?.arms[2]).toMatchObject({ expected: 0, steps: [] })
  })
})
