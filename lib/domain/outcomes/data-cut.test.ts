import { describe, expect, it } from 'vitest'
import {
  day,
  makeCohort,
  makeParticipant,
  makeProtocol,
  makeScheduled,
  makeScore,
  visitOf,
} from '@/lib/domain/outcomes/__fixtures__/cohort'
import { summarise } from '@/lib/domain/outcomes/__fixtures__/summarise'
import { applyDataCut } from '@/lib/domain/outcomes/data-cut'
import type { DepartureKind } from '@/lib/domain/protocol/follow-up'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { PartialDate } from '@/lib/domain/shared/partial-date'

const CUT = day('2024-06-30')
const dated = (date: string | null) => makeScore(1, 'M1', 3, { date: date === null ? null : day(date) })
const cutOne = (
  changes: Parameters<typeof makeParticipant>[1],
  dayZero: 'enrolment' | 'randomisation' | 'firstTreatment',
) =>
  applyDataCut(
    { participants: [makeParticipant(1, changes)], schedule: [], scores: [], missedVisits: [] },
    CUT,
    dayZero,
  ).participants[0]

describe('applyDataCut', () => {
  it('keeps what is dated up to and on the cut, and what has no date', () => {
    const scores = [dated('2024-06-29'), dated('2024-06-30'), dated('2024-07-01'), dated(null)]
    const cut = applyDataCut({ participants: [], schedule: [], scores, missedVisits: [] }, CUT, 'enrolment')
    expect(cut.scores.map(score => score.date)).toEqual(['2024-06-29', '2024-06-30', null])
  })

  it('drops doses after the cut and shows a later end of follow-up as still to come', () => {
    const doses = ['2024-06-30', '2024-07-01'].map(date => ({ treatment: 'DOSE', date: day(date) }))
    const cut = cutOne(
      { doses, followUpEnd: { date: day('2024-07-01'), reason: 'withdrawn' } },
      'firstTreatment',
    )
    expect(cut?.doses).toHaveLength(1)
    expect(cut?.followUpEnd).toBeNull()
    expect(cutOne({ followUpEnd: { date: null, reason: 'died' } }, 'enrolment')?.followUpEnd).not.toBeNull()
  })

  it('tells follow-up as it stood: a return after the cut is still to come, an end in a month partly known is capped', () => {
    const left = (...entries: [DepartureKind, string][]) => ({
      departures: entries.map(([kind, date]) => ({ kind, date: date as PartialDate })),
      consentDates: [],
    })
    const cut = (
      leaving: ReturnType<typeof left>,
      followUpEnd: { date: CalendarDate; reason: string } | null,
    ) => cutOne({ leaving, followUpEnd }, 'enrolment')?.followUpEnd
    expect(cut(left(['lost', '2024-03-10'], ['return', '2024-08-01']), null)).toEqual({
      date: '2024-03-10',
      reason: 'lost',
    })
    expect(cut(left(['lost', '2024-03-10'], ['return', '2024-06-30']), null)).toBeNull()
    const died = { date: day('2024-03-31'), reason: 'died' }
    expect(cut(left(['lost', '2024-03'], ['death', '2024-08-01']), died)).toEqual({
      date: '2024-03-31',
      reason: 'lost',
    })
    expect(cut(left(['lost', '2024']), { date: day('2024-12-31'), reason: 'lost' })).toEqual({
      date: '2024-06-30',
      reason: 'lost',
    })
  })

  it('takes back an enrolment or allocation after the cut', () => {
    expect(cutOne({ enrolledOn: day('2024-07-01') }, 'firstTreatment')).toMatchObject({
      enrolled: false,
      allocated: false,
      arm: null,
    })
    expect(cutOne({ allocatedOn: day('2024-07-01') }, 'firstTreatment')).toMatchObject({
      enrolled: true,
      allocated: false,
      arm: null,
    })
    expect(cutOne({ allocatedOn: null, dayZero: day('2024-07-01') }, 'randomisation')?.allocated).toBe(false)
    expect(cutOne({ enrolledOn: null, dayZero: day('2024-07-01') }, 'enrolment')?.enrolled).toBe(false)
  })

  it('leaves who is first treated after the cut out of the treated', () => {
    const data = makeCohort([[6], [7]], index => ({
      doses: [{ treatment: 'DOSE', date: day(index === 0 ? '2024-06-30' : '2024-07-01') }],
      dayZero: day(index === 0 ? '2024-06-30' : '2024-07-01'),
    }))
    const protocol = makeProtocol({ treatments: [{ code: 'DOSE', name: 'Dose' }] })
    const summary = summarise(data, { protocol, dataCut: CUT })
    expect(summary.analysisSet).toBe('treated')
    expect(visitOf(summary, 'BL').n).toBe(1)
  })

  it('expects a visit from the day after its window closed', () => {
    const data = { ...makeCohort([[6]]), schedule: [makeScheduled(1, 'M1', '2024-05-01', '2024-06-30')] }
    expect(visitOf(summarise(data, { dataCut: CUT }), 'M1')).toMatchObject({ expected: 0, missing: {} })
    expect(visitOf(summarise(data, { dataCut: day('2024-07-01') }), 'M1')).toMatchObject({
      expected: 1,
      missing: { overdue: 1 },
    })
  })
})
