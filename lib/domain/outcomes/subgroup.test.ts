import { describe, expect, it } from 'vitest'
import {
  day,
  makeCohort,
  makeProtocol,
  makeScore,
  PAIN,
  report,
  visitOf,
} from '@/lib/domain/outcomes/__fixtures__/cohort'
import { prepare } from '@/lib/domain/outcomes/__fixtures__/prepare'
import { summarise } from '@/lib/domain/outcomes/__fixtures__/summarise'
import { DEFAULT_ANALYSIS_VIEW } from '@/lib/domain/outcomes/analysis-view'
import type { CohortParticipant } from '@/lib/domain/outcomes/cohort-data'
import { checkSubgroupFactor } from '@/lib/domain/outcomes/subgroup-factors'

const PEOPLE: readonly Partial<CohortParticipant>[] = [
  { site: 'MEL', sex: 'female', ageAtConsent: 39, diagnosis: 'Disc  herniation' },
  { site: 'MEL', sex: 'male', ageAtConsent: 40, diagnosis: 'disc herniation ' },
  { site: 'SYD', sex: 'female', ageAtConsent: 59, diagnosis: null },
  { site: '', sex: null, ageAtConsent: 60, diagnosis: 'Annular tear' },
  { site: 'SYD', sex: 'notStated', ageAtConsent: null, diagnosis: ' ' },
]
const grade = { ...PAIN, code: 'PFIRRMANN', max: 5, kind: 'ordered', zeroMeansNone: false } as const
const PFIRRMANN = {
  ...grade,
  levels: ['I', 'II', 'III', 'IV', 'V'].map((label, index) => ({ value: index + 1, label })),
}
const parameters = [report(PAIN), report(PFIRRMANN, ['BL', 'M3'])]
const pain = makeCohort(
  PEOPLE.map(() => [6, 3, 2]),
  index => PEOPLE[index] ?? {},
)
const image = (participant: number, value: number, location: string, date: string, visit = 'BL') =>
  makeScore(participant, visit, value, { parameter: 'PFIRRMANN', location, date: day(date) })
const data = {
  ...pain,
  scores: [
    ...pain.scores,
    image(1, 3, 'L4/5', '2024-01-10'),
    image(1, 5, 'L5/S1', '2024-01-10'),
    image(2, 3, 'L4/5', '2024-01-10'),
    image(2, 4, 'L4/5', '2024-05-01', 'M3'),
    image(3, 4, 'L4/5', '2024-02-20'),
  ],
}
const cohort = prepare(data, { parameters })
const levelsOf = (factor: string) =>
  cohort.subgroups.find(each => each.factor === factor)?.levels.map(({ level, n }) => [level, n])
const subjectsOf = (factor: string, level: string) =>
  prepare(data, {
    parameters,
    view: { ...DEFAULT_ANALYSIS_VIEW, subgroup: { factor, level } },
  }).set.members.map(({ subject }) => subject)

describe('subgroups formed at or before baseline', () => {
  it('count every level of the whole set, not known among them, bands at their edges', () => {
    expect(levelsOf('sex')).toEqual([
      ['female', 2],
      ['male', 1],
      ['notStated', 1],
      ['notKnown', 1],
    ])
    expect(levelsOf('ageBand')).toEqual([
      ['under40', 1],
      ['40to59', 2],
      ['60over', 1],
      ['notKnown', 1],
    ])
    expect(levelsOf('site')).toEqual([
      ['MEL', 2],
      ['SYD', 2],
      ['otherSites', 1],
    ])
  })

  it('take one diagnosis for one, whatever its case and spacing', () => {
    expect(levelsOf('diagnosis')).toEqual([
      ['annular tear', 1],
      ['disc herniation', 2],
      ['notKnown', 2],
    ])
  })

  it('grade by the highest level on the image before treatment, never by a later one', () => {
    expect(cohort.subgroups.find(({ factor }) => factor === 'grade')?.levels).toEqual([
      { level: '3', label: 'III', n: 1 },
      { level: '5', label: 'V', n: 1 },
      { level: 'notKnown', label: 'Not known', n: 3 },
    ])
    expect(subjectsOf('grade', '5')).toEqual(['MEL-001'])
  })

  it('narrow every number to their members and say how many are left out', () => {
    expect(subjectsOf('sex', 'notKnown')).toEqual(['MEL-004'])
    const view = { ...DEFAULT_ANALYSIS_VIEW, subgroup: { factor: 'sex', level: 'female' } }
    const summary = summarise(data, { parameters, view })
    expect(visitOf(summary, 'M3')).toMatchObject({ expected: 2, n: 2 })
    expect(summary.view.subgroup).toEqual({
      factor: 'sex',
      level: 'female',
      factorLabel: 'Sex',
      levelLabel: 'Female',
    })
    expect(summary.view.leftOut.bySubgroup).toBe(3)
    expect(cohort.notInSubgroup).toBe(0)
  })

  it('add up to the whole set by every factor', () => {
    for (const { levels } of cohort.subgroups)
      expect(levels.reduce((sum, { n }) => sum + n, 0)).toBe(cohort.set.members.length)
  })

  it('are never formed by what is known only after baseline', () => {
    expect(checkSubgroupFactor('secondDose')).toBe('formedAfterBaseline')
    expect(checkSubgroupFactor('responder')).toBe('formedAfterBaseline')
    expect(checkSubgroupFactor('hairColour')).toBe('unknown')
    const view = { ...DEFAULT_ANALYSIS_VIEW, subgroup: { factor: 'secondDose', level: 'yes' } }
    expect(() => prepare(data, { protocol: makeProtocol(), view })).toThrow(RangeError)
  })
})
