import { describe, expect, it } from 'vitest'
import {
  atLeast,
  day,
  makeCohort,
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
/** Day zero is 2024-02-01: M1 on day 29, M3 on day 90. */
const DAY_ZERO = day('2024-02-01')

function gridOf(
  row: readonly (number | null)[],
  more: readonly CohortScore[] = [],
  member: Partial<CohortParticipant> = {},
): ParameterGrid {
  const data = makeCohort([row], () => member)
  const [grid] = prepare({ ...data, scores: [...data.scores, ...more] }).grids
  if (!grid) throw new Error('no grid')
  return grid
}

function courseOf(grid: ParameterGrid, strategy: EventStrategy = 'treatmentPolicy', rule = RULE) {
  const course = deriveAssessments(grid, 0, DAY_ZERO, strategy)
  return { ...deriveResponderCourse(rule, grid, 0, course, DAY_ZERO, strategy), ...course.notUsed }
}

const unscheduled = (number: number, value: number, date: string | null) =>
  makeScore(1, `UNS-${number}`, value, { date: date === null ? null : day(date) })

describe('course of response of one participant', () => {
  it('responds first at an unscheduled visit and for good from the first of two that hold', () => {
    const grid = gridOf([8, 7, 4], [unscheduled(1, 5, '2024-02-11'), unscheduled(2, 3, '2024-08-01')])
    expect(courseOf(grid)).toMatchObject({ firstResponse: 10, sustainedResponse: 90, lastAssessment: 182 })
  })

  it('is sustained by two assessments at least, and not past one that fails', () => {
    expect(courseOf(gridOf([8, null, 2]))).toMatchObject({ firstResponse: 90, sustainedResponse: null })
    expect(courseOf(gridOf([8, 2, 8]))).toMatchObject({ firstResponse: 29, sustainedResponse: null })
    expect(courseOf(gridOf([8, 2, 2]))).toMatchObject({ firstResponse: 29, sustainedResponse: 29 })
  })

  it('counts what it cannot use: values without a date or not after day zero', () => {
    const grid = gridOf([8, null, 7], [unscheduled(1, 1, null), unscheduled(2, 1, '2024-02-01')])
    const found = courseOf(grid)
    expect(found).toMatchObject({ firstResponse: null, lastAssessment: 90 })
    expect(found.undated + found.notAfterDayZero).toBeGreaterThan(0)
  })

  it('ends by the strategy for intercurrent events', () => {
    const doses = ['2024-02-01', '2024-03-15'].map(date => ({ treatment: 'DOSE', date: day(date) }))
    const row = [8, 7, 2]
    const more = [unscheduled(1, 2, '2024-06-01')]
    const at = (strategy: EventStrategy) => courseOf(gridOf(row, more, { doses }), strategy)
    expect(at('treatmentPolicy')).toMatchObject({
      firstResponse: 90,
      sustainedResponse: 90,
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
    expect(courseOf(grid)).toMatchObject({ firstResponse: 90 })
    expect(courseOf(grid, 'treatmentPolicy', { ...RULE, noIntervention: true }).firstResponse).toBeNull()
  })

  it('is of rules that ask for one parameter at whatever visit', () => {
    expect(findOwnParameter({ all: [atLeast(20, 'percent'), atLeast(2, 'points')] })).toBe(PAIN.code)
    expect(findOwnParameter({ any: [atLeast(20, 'percent'), atLeast(20, 'percent', 'ODI')] })).toBeNull()
    expect(findOwnParameter({ ...atLeast(20, 'percent'), visits: ['M12'] })).toBeNull()
  })
})
