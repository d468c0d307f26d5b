import { describe, expect, it } from 'vitest'
import {
  atLeast,
  day,
  makeCohort,
  makeProtocol,
  makeRule,
  makeScore,
  PAIN,
} from '@/lib/domain/outcomes/__fixtures__/cohort'
import { prepare } from '@/lib/domain/outcomes/__fixtures__/prepare'
import type { EventStrategy } from '@/lib/domain/outcomes/analysis-view'
import type { CohortParticipant, CohortScore } from '@/lib/domain/outcomes/cohort-data'
import type { ParameterGrid } from '@/lib/domain/outcomes/cohort-grid'
import { deriveAssessments, deriveResponderCourse, findOwnParameter } from './responder-course'

const RULE = makeRule('LESS30', { condition: atLeast(30, 'percent') })
/** Planned for months 1 and 3, of 365.2425 / 12 days. */
const [M1, M3] = [30.436875, 91.310625]
/** The values of M1 were taken on day 29, those of M3 on day 90. */
const DAY_ZERO = day('2024-02-01')

function protocolOf(months = [0, 1, 3]) {
  const plain = makeProtocol()
  const visits = plain.visits.map((visit, index) => ({
    ...visit,
    target: { value: months[index] ?? 0, unit: 'months' as const },
  }))
  return { ...plain, visits }
}

function gridOf(
  row: readonly (number | null)[],
  more: readonly CohortScore[] = [],
  member: Partial<CohortParticipant> = {},
  protocol = protocolOf(),
): ParameterGrid {
  const data = makeCohort([row], () => member)
  const [grid] = prepare({ ...data, scores: [...data.scores, ...more] }, { protocol }).grids
  if (!grid) throw new Error('no grid')
  return grid
}

function courseOf(grid: ParameterGrid, strategy: EventStrategy = 'treatmentPolicy', rule = RULE) {
  const course = deriveAssessments(grid, 0, DAY_ZERO, strategy)
  return { ...deriveResponderCourse(rule, grid, 0, course, strategy), ...course.notUsed }
}

const unscheduled = (number: number, value: number, date: string | null) =>
  makeScore(1, `UNS-${number}`, value, { date: date === null ? null : day(date) })

describe('course of response of one participant', () => {
  it('responds first at an unscheduled visit and for good from the first of two that hold', () => {
    const grid = gridOf([8, 7, 4], [unscheduled(1, 5, '2024-02-11'), unscheduled(2, 3, '2024-08-01')])
    expect(courseOf(grid)).toMatchObject({ firstResponse: 10, sustainedResponse: M3, lastAssessment: 182 })
  })

  it('is sustained by two assessments at least, and not past one that fails', () => {
    expect(courseOf(gridOf([8, null, 2]))).toMatchObject({ firstResponse: M3, sustainedResponse: null })
    expect(courseOf(gridOf([8, 2, 8]))).toMatchObject({ firstResponse: M1, sustainedResponse: null })
    expect(courseOf(gridOf([8, 2, 2]))).toMatchObject({ firstResponse: M1, sustainedResponse: M1 })
  })

  it('stands at the planned time of a visit whenever it was held, and whether its date is known or not', () => {
    const late = [makeScore(1, 'M1', 5, { date: day('2024-03-20') }), makeScore(1, 'M3', 4)]
    const found = courseOf(gridOf([8], late))
    expect(found).toMatchObject({ firstResponse: M1, sustainedResponse: M1, lastAssessment: M3 })
  })

  it('counts what it cannot use: values not dated, or of a visit not planned, after day zero', () => {
    const early = makeScore(1, 'M1', 1, { date: DAY_ZERO })
    const found = courseOf(gridOf([8, null, 7], [early, unscheduled(1, 1, '2024-02-01')]))
    expect(found).toMatchObject({ firstResponse: null, lastAssessment: M3, notAfterDayZero: 2 })
    expect(courseOf(gridOf([8, 1, 7], [], {}, protocolOf([0, 0, 3])))).toMatchObject({
      ...{ firstResponse: null, lastAssessment: M3, notAfterDayZero: 1 },
    })
  })

  it('ends by the strategy for intercurrent events', () => {
    const doses = ['2024-02-01', '2024-03-15'].map(date => ({ treatment: 'DOSE', date: day(date) }))
    const row = [8, 7, 2]
    const more = [unscheduled(1, 2, '2024-06-01')]
    const at = (strategy: EventStrategy) => courseOf(gridOf(row, more, { doses }), strategy)
    expect(at('treatmentPolicy')).toMatchObject({
      firstResponse: M3,
      sustainedResponse: M3,
      lastAssessment: 121,
    })
    expect(at('composite')).toMatchObject({
      firstResponse: null,
      sustainedResponse: null,
      lastAssessment: 121,
    })
  })

  it('has no response after a rescue where the rule asks for no intervention', () => {
    const rescues = [{ kind: 'surgery' as const, day: day('2024-03-10'), isEstimated: false }]
    const grid = gridOf([8, 7, 2], [], { rescues })
    expect(courseOf(grid)).toMatchObject({ firstResponse: M3 })
    expect(courseOf(grid, 'treatmentPolicy', { ...RULE, noIntervention: true }).firstResponse).toBeNull()
  })

  it('is of rules that ask for one parameter at whatever visit', () => {
    expect(findOwnParameter({ all: [atLeast(20, 'percent'), atLeast(2, 'points')] })).toBe(PAIN.code)
    expect(findOwnParameter({ any: [atLeast(20, 'percent'), atLeast(20, 'percent', 'ODI')] })).toBeNull()
    expect(findOwnParameter({ ...atLeast(20, 'percent'), visits: ['M12'] })).toBeNull()
  })
})
