import { describe, expect, it } from 'vitest'
import {
  atLeast,
  LATE_CUT,
  makeCohort,
  makeProtocol,
  makeRule,
  PAIN,
  report,
  visitOf,
} from '@/lib/domain/outcomes/__fixtures__/cohort'
import { summarise } from '@/lib/domain/outcomes/__fixtures__/summarise'
import { DEFAULT_ANALYSIS_VIEW } from '@/lib/domain/outcomes/analysis-view'
import { layOutCohort } from '@/lib/domain/outcomes/cohort-grid'
import { planResponders } from '@/lib/domain/outcomes/responder-plan'
import type { ResponderRule } from '@/lib/domain/protocol/protocol'

const ODI = { ...PAIN, code: 'ODI' }
const MOOD = { ...PAIN, code: 'MOOD', zeroMeansNone: false }
const IMPRESSION = { ...PAIN, code: 'IMPRESSION' }
const parameters = [report(PAIN), report(ODI, ['BL', 'M3']), report(MOOD), report(IMPRESSION, ['M1', 'M3'])]

function plan(rule: ResponderRule) {
  const protocol = makeProtocol({ responders: [rule] })
  const grids = layOutCohort(protocol, parameters, [], makeCohort([]), LATE_CUT, DEFAULT_ANALYSIS_VIEW)
  return planResponders(protocol, new Map(grids.map(grid => [grid.parameter.code, grid]))).map(
    ({ parameter, visits, problem }) => ({ parameter, visits, problem }),
  )
}

describe('planResponders', () => {
  it('evaluates a simple rule at every visit after baseline', () => {
    expect(plan(makeRule('R', { condition: atLeast(30, 'percent') }))).toEqual([
      { parameter: 'PAIN', visits: ['M1', 'M3'], problem: null },
    ])
  })

  it('evaluates a composite where all its scales are measured, under the first of them', () => {
    const condition = { all: [atLeast(30, 'percent'), atLeast(10, 'points', 'ODI')] }
    expect(plan(makeRule('R', { condition }))).toEqual([{ parameter: 'PAIN', visits: ['M3'], problem: null }])
  })

  it('evaluates a rule that names visits once, at the last of them', () => {
    const condition = { ...atLeast(30, 'percent'), visits: ['M3', 'M1'] }
    expect(plan(makeRule('R', { condition }))).toEqual([{ parameter: 'PAIN', visits: ['M3'], problem: null }])
  })

  it.each([
    [
      'notMeasuredAtVisit',
      makeRule('R', { condition: { all: [atLeast(30, 'percent'), atLeast(1, 'points', 'VAS')] } }),
    ],
    ['zeroDoesNotMeanNone', makeRule('R', { condition: atLeast(30, 'percent', 'MOOD') })],
    ['notMeasuredAtBaseline', makeRule('R', { condition: atLeast(1, 'points', 'IMPRESSION') })],
    [
      'notMeasuredAtVisit',
      makeRule('R', {
        condition: { all: [atLeast(30, 'percent'), atLeast(10, 'points', 'ODI')], visits: ['M1', 'M3'] },
      }),
    ],
  ])('keeps a rule that cannot be computed, with the reason %s', (problem, rule) => {
    const [planned, ...others] = plan(rule)
    expect(planned?.problem).toBe(problem)
    expect(others).toEqual([])
  })

  it('shows such a rule in the result with every leaf null and its reason', () => {
    const rule = makeRule('R', { condition: atLeast(30, 'percent', 'MOOD') })
    const data = makeCohort([[6, 3]])
    const mood = { ...data, scores: data.scores.map(score => ({ ...score, parameter: 'MOOD' })) }
    const summary = summarise(mood, {
      parameters: [report(MOOD)],
      protocol: makeProtocol({ responders: [rule] }),
    })
    const kReason = 'zeroDoesNotMeanNone'
    expect(visitOf(summary, 'M1', 'ONE', 'MOOD').responders).toMatchObject([
      { code: 'R', method: 'nonResponderImputation', k: null, kReason, wilson: null },
      { code: 'R', method: 'observedCases', n: null, nReason: kReason, proportion: null },
    ])
  })

  it('leaves a parameter without a rule with none', () => {
    expect(visitOf(summarise(makeCohort([[6, 3]])), 'M1').responders).toEqual([])
  })
})
