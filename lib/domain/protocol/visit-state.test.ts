import { describe, expect, it } from 'vitest'
import { deriveVisitState, type VisitFacts } from '@/lib/domain/protocol/visit-state'
import { type CalendarDate, parseCalendarDate } from '@/lib/domain/shared/calendar-date'

const date = (text: string): CalendarDate => {
  const parsed = parseCalendarDate(text)
  if (!parsed) throw new Error(`not a date: ${text}`)
  return parsed
}

const followUp: VisitFacts = {
  awaitsDayZero: true,
  scheduled: {
    visit: {
      code: 'M1',
      name: '1 month',
      target: { value: 1, unit: 'months' },
      window: { beforeDays: 7, afterDays: 7 },
      instruments: ['nprs', 'odi'],
      forms: ['EXAM'],
    },
    position: 2,
    target: date('2024-02-29'),
    windowStart: date('2024-02-22'),
    windowEnd: date('2024-03-07'),
    provisional: false,
  },
  expected: ['nprs', 'odi', 'EXAM'],
  received: [],
  notDone: [],
  declaredMissed: false,
  bookedFor: null,
  consentedOn: date('2024-01-02'),
  followUpEnd: null,
}

const baseline: VisitFacts = {
  ...followUp,
  scheduled: {
    ...followUp.scheduled,
    visit: { ...followUp.scheduled.visit, code: 'BL', target: { value: -14, unit: 'days' } },
    target: date('2024-01-17'),
    windowStart: date('2024-01-10'),
    windowEnd: date('2024-01-31'),
  },
}

const undated: VisitFacts = {
  ...followUp,
  awaitsDayZero: false,
  scheduled: { ...followUp.scheduled, target: null, windowStart: null, windowEnd: null },
}

const state = (facts: VisitFacts, today: string) => deriveVisitState(facts, date(today)).state

describe('a visit of which nothing was entered', () => {
  it.each([
    ['2024-02-21', 'notOpen', 1, null, null],
    ['2024-02-22', 'open', null, 14, null],
    ['2024-02-28', 'open', null, 8, null],
    ['2024-02-29', 'closing', null, 7, null],
    ['2024-03-07', 'closing', null, 0, null],
    ['2024-03-08', 'overdue', null, null, 1],
    ['2025-03-08', 'overdue', null, null, 366],
  ])('on %s is %s', (today, expected, opensInDays, daysLeft, daysPast) => {
    expect(deriveVisitState(followUp, date(today))).toMatchObject({
      state: expected,
      opensInDays,
      daysLeft,
      daysPast,
      lacking: ['nprs', 'odi', 'EXAM'],
    })
  })

  it('is missed once that is declared, and is not asked for any more', () => {
    const missed = { ...followUp, declaredMissed: true }
    expect(deriveVisitState(missed, date('2024-03-20'))).toMatchObject({ state: 'missed', daysPast: null })
    expect(state(missed, '2024-02-25')).toBe('missed')
  })
})

describe('a visit of which something was entered', () => {
  it('is partly entered, named by what is lacking, with its days', () => {
    const partly = { ...followUp, received: ['nprs'], notDone: ['EXAM'] }
    expect(deriveVisitState(partly, date('2024-03-01'))).toMatchObject({
      state: 'partly',
      lacking: ['odi'],
      daysLeft: 6,
      daysPast: null,
    })
    expect(deriveVisitState(partly, date('2024-03-10'))).toMatchObject({
      state: 'partly',
      daysLeft: null,
      daysPast: 3,
    })
    expect(state({ ...followUp, notDone: ['EXAM'] }, '2024-03-01')).toBe('partly')
  })

  it('is complete when each form was received or recorded as not done', () => {
    const complete = { ...followUp, received: ['nprs', 'odi'], notDone: ['EXAM'] }
    expect(deriveVisitState(complete, date('2024-03-10'))).toMatchObject({
      state: 'complete',
      lacking: [],
      daysPast: null,
    })
    expect(state({ ...followUp, notDone: ['nprs', 'odi', 'EXAM'] }, '2024-03-01')).toBe('complete')
  })

  it('outranks an earlier declaration of missed', () => {
    expect(state({ ...followUp, declaredMissed: true, received: ['nprs'] }, '2024-03-10')).toBe('partly')
    expect(state({ ...followUp, declaredMissed: true, notDone: ['nprs', 'odi', 'EXAM'] }, '2024-03-10')).toBe(
      'missed',
    )
  })

  it('does not count what the visit does not ask for', () => {
    expect(state({ ...followUp, received: ['pgic'] }, '2024-03-01')).toBe('closing')
  })
})

