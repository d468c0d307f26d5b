import { describe, expect, it } from 'vitest'
import { day, makeCohort, makeScheduled, makeScore, visitOf } from '@/lib/domain/outcomes/__fixtures__/cohort'
import { summarise } from '@/lib/domain/outcomes/__fixtures__/summarise'
import type { CohortData } from '@/lib/domain/outcomes/cohort-data'

const CUT = day('2024-07-01')
/** M3 of `count` participants, window 1 April to 15 June 2024 unless given. */
function atM3(
  count: number,
  changes: Partial<CohortData> & { participant?: (index: number) => object } = {},
) {
  const { participant, ...more } = changes
  const base = makeCohort(
    Array.from({ length: count }, () => []),
    participant,
  )
  const schedule = base.participants.map(each =>
    makeScheduled(each.participant, 'M3', '2024-04-01', '2024-06-15'),
  )
  return visitOf(summarise({ ...base, schedule, ...more }, { dataCut: CUT }), 'M3')
}
const at = (participant: number, value: number | null, date: string | null, more = {}) =>
  makeScore(participant, 'M3', value, { date: date === null ? null : day(date), ...more })

describe('completeness', () => {
  it('gives every absent value its reason, and expected = (n − nEarly) + Σ missing', () => {
    const visit = atM3(6, {
      participant: index => ({ imported: index === 4 }),
      scores: [
        at(1, 3, '2024-05-01'),
        at(2, null, '2024-05-01', { missingReason: 'declined' }),
        at(6, null, '2024-05-01', { missingReason: 'tooFewItems' }),
      ],
      missedVisits: [{ participant: 3, visit: 'M3', reason: 'notDone' }],
    })
    expect(visit).toMatchObject({ expected: 6, received: 1, n: 1, nEarly: 0, inWindow: 1 })
    expect(visit.missing).toEqual({ declined: 1, notDone: 1, notInSource: 1, overdue: 1, tooFewItems: 1 })
  })

  it('expects the withdrawn and the dead as everybody else', () => {
    const visit = atM3(2, {
      participant: index => ({
        followUpEnd:
          index === 0 ? { date: day('2024-02-01'), reason: 'withdrawn' } : { date: null, reason: 'died' },
      }),
    })
    expect(visit).toMatchObject({ expected: 2, received: 0, expectedInFollowUp: 0 })
  })

  it('counts as in follow-up who had a value, or left only after the window', () => {
    const ends = ['2024-05-10', '2024-05-10', '2024-06-14', '2024-06-15']
    const visit = atM3(5, {
      participant: index => {
        const date = ends[index]
        return { followUpEnd: date === undefined ? null : { date: day(date), reason: 'withdrawn' } }
      },
      scores: [at(1, 3, '2024-05-09')],
    })
    expect(visit).toMatchObject({ expected: 5, received: 1, expectedInFollowUp: 3 })
  })

  it('counts values from open windows in n and the mean only', () => {
    const visit = atM3(2, {
      schedule: [
        makeScheduled(1, 'M3', '2024-04-01', '2024-06-15'),
        makeScheduled(2, 'M3', '2024-06-01', '2024-07-31'),
      ],
      scores: [at(1, 2, '2024-05-01'), at(2, 6, '2024-06-20')],
    })
    expect(visit).toMatchObject({ expected: 1, received: 1, n: 2, nEarly: 1, mean: 4, missing: {} })
  })

  it('counts an undated value, and a visit whose window is not known, as due', () => {
    const visit = atM3(2, {
      schedule: [makeScheduled(1, 'M3', '2024-06-01', '2024-12-31'), makeScheduled(2, 'M3', null, null)],
      scores: [at(1, 2, null)],
    })
    expect(visit).toMatchObject({ expected: 2, received: 1, nEarly: 0, missing: { overdue: 1 } })
  })

  it('does not expect a visit that was never scheduled for the participant', () => {
    expect(atM3(2, { schedule: [makeScheduled(1, 'M3')] }).expected).toBe(0)
    expect(atM3(2, { schedule: [makeScheduled(1, 'M3', '2024-04-01', '2024-06-15')] }).expected).toBe(1)
  })

  it('marks values outside their window and counts them all the same', () => {
    const dates = ['2024-03-31', '2024-04-01', '2024-06-15', '2024-06-16']
    const visit = atM3(4, { scores: dates.map((date, index) => at(index + 1, 5, date)) })
    expect(visit).toMatchObject({ expected: 4, received: 4, inWindow: 2, windowUnknown: 0 })
  })

  it('says that nothing is known of windows where no value is dated', () => {
    const visit = atM3(2, { scores: [at(1, 5, null), at(2, 5, null)] })
    expect(visit).toMatchObject({ received: 2, inWindow: null, inWindowReason: 'undated', windowUnknown: 2 })
  })
})
