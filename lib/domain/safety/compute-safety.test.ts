import { describe, expect, it } from 'vitest'
import { expectClose } from '@/lib/domain/statistics/__fixtures__/expect-close'
import { CUT, compute, day, event, nine, person } from './__fixtures__/safety-cohort'
import { computeSafety } from './compute-safety'

describe('no event among nine treated', () => {
  const [arm] = compute(nine, {}).arms

  it('has the exact upper bound of the clinical reference, 33.6 %', () => {
    const serious = arm?.classes.find(one => one.class === 'serious')
    expect([serious?.participants, serious?.n]).toEqual([0, 9])
    expect(serious?.clopperPearson?.map(end => (100 * end).toFixed(1))).toEqual(['0.0', '33.6'])
  })

  it('has nine participant-years of 365 days, and the exact upper bound of a Poisson rate', () => {
    expectClose(arm?.exposure.participantYears ?? null, (9 * 365) / 365.25)
    const any = arm?.classes[0]
    expect(any?.eventsPerParticipantYear).toBe(0)
    // R: poisson.test(0, 9 * 365 / 365.25)$conf.int[2]
    expectClose(any?.poisson?.[1] ?? null, 3.6888794541139363 / ((9 * 365) / 365.25))
  })
})

describe('events are counted by participant and by event', () => {
  const summary = compute(nine, {
    events: [
      event(1, { grade: 1 }),
      event(1, { grade: 3, term: ' pain  flare', relationToProduct: 'possible' }),
      event(2, { grade: 2, relationToProcedure: 'definite' }),
      event(2, {
        grade: null,
        term: 'Fever',
        category: 'fever',
        relationToProcedure: null,
        relationToProduct: null,
      }),
      event(3, {
        grade: 4,
        term: 'Cellulitis',
        category: 'infection',
        isSerious: true,
        criteria: ['hospitalisation'],
      }),
    ],
  })
  const [arm] = summary.arms
  const counts = (name: string) => {
    const found = arm?.classes.find(one => one.class === name)
    return [found?.participants, found?.events]
  }

  it('in every class', () => {
    expect(counts('any')).toEqual([3, 5])
    expect(counts('related')).toEqual([2, 2])
    expect(counts('grade3OrMore')).toEqual([2, 2])
    expect(counts('serious')).toEqual([1, 1])
    expect(counts('seriousRelated')).toEqual([0, 0])
    expect(counts('fatal')).toEqual([0, 0])
  })

  it('by term, whatever its case and blanks, the worst grade of each participant once', () => {
    expect(summary.categories.map(({ label }) => label)).toEqual(['Pain flare', 'Fever', 'Infection'])
    const [pain] = summary.categories[0]?.terms ?? []
    expect(pain?.term).toBe('Pain flare')
    expect(pain?.arms[0]).toMatchObject({
      arm: 'ONE',
      participants: 2,
      events: 3,
      grades: [
        { grade: 1, participants: 0, events: 1 },
        { grade: 2, participants: 1, events: 1 },
        { grade: 3, participants: 1, events: 1 },
      ],
      related: {
        participants: 2,
        events: 2,
        grades: [
          { grade: 2, participants: 1, events: 1 },
          { grade: 3, participants: 1, events: 1 },
        ],
      },
      eventsNotJudged: 0,
    })
    const fever = summary.categories.find(({ category }) => category === 'fever')?.terms[0]
    expect(fever?.arms[0]).toMatchObject({
      grades: [{ grade: null, participants: 1, events: 1 }],
      eventsNotJudged: 1,
    })
  })

  it('by relation, each participant once at the closest', () => {
    const to = arm?.relations.filter(one => one.to === 'procedure') ?? []
    const told = to.map(({ relation, participants, events }) => [relation, participants, events])
    expect(told).toEqual([
      ['definite', 1, 1],
      ['probable', 0, 0],
      ['possible', 0, 0],
      ['unlikely', 0, 0],
      ['unrelated', 2, 3],
      [null, 0, 1],
    ])
  })

  it('and the serious are listed with criteria and days, where participants may be named', () => {
    expect(summary.serious).toEqual([
      {
        subject: 'MEL-003',
        arm: 'ONE',
        term: 'Cellulitis',
        category: 'infection',
        grade: 4,
        criteria: ['hospitalisation'],
        relationToProcedure: 'unrelated',
        relationToProduct: 'unrelated',
        isTreatmentEmergent: 'yes',
        isOnsetEstimated: false,
        isOngoing: false,
        outcome: 'recovered',
        daysSinceLastDose: 10,
        daysSinceFirstProcedure: 10,
      },
    ])
    expect(compute(nine, { events: [event(3)] }, { namesParticipants: false })).not.toHaveProperty('serious')
  })
})

describe('who is not in the safety set', () => {
  it('is counted apart: not treated, and treated outside the analysis set', () => {
    const members = [person(1), person(2, { doses: [] })]
    const summary = compute(members, {
      doses: [{ participant: 9, date: day('2025-02-01') }],
      events: [event(1), event(2), event(2, { isSerious: true }), event(9)],
    })
    expect(summary.arms[0]?.inSet).toBe(1)
    expect(summary.outside).toEqual([
      { why: 'notTreated', participants: 1, events: 2, seriousEvents: 1 },
      { why: 'notInSet', participants: 1, events: 1, seriousEvents: 0 },
    ])
  })

  it('is nobody where the protocol has no treatments: all count from day zero', () => {
    const members = [person(1, { doses: [] })]
    const summary = computeSafety(
      {
        set: { name: 'enrolled', members },
        arms: [{ code: 'ONE', label: 'Only arm', members: [0] }],
        namesParticipants: true,
        armsMasked: false,
      },
      { treatments: [] },
      { events: [event(1), event(1, { onset: '2024-12-31' })], harvests: [], doses: [], lastVisits: [] },
      CUT,
    )
    expect(summary.set).toBe('enrolled')
    expect(summary.arms[0]?.classes[0]?.events).toBe(1)
    expect(summary.arms[0]?.notEmergent.events).toBe(1)
  })
})
