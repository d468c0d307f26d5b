import { describe, expect, it } from 'vitest'
import { expectClose } from '@/lib/domain/statistics/__fixtures__/expect-close'
import { compute, day, event, nine, person } from './__fixtures__/safety-cohort'

describe('time', () => {
  it('counts as treatment-emergent from the harvest on, and an onset nobody knows', () => {
    const { arms } = compute([person(1)], {
      harvests: [{ participant: 1, date: day('2024-12-01') }],
      events: [
        event(1, { onset: '2024-11-30' }),
        event(1, { onset: '2024-12-01' }),
        event(1, { onset: '2024-12' }),
        event(1, { onset: null }),
      ],
    })
    expect(arms[0]?.classes[0]?.events).toBe(3)
    expect(arms[0]?.notEmergent).toEqual({ participants: 1, events: 1 })
    expect(arms[0]?.eventsOfUnknownOnset).toBe(1)
    expect(arms[0]?.eventsOfPartialOnset).toBe(1)
    // 31 days of December and 365 of 2025
    expectClose(arms[0]?.exposure.participantYears ?? null, 396 / 365.25)
  })

  it('of exposure ends with follow-up, the last visit or the data cut, whichever is first', () => {
    const { arms } = compute(
      [
        person(1, { followUpEnd: { date: day('2025-01-10'), reason: 'lost' } }),
        person(2),
        person(3),
        person(4),
        person(5, { doses: [{ treatment: 'DOSE1', date: null }] }),
      ],
      {
        lastVisits: [
          { participant: 2, heldOn: day('2025-01-20'), windowEnd: day('2025-02-20') },
          { participant: 3, heldOn: null, windowEnd: day('2025-01-30') },
        ],
        events: [event(2, { onset: '2025-01-21' }), event(5)],
      },
    )
    expectClose(arms[0]?.exposure.participantYears ?? null, (10 + 20 + 30 + 365) / 365.25)
    expect(arms[0]?.exposure).toMatchObject({ unknown: 1, eventsAfter: 1 })
    expect(arms[0]?.classes[0]).toMatchObject({ participants: 2, n: 5, events: 2, eventsInRate: 1 })
  })

  it('stops at the data cut: later events are out, and an end after it is ongoing without an outcome', () => {
    const cut = day('2025-01-15')
    const summary = compute(
      [person(1)],
      {
        events: [
          event(1, { isSerious: true, end: '2025-01-16' }),
          event(1, { onset: '2025-01-16' }),
          event(1, { onset: '2025-02' }),
        ],
      },
      {},
      cut,
    )
    expect(summary.arms[0]?.classes[0]?.events).toBe(1)
    expect(summary.serious).toMatchObject([{ isOngoing: true, outcome: null }])
  })

  it('since a dose begins anew with the next one, and on its day is 0', () => {
    const twice = person(1, {
      doses: [
        { treatment: 'DOSE1', date: day('2025-01-01') },
        { treatment: 'DOSE2', date: day('2025-07-01') },
      ],
    })
    const { arms } = compute([twice], {
      harvests: [{ participant: 1, date: day('2024-12-22') }],
      events: [
        event(1, { onset: '2024-12-25' }),
        event(1, { onset: '2025-01-01', grade: 2 }),
        event(1, { onset: '2025-06-30' }),
        event(1, { onset: '2025-07-08' }),
        event(1, { onset: null }),
      ],
    })
    const told = arms[0]?.sinceLastDose?.map(({ kind, fromDay, events, participantYears }) => [
      kind === 'sinceDose' ? fromDay : kind,
      events,
      participantYears === null ? null : Math.round(participantYears * 365.25),
    ])
    // 181 days lie between the doses, 184 from the second to the end of the year; the last day of each is 180 and 183
    expect(told).toEqual([
      ['beforeDose', 1, 10],
      [0, 2, 16],
      [8, 0, 46],
      [31, 0, 120],
      [91, 1, 180],
      [181, 0, 3],
      [366, 0, 0],
      ['notDated', 1, null],
    ])
  })

  it('of the first event gives a step for each day that adds a participant', () => {
    const { arms } = compute(nine.slice(0, 5), {
      events: [
        event(1, { onset: '2025-01-03' }),
        event(1, { onset: '2025-01-02' }),
        event(2, { onset: '2025-01-02' }),
        event(3, { onset: '2025-01-31' }),
        event(4, { onset: null }),
      ],
      lastVisits: [{ participant: 5, heldOn: day('2025-01-31'), windowEnd: null }],
    })
    expect(arms[0]?.firstEvent).toEqual({
      resolution: 'exact',
      steps: [
        { day: 1, participants: 2 },
        { day: 30, participants: 3 },
      ],
      notDated: 1,
      observed: [
        { day: 0, participants: 5 },
        { day: 30, participants: 5 },
        { day: 90, participants: 4 },
        { day: 180, participants: 4 },
      ],
    })
  })
})
