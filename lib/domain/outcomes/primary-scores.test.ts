import { describe, expect, it } from 'vitest'
import { makeCohort, makeScore, visitOf } from '@/lib/domain/outcomes/__fixtures__/cohort'
import { summarise } from '@/lib/domain/outcomes/__fixtures__/summarise'
import type { CohortScore } from '@/lib/domain/outcomes/cohort-data'
import { derivePrimaryScores } from '@/lib/domain/outcomes/primary-scores'

const values = (rows: readonly CohortScore[]) => derivePrimaryScores(rows).map(row => row.value)
const m1 = (scores: readonly CohortScore[]) => visitOf(summarise({ ...makeCohort([[]]), scores }), 'M1')

describe('repeated scores', () => {
  it('prefers the scores without location, where places are scored at as many visits', () => {
    const rows = [makeScore(1, 'BL', 3, { location: 'L4/5' }), makeScore(1, 'BL', 2)]
    expect(values(rows)).toEqual([2])
    expect(values(rows.toReversed())).toEqual([2])
  })

  it('compares one place with itself', () => {
    const visit = m1([
      makeScore(1, 'BL', 5, { location: 'L5/S1' }),
      makeScore(1, 'BL', 8, { location: 'L4/5' }),
      makeScore(1, 'M1', 4, { location: 'L5/S1' }),
    ])
    expect(visit.change).toMatchObject({ n: 1, mean: -1 })
  })

  it('takes the first repeat that has a value', () => {
    const repeats = [
      makeScore(1, 'M1', 9, { repeat: 3 }),
      makeScore(1, 'M1', 4, { repeat: 2 }),
      makeScore(1, 'M1', null, { repeat: 1, missingReason: 'notDone' }),
    ]
    expect(m1(repeats)).toMatchObject({ n: 1, mean: 4, missing: {} })
    expect(m1(repeats.slice(2)).missing).toEqual({ notDone: 1 })
  })
})
