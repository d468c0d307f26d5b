import { describe, expect, it } from 'vitest'
import type { CohortParticipant } from '@/lib/domain/outcomes/cohort-data'
import { computeSafety } from '@/lib/domain/safety/compute-safety'
import type { SafetyData } from '@/lib/domain/safety/safety-data'
import type { SafetyEvent } from '@/lib/domain/safety/safety-event'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import { expectClose } from '@/lib/domain/statistics/__fixtures__/expect-close'

const day = (text: string) => text as CalendarDate
const TREATED = { treatments: [{ code: 'DOSE1', name: 'Dose' }] }
const CUT = day('2025-12-31')

function person(participant: number, changes: Partial<CohortParticipant> = {}): CohortParticipant {
  return {
    participant,
    subject: `MEL-00${participant}`,
    site: 'MEL',
    arm: 'A',
    enrolled: true,
    enrolledOn: day('2025-01-01'),
    allocated: true,
    allocatedOn: null,
    dayZero: day('2025-01-01'),
    doses: [{ treatment: 'DOSE1', date: day('2025-01-01') }],
    rescues: [],
    followUpEnd: null,
    imported: false,
    ...changes,
  }
}

function event(participant: number, changes: Partial<SafetyEvent> = {}): SafetyEvent {
  return {
    participant,
    term: 'Pain flare',
    category: 'painFlare',
    onset: '2025-01-11',
    end: '2025-01-20',
    isOngoing: false,
    grade: 1,
    isSerious: false,
    isFatal: false,
    criteria: [],
    relationToProcedure: 'unrelated',
    relationToProduct: 'unrelated',
    outcome: 'recovered',
    ...changes,
  }
}

function compute(
  members: readonly CohortParticipant[],
  data: Partial<SafetyData>,
  changes: Partial<Parameters<typeof computeSafety>[0]> = {},
  dataCut = CUT,
) {
  const all = members.map((_, position) => position)
  const cohort = {
    set: { name: 'treated' as const, members },
    arms: [{ code: 'ONE', label: 'Only arm', members: all }],
    namesParticipants: true,
    armsMasked: false,
    ...changes,
  }
  const doses = members.flatMap(({ participant, doses: given }) =>
    given.flatMap(({ date }) => (date === null ? [] : [{ participant, date }])),
  )
  return computeSafety(
    cohort,
    TREATED,
    { events: [], harvests: [], lastVisits: [], ...data, doses: [...doses, ...(data.doses ?? [])] },
    dataCut,
  )
}

const nine = Array.from({ length: 9 }, (_, index) => person(index + 1))

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

describe('where arms are letters', () => {
  it('neither terms nor a harvest are told, since either may tell the product', () => {
    const summary = compute(
      nine,
      { events: [event(1, { term: 'Liposuction bruise' })] },
      { armsMasked: true },
    )
    expect(JSON.stringify(summary.categories)).not.toContain('Liposuction')
    expect(summary.categories[0]?.arms[0]?.participants).toBe(1)
  })

  it('no time since a dose is told, since participant-years would give the number of doses', () => {
    // Two doses give 8 days each within a week of one, one dose gives 8: 16 or 8 of 365.25 days.
    const twice = person(1, {
      doses: [
        { treatment: 'DOSE1', date: day('2025-01-01') },
        { treatment: 'DOSE2', date: day('2025-07-01') },
      ],
    })
    const arms = ['A', 'B'].map((code, index) => ({ code, label: code, members: [index] }))
    const members = [twice, person(2)]
    const told = compute(members, {}, { arms, armsMasked: true, namesParticipants: false })
    expect(told.arms).toMatchObject([
      { sinceLastDose: null, sinceLastDoseReason: 'masked' },
      { sinceLastDose: null, sinceLastDoseReason: 'masked' },
    ])
    const open = compute(members, {}, { arms }).arms.map(arm => arm.sinceLastDose?.[1]?.participantYears)
    expect(open.map(years => Math.round((years ?? 0) * 365.25))).toEqual([16, 8])
    expect(compute(members, {}, { arms }).arms[0]).not.toHaveProperty('sinceLastDoseReason')
  })
})

describe('where the arm of a participant is masked and results stand by arm', () => {
  const arms = ['A', 'B'].map((code, index) => ({ code, label: code, members: [index] }))
  const events = [event(1, { onset: '2025-02-10' }), event(2, { onset: '2025-01-01' })]
  const coursesOf = (changes: Partial<Parameters<typeof computeSafety>[0]>) =>
    compute(nine.slice(0, 2), { events }, { arms, ...changes }).arms.map(({ firstEvent }) => firstEvent)

  it('terms of fewer than five participants stand together, each participant once', () => {
    // Pain flare: participants 1–5. Rarer: ‘Gluteal bruise’ of 6, ‘Itch’ of 6 and 7 – two participants, three events.
    const told = [
      ...[1, 2, 3, 4, 5].map(participant => event(participant)),
      event(6, { term: 'Gluteal bruise' }),
      event(6, { term: 'Itch' }),
      event(7, { term: 'Itch' }),
    ]
    const halves = [
      { code: 'A', label: 'A', members: [0, 1, 2, 5] },
      { code: 'B', label: 'B', members: [3, 4, 6, 7, 8] },
    ]
    const termsOf = (namesParticipants: boolean) =>
      compute(nine, { events: told }, { arms: halves, namesParticipants }).categories[0]?.terms.map(
        ({ term, arms: counts }) => [
          term,
          ...counts.map(({ participants, events }) => [participants, events]),
        ],
      )
    expect(termsOf(false)).toEqual([
      ['Pain flare', [3, 3], [2, 2]],
      ['Terms seen in fewer than 5 participants', [1, 2], [1, 1]],
    ])
    expect(termsOf(true)).toEqual([
      ['Pain flare', [3, 3], [2, 2]],
      ['Itch', [1, 1], [1, 1]],
      ['Gluteal bruise', [1, 1], [0, 0]],
    ])
  })

  it('no step is the day of one participant’s own event', () => {
    const exact = coursesOf({})
    expect(exact.map(({ resolution, steps }) => [resolution, steps[0]?.day])).toEqual([
      ['exact', 40],
      ['exact', 0],
    ])
    const coarse = coursesOf({ namesParticipants: false })
    expect(coarse.map(({ resolution, steps }) => [resolution, steps])).toEqual([
      ['coarse', [{ day: 90, participants: 1 }]],
      ['coarse', [{ day: 30, participants: 1 }]],
    ])
  })
})
