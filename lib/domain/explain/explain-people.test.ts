import { describe, expect, it } from 'vitest'
import { explainPeople } from '@/lib/domain/explain/explain-people'
import { day, makeProtocol } from '@/lib/domain/outcomes/__fixtures__/cohort'
import { makeData, makeRecord, prepareFrom, TREATED } from '@/lib/domain/population/__fixtures__/population'
import { computeFlow } from '@/lib/domain/population/flow'
import type { ScreenedRecord } from '@/lib/domain/population/population-data'
import { deriveScreenedPeople } from '@/lib/domain/population/screened-people'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import type { PartialDate } from '@/lib/domain/shared/partial-date'

type Changes = Parameters<typeof prepareFrom>[2]

function explain(records: readonly ScreenedRecord[], protocol: Protocol = TREATED, changes: Changes = {}) {
  const data = makeData({ people: records, ...(changes?.dataCut ? { dataCut: changes.dataCut } : {}) })
  const people = deriveScreenedPeople(data)
  const cohort = prepareFrom(records, protocol, changes)
  const flow = computeFlow(cohort, protocol, people, 0)
  return { cohort, flow, explained: explainPeople(cohort, protocol, people, 0) }
}

const dosed = (participant: number, ...dates: string[]) =>
  makeRecord(participant, { doseDates: dates.map(day) })
const leaving = (kind: 'followUp' | 'lost', date: string) => ({
  departures: [{ kind, date: date as PartialDate, cause: 'burden' }],
})

/** Screened again and treated; failed two criteria; declined; failed none recorded; two treated; left; awaits a dose. */
const NINE: readonly ScreenedRecord[] = [
  makeRecord(1, { outcome: 'screenFailure', enrolledOn: null, failedCriteria: ['E1'] }),
  { ...dosed(2, '2024-03-01', '2024-09-01'), rescreenOf: 1 },
  makeRecord(3, { outcome: 'screenFailure', enrolledOn: null, failedCriteria: ['I1', 'E1'] }),
  makeRecord(4, { outcome: 'declined', enrolledOn: null }),
  makeRecord(5, { outcome: 'screenFailure', enrolledOn: null }),
  dosed(6, '2024-03-01'),
  { ...dosed(7, '2024-03-01'), ...leaving('lost', '2024-04-05') },
  makeRecord(8, leaving('followUp', '2024-02-01')),
  makeRecord(9),
]

describe('everybody screened, in the set or why not', () => {
  const { explained, flow } = explain(NINE)

  it('counts each person once, in groups that add up', () => {
    expect(explained.assessed).toBe(8)
    expect(explained.groups.map(({ place, reason, n }) => [place, reason, n])).toEqual([
      ['in', 'inSet', 3],
      ['out', 'awaiting', 1],
      ['out', 'criteria', 1],
      ['out', 'declined', 1],
      ['out', 'other', 1],
      ['out', 'withdrawn', 1],
    ])
    expect(explained.arms.map(({ inSet }) => inSet)).toEqual([3])
  })

  it('says of whom which criteria, which doses and which end', () => {
    const told = Object.fromEntries(explained.people.map(person => [person.standing.reason, person]))
    expect(told.criteria?.criteria).toEqual(['I1', 'E1'])
    expect(told.withdrawn?.followUpEnd).toEqual({
      date: '2024-02-01',
      reason: 'withdrawn',
      cause: 'burden',
    })
    const [first] = explained.people
    expect(first).toMatchObject({ screenings: 2, criteria: [], doses: ['2024-03-01', '2024-09-01'] })
    expect(explained.people.filter(({ standing }) => standing.place === 'in')).toHaveLength(3)
  })

  it('adds up to the boxes of the flow', () => {
    expect(explained.assessed).toBe(flow.assessed)
    for (const { code, k } of [...flow.excludedFor, ...(flow.arms[0]?.notReceived ?? [])])
      expect(explained.groups.find(({ reason }) => reason === code)?.n ?? 0).toBe(k)
  })
})

describe('everybody screened, at an earlier cut and in a subgroup', () => {
  it('tells who was enrolled later than the cut as in screening', () => {
    const later = makeRecord(10, { screenedOn: day('2024-01-01'), enrolledOn: day('2024-05-01') })
    const { explained } = explain([dosed(1, '2024-03-01'), later], TREATED, { dataCut: day('2024-04-01') })
    expect(explained.people.map(({ standing }) => standing.reason)).toEqual(['inSet', 'inScreening'])
  })

  it('tells who is treated and outside the subgroup', () => {
    const { cohort } = explain([])
    const view = { ...cohort.view, subgroup: { factor: 'site', level: 'SYD' } }
    const records = [dosed(1, '2024-03-01'), { ...dosed(2, '2024-03-01'), site: 'SYD' }]
    const { explained, flow } = explain(records, TREATED, { view })
    expect(explained.groups.map(({ reason, n }) => [reason, n])).toEqual([
      ['inSet', 1],
      ['outsideView', 1],
    ])
    expect(flow.outsideView).toBe(1)
  })

  it('tells of several arms who was not randomised, and who is in which', () => {
    const arms = ['A', 'B'].map(code => ({ code, name: `Arm ${code}`, ratio: 1 }))
    const protocol = makeProtocol({ ...TREATED, arms })
    const records = [makeRecord(1), makeRecord(2), makeRecord(3, { allocated: false, allocatedOn: null })]
    const { explained } = explain(records, protocol, { armOf: id => (id === 1 ? 'A' : 'B') })
    expect(explained.people.map(({ arm, standing }) => [arm, standing.reason])).toEqual([
      ['A', 'inSet'],
      ['B', 'inSet'],
      [null, 'notRandomised'],
    ])
  })
})