describe('after the end of follow-up', () => {
  it('nothing is asked from that day on', () => {
    const ended = { ...followUp, followUpEnd: { date: date('2024-03-01') } }
    expect(state(ended, '2024-02-28')).toBe('open')
    expect(state(ended, '2024-03-01')).toBe('none')
    expect(state(ended, '2024-03-20')).toBe('none')
    expect(state({ ...ended, received: ['nprs'] }, '2024-03-20')).toBe('none')
    expect(state({ ...followUp, followUpEnd: { date: null } }, '2024-02-25')).toBe('none')
  })

  it.each<[string, Partial<VisitFacts>, string | null, string | null]>([
    ['what is stored in part stays so', { received: ['nprs'] }, '2024-02-25', 'partly'],
    ['what had opened may be entered late', {}, '2024-02-22', 'late'],
    ['what had not opened may not', {}, '2024-02-21', null],
    ['of an unknown end nothing is said', {}, null, null],
    ['what is complete is', { received: followUp.expected }, '2024-02-25', null],
  ])('%s', (_, changes, end, afterEnd) => {
    const followUpEnd = { date: end === null ? null : date(end) }
    const facts = { ...followUp, ...changes, followUpEnd }
    expect(deriveVisitState(facts, date('2024-03-20')).afterEnd).toBe(afterEnd)
  })

  it('what was entered whole or declared missed stays so', () => {
    const ended = { ...followUp, followUpEnd: { date: date('2024-03-01') } }
    expect(state({ ...ended, received: ['nprs', 'odi', 'EXAM'] }, '2024-03-20')).toBe('complete')
    expect(state({ ...ended, declaredMissed: true }, '2024-03-20')).toBe('missed')
  })
})

describe('a visit before day zero', () => {
  it('can be entered from consent on, before its window opens', () => {
    expect(state(baseline, '2024-01-01')).toBe('notOpen')
    expect(state(baseline, '2024-01-02')).toBe('open')
    expect(state(baseline, '2024-02-01')).toBe('overdue')
  })

  it('is not open without consent', () => {
    expect(state({ ...baseline, consentedOn: null }, '2024-01-20')).toBe('notOpen')
  })
})

describe('a visit without a window', () => {
  it('counts as due, says so, and has no days', () => {
    expect(deriveVisitState(undated, date('2024-03-01'))).toMatchObject({
      state: 'open',
      isUndated: true,
      daysLeft: null,
      daysPast: null,
    })
    const importedBaseline: VisitFacts = {
      ...undated,
      scheduled: { ...undated.scheduled, visit: baseline.scheduled.visit },
      consentedOn: null,
    }
    expect(state(importedBaseline, '2024-03-01')).toBe('open')
  })
})

describe('a visit after a day zero that is still awaited', () => {
  const awaiting = { ...undated, awaitsDayZero: true }

  it('is not open, and open once something was entered', () => {
    expect(deriveVisitState(awaiting, date('2024-03-01'))).toMatchObject({
      ...{ state: 'notOpen', isUndated: true, opensInDays: null },
    })
    expect(state({ ...awaiting, begun: awaiting.expected }, '2024-03-01')).toBe('partly')
  })

  it('holds up none before it', () => {
    const before = { ...awaiting, scheduled: { ...awaiting.scheduled, visit: baseline.scheduled.visit } }
    expect(state(before, '2024-03-01')).toBe('open')
  })
})

describe('a visit from a planned day zero', () => {
  it('goes through the same states, marked provisional', () => {
    const provisional = { ...followUp, scheduled: { ...followUp.scheduled, provisional: true } }
    expect(deriveVisitState(provisional, date('2024-03-01'))).toMatchObject({
      state: 'closing',
      isProvisional: true,
    })
  })
})

describe('today', () => {
  it('is target today or booked for today, while something is to be entered', () => {
    const isToday = (facts: VisitFacts, today: string) => deriveVisitState(facts, date(today)).isToday
    expect(isToday(followUp, '2024-02-29')).toBe(true)
    expect(isToday(followUp, '2024-03-01')).toBe(false)
    expect(isToday({ ...followUp, bookedFor: date('2024-03-01') }, '2024-03-01')).toBe(true)
    expect(isToday({ ...followUp, bookedFor: date('2024-02-20') }, '2024-02-20')).toBe(true)
    expect(isToday({ ...followUp, received: ['nprs', 'odi', 'EXAM'] }, '2024-02-29')).toBe(false)
    expect(isToday({ ...followUp, declaredMissed: true }, '2024-02-29')).toBe(false)
  })
})

describe('a visit that asks for no form', () => {
  it('stands on no worklist', () => {
    expect(state({ ...followUp, expected: [] }, '2024-03-20')).toBe('none')
  })
})
