import { describe, expect, it } from 'vitest'
import { makeCohort, makeParticipant, makeScore, visitOf } from '@/lib/domain/outcomes/__fixtures__/cohort'
import { summarise } from '@/lib/domain/outcomes/__fixtures__/summarise'
import { deriveCourse } from '@/lib/domain/outcomes/course'

const PLAN = { visits: ['BL'], rule: 'single' } as const
const course = (rows: Parameters<typeof deriveCourse>[0]) => deriveCourse(rows, makeParticipant(1), PLAN)

describe('the course on a page', () => {
  const located = [
    makeScore(1, 'BL', 9, { location: 'L5/S1' }),
    makeScore(1, 'BL', 8, { location: 'L4/5' }),
    makeScore(1, 'M1', 4, { location: 'L4/5' }),
  ]
  const repeated = [
    makeScore(1, 'BL', 8),
    makeScore(1, 'M1', null, { missingReason: 'notDone' }),
    makeScore(1, 'M1', 5, { repeat: 2 }),
    makeScore(1, 'M1', 1, { repeat: 3 }),
  ]

  it('keeps to the place that is scored at most visits', () => {
    const { baseline, scores } = course(located)
    expect([baseline, scores.get('M1')?.value]).toEqual([8, 4])
  })

  it('takes the first repeat that has a value', () => {
    const { baseline, scores } = course(repeated)
    expect([baseline, scores.get('M1')?.value]).toEqual([8, 5])
  })

  it.each([
    ['located', located],
    ['repeated', repeated],
  ])('gives the change that the cohort computes from %s scores', (_name, rows) => {
    const { baseline, scores } = course(rows)
    const change = (scores.get('M1')?.value ?? Number.NaN) - (baseline ?? Number.NaN)
    const atMonth = visitOf(summarise({ ...makeCohort([[]]), scores: rows }), 'M1')
    expect(atMonth.change).toMatchObject({ n: 1, mean: change })
  })
})
