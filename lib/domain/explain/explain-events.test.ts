import { describe, expect, it } from 'vitest'
import { explainEvents } from '@/lib/domain/explain/explain-events'
import { day } from '@/lib/domain/outcomes/__fixtures__/cohort'
import { makeRecord, prepareFrom, TREATED } from '@/lib/domain/population/__fixtures__/population'
import { computeSafety } from '@/lib/domain/safety/compute-safety'
import type { SafetyData } from '@/lib/domain/safety/safety-data'
import type { SafetyEvent } from '@/lib/domain/safety/safety-event'
import { EVENT_CLASSES, type EventClass } from '@/lib/domain/safety/safety-summary'

const CUT = day('2024-12-31')

function event(participant: number, changes: Partial<SafetyEvent> = {}): SafetyEvent {
  return {
    ...{ participant, term: 'Pain flare', category: 'painFlare', onset: '2024-03-11', end: null },
    ...{ isOngoing: true, grade: 1, isSerious: false, isFatal: false, criteria: [], outcome: null },
    ...{ relationToProcedure: 'unrelated', relationToProduct: 'unrelated' },
    ...changes,
  }
}

/** Four treated on 1 March; the fourth had an event before the dose alone, the third none; the fifth was not treated. */
const RECORDS = [1, 2, 3, 4, 5].map(id =>
  makeRecord(id, id === 5 ? {} : { doseDates: [day('2024-03-01')], departures: [] }),
)
const DATA: SafetyData = {
  events: [
    event(1),
    event(1, { term: 'Fall', grade: 3, isSerious: true, onset: '2024-06-09' }),
    event(2, { term: 'Rash', onset: null, relationToProduct: 'possible' }),
    event(4, { term: 'Cold', onset: '2024-02-11', isSerious: true }),
    event(5, { term: 'Fracture', isSerious: true }),
  ],
  harvests: [],
  doses: [1, 2, 3, 4].map(participant => ({ participant, date: day('2024-03-01') })),
  lastVisits: [],
}

function explain(name: EventClass, namesParticipants = true) {
  const cohort = { ...prepareFrom(RECORDS, TREATED, { dataCut: CUT }), namesParticipants }
  return explainEvents(cohort, TREATED, DATA, { dataCut: CUT, class: name })
}

const groupsOf = (name: EventClass, isNamed?: boolean) =>
  explain(name, isNamed).arms[0]?.groups.map(({ reason, n }) => [reason, n])

describe('adverse events, participant by participant', () => {
  it('tells who has an event that counts, who one that does not, and who none', () => {
    expect(groupsOf('any')).toEqual([
      ['withEvent', 2],
      ['notCounted', 1],
      ['without', 1],
    ])
    expect(groupsOf('serious')).toEqual([
      ['withEvent', 1],
      ['notCounted', 1],
      ['without', 2],
    ])
    expect(groupsOf('related')).toEqual([
      ['withEvent', 1],
      ['without', 3],
    ])
    expect(groupsOf('grade3OrMore')).toEqual([
      ['withEvent', 1],
      ['without', 3],
    ])
  })

  it('says of each event when it was, and why it counts', () => {
    const events = explain('any').people.flatMap(person => person.events)
    expect(events.map(each => [each.term, each.daysSinceLastDose, each.emergence, each.isCounted])).toEqual([
      ['Pain flare', 10, 'yes', true],
      ['Fall', 100, 'yes', true],
      ['Rash', null, 'unknown', true],
      ['Cold', null, 'no', false],
    ])
  })

  it('adds up to every line of the overview', () => {
    const cohort = prepareFrom(RECORDS, TREATED, { dataCut: CUT })
    const [arm] = computeSafety(cohort, TREATED, DATA, CUT).arms
    for (const name of EVENT_CLASSES) {
      const { arms, people, outside } = explain(name)
      const [own] = arms
      expect(own?.counts).toEqual(arm?.classes.find(each => each.class === name))
      expect(own?.groups.reduce((sum, { n }) => sum + n, 0)).toBe(own?.counts.n)
      expect(own?.groups.find(({ reason }) => reason === 'withEvent')?.n ?? 0).toBe(own?.counts.participants)
      const counted = people.flatMap(({ events }) => events.filter(({ isCounted }) => isCounted))
      expect(counted).toHaveLength(own?.counts.events ?? Number.NaN)
      expect(outside[0]).toEqual({ why: 'notTreated', participants: 1, events: 1, seriousEvents: 1 })
    }
  })

  it('makes no group of events that do not count where participants are not named', () => {
    expect(groupsOf('serious', false)).toEqual([
      ['withEvent', 1],
      ['without', 3],
    ])
  })
})
