import { describe, expect, it } from 'vitest'
import { day, makeScheduled, makeScore, POOLED } from '@/lib/domain/outcomes/__fixtures__/cohort'
import type { PartialDate } from '@/lib/domain/shared/partial-date'
import { makeData, makeRecord, prepareFrom, TREATED } from './__fixtures__/population'
import { describeDoses } from './dose-description'
import { deriveSwimmer } from './swimmer'

const TWO_ARMS = { ...TREATED, arms: ['A', 'B'].map(code => ({ code, name: `Arm ${code}`, ratio: 1 })) }
const people = [
  makeRecord(1, { doseDates: [day('2024-05-01'), day('2024-11-01')] }),
  makeRecord(2, {
    doseDates: [day('2024-05-01')],
    departures: [{ kind: 'death', date: '2024-05-31' as PartialDate, cause: null }],
  }),
  makeRecord(3, { doseDates: [day('2024-05-01')] }),
]
const schedule = [1, 2, 3].flatMap(id => [
  makeScheduled(id, 'M1', '2024-06-01', '2024-06-30'),
  makeScheduled(id, 'M3', '2024-12-01', '2024-12-31'),
])
const scores = [makeScore(1, 'M3', 3, { parameter: 'NPRS_AVG', date: day('2024-12-10') })]
const visit = (participant: number, code: string, date: string | null) => ({
  participant,
  visit: code,
  date: date === null ? null : day(date),
  isMissed: date === null,
  enteredOn: null,
})
const data = makeData({
  people,
  dataCut: day('2024-12-20'),
  visits: [visit(1, 'M1', '2024-06-02'), visit(1, 'M3', '2024-12-10'), visit(3, 'M1', null)],
  events: [
    { participant: 1, onset: '2024-05' as PartialDate, isSerious: true },
    { participant: 1, onset: '2024-12-25' as PartialDate, isSerious: false },
    { participant: 3, onset: null, isSerious: false },
  ],
  doses: people.flatMap(({ participant, doseDates }) =>
    doseDates.map((date, index) => ({
      participant,
      plan: `DOSE${index + 1}`,
      date,
      details: { CELL_COUNT: { value: 10 + participant / 10 }, VIABILITY: { missing: 'notDone' as const } },
    })),
  ),
})
const prepare = (changes: Parameters<typeof prepareFrom>[2] = {}, protocol = TREATED) =>
  prepareFrom(people, protocol, { data: { schedule, scores }, dataCut: data.dataCut, ...changes })

describe('the courses of participants', () => {
  const swimmer = deriveSwimmer(prepare(), TREATED, data)

  it('are ordered by follow-up, which ends by leaving, at the last visit, or at the data cut', () => {
    expect(swimmer.lanes?.map(({ subject, followUpDays, end }) => [subject, followUpDays, end])).toEqual([
      ['MEL-003', 233, 'inFollowUp'],
      ['MEL-001', 223, 'complete'],
      ['MEL-002', 30, 'died'],
    ])
  })

  it('hold doses, visits and events by day, a partial onset not before the first dose', () => {
    expect(swimmer.lanes?.[1]).toMatchObject({
      doses: [
        { dose: 1, day: 0 },
        { dose: 2, day: 184 },
      ],
      visits: [
        { visit: 'M1', day: 32, state: 'done' },
        { visit: 'M3', day: 223, state: 'done' },
      ],
      events: [{ day: 0, isSerious: true }],
      undated: 0,
    })
    expect(swimmer.lanes?.[0]).toMatchObject({
      visits: [{ visit: 'M1', day: 31, state: 'missed' }],
      undated: 1,
    })
  })

  it('are counted for any number of participants', () => {
    expect(swimmer.counts).toHaveLength(1)
    expect(swimmer.counts[0]).toMatchObject({
      inSet: 3,
      visitsDone: 2,
      visitsMissed: 1,
      doses: 4,
      rescued: 0,
    })
    const many = Array.from({ length: 201 }, (_, index) =>
      makeRecord(index + 1, { doseDates: [day('2024-05-01')] }),
    )
    const large = deriveSwimmer(prepareFrom(many), TREATED, makeData({ people: many, events: null }))
    expect(large).toMatchObject({ lanes: null, lanesReason: 'tooMany', counts: [{ inSet: 201, doses: 201 }] })
  })

  it('name neither participant nor arm where arms are closed or masked', () => {
    for (const masking of [POOLED, { participantArms: false, resultsByArm: true, armsNamed: false }]) {
      const masked = deriveSwimmer(
        prepare({ masking, armOf: id => (id === 1 ? 'A' : 'B') }, TWO_ARMS),
        TWO_ARMS,
        data,
      )
      expect(masked.lanes?.map(({ subject, arm }) => [subject, arm])).toEqual([
        [null, null],
        [null, null],
        [null, null],
      ])
      expect(masked.counts.map(({ arm }) => arm)).toEqual(['ALL'])
      expect(JSON.stringify(masked)).not.toContain('MEL-')
    }
  })
})

describe('cells and viability by dose', () => {
  // By hand, and R: c(10.1, 10.2, 10.3): mean 10.2, sd 0.1.
  it('are described dose by dose, with a mark for each that leads to the participant', () => {
    const { doses } = describeDoses(prepare(), TREATED, data)
    expect(doses?.map(({ treatment, given }) => [treatment, given])).toEqual([
      ['DOSE1', 3],
      ['DOSE2', 1],
    ])
    const [cells] = doses?.[0]?.measures ?? []
    expect(cells).toMatchObject({
      code: 'CELL_COUNT',
      unit: 'million',
      n: 3,
      missing: 0,
      min: 10.1,
      max: 10.3,
    })
    expect(cells?.mean).toBeCloseTo(10.2, 12)
    expect(cells?.sdSample).toBeCloseTo(0.1, 12)
    expect(cells?.values?.map(({ subject }) => subject)).toEqual(['MEL-001', 'MEL-002', 'MEL-003'])
    expect(doses?.[0]?.measures.map(({ code }) => code)).toEqual(['CELL_COUNT'])
  })

  it('leave out a dose after the data cut', () => {
    const cut = day('2024-10-01')
    const { doses } = describeDoses(prepare({ dataCut: cut }), TREATED, { ...data, dataCut: cut })
    expect(doses?.map(({ treatment }) => treatment)).toEqual(['DOSE1'])
  })

  it('say that they are masked where they may tell the arm', () => {
    expect(describeDoses(prepare(), TREATED, { ...data, doses: null })).toEqual({
      doses: null,
      dosesReason: 'masked',
    })
  })
})
