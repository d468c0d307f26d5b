import { describe, expect, it } from 'vitest'
import { parseFormAnswers } from '@/lib/domain/instruments/parse-form'
import { appointments, deriveBookings } from '@/lib/domain/logs/appointments'
import { consents } from '@/lib/domain/logs/consents'
import { departures } from '@/lib/domain/logs/departures'
import { askLogEntry, checkLogEntry } from '@/lib/domain/logs/judge-entry'
import { formOf, type Log, type LogFacts } from '@/lib/domain/logs/log'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'

const day = (text: string) => text as CalendarDate
/** As much of a protocol as these logs read. */
const PROTOCOL = {
  visits: ['M6', 'M12'].map(code => ({ code, name: code })),
  consents: [
    { version: '1.0', approvedOn: day('2024-01-10') },
    { version: '2.0', approvedOn: day('2025-01-10'), requiresReconsent: true },
  ],
} as unknown as Protocol

type Typed = Readonly<Record<string, string>>

const raw = (typed: Typed) => Object.fromEntries(Object.entries(typed).map(([code, text]) => [code, [text]]))

function read(log: Log, typed: Typed) {
  const parsed = parseFormAnswers(formOf(log, PROTOCOL), raw(typed))
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error))
  return parsed.value
}

function facts(log: Log, others: readonly Typed[], more: Partial<LogFacts> = {}): LogFacts {
  return {
    protocol: PROTOCOL,
    today: day('2026-04-16'),
    consentDate: day('2025-01-20'),
    firstProcedure: null,
    firstDose: null,
    followUpEnd: null,
    others: others.map(other => read(log, other)),
    ...more,
  }
}

/** Fields that are refused, whether they cannot be read or cannot be. */
function refusedFields(log: Log, typed: Typed, others: readonly Typed[] = [], more: Partial<LogFacts> = {}) {
  const parsed = parseFormAnswers(formOf(log, PROTOCOL), raw(typed))
  if (!parsed.ok) return parsed.error.map(({ field }) => field)
  const mine = new Set(log.fields(PROTOCOL).map(({ code }) => code))
  return checkLogEntry(log, parsed.value, facts(log, others, more), mine).map(({ field }) => field)
}

const asked = (log: Log, typed: Typed, others: readonly Typed[] = [], more: Partial<LogFacts> = {}) =>
  askLogEntry(log, read(log, typed), facts(log, others, more)).map(({ code }) => code)

describe('what cannot be is refused beside its field', () => {
  const death = { KIND: 'death', DATE: '2 May 2025' }
  it.each<[string, Typed, readonly Typed[], string[]]>([
    ['nothing said', {}, [], ['KIND', 'DATE']],
    ['an unknown kind', { KIND: 'gone', DATE: '2 May 2025' }, [], ['KIND']],
    ['a date that is none', { KIND: 'lost', DATE: 'spring' }, [], ['DATE']],
    ['a withdrawal of a month', { KIND: 'followUp', DATE: 'May 2025' }, [], ['DATE']],
    ['a death of a year', { KIND: 'death', DATE: '2025' }, [], ['DATE']],
    ['a day to come', { KIND: 'lost', DATE: '17 Apr 2026' }, [], ['DATE']],
    ['a month to come', { KIND: 'lost', DATE: 'May 2026' }, [], ['DATE']],
    ['before consent', { KIND: 'consent', DATE: '19 Jan 2025' }, [], ['DATE']],
    ['a year before consent', { KIND: 'lost', DATE: '2024' }, [], ['DATE']],
    ['an unknown cause', { ...death, CAUSE: 'fate' }, [], ['CAUSE']],
    ['another cause without words', { ...death, CAUSE: 'other' }, [], ['CAUSE_TEXT']],
    ['a return from nowhere', { KIND: 'return', DATE: '2 May 2025' }, [], ['KIND']],
    [
      'a return before leaving',
      { KIND: 'return', DATE: '1 May 2025' },
      [{ KIND: 'followUp', DATE: '2 May 2025' }],
      ['DATE'],
    ],
    ['a second death', death, [death], ['KIND']],
    ['a return after death', { KIND: 'return', DATE: '3 May 2025' }, [death], ['DATE']],
    ['a loss after death', { KIND: 'lost', DATE: 'Jun 2025' }, [death], ['DATE']],
  ])('leaving: %s', (_, typed, others, fields) => {
    expect(refusedFields(departures, typed, others)).toEqual(fields)
  })

  const signed = { VERSION: '2.0', DATE: '3 Mar 2025', FORM: 'signed' }
  it.each<[string, Typed, readonly Typed[], string[]]>([
    ['nothing said', {}, [], ['VERSION', 'DATE', 'FORM']],
    ['an unknown version', { ...signed, VERSION: '9' }, [], ['VERSION']],
    ['an unknown form', { ...signed, FORM: 'nod' }, [], ['FORM']],
    ['a day that does not exist', { ...signed, DATE: '31 Apr 2025' }, [], ['DATE']],
    ['a day to come', { ...signed, DATE: '17 Apr 2026' }, [], ['DATE']],
    ['before the first consent', { ...signed, DATE: '19 Jan 2025' }, [], ['DATE']],
    ['recorded already', signed, [signed], ['DATE']],
  ])('consent: %s', (_, typed, others, fields) => {
    expect(refusedFields(consents, typed, others)).toEqual(fields)
  })

  const booked = { VISIT: 'M6', DATE: '20 Apr 2026', TIME: '9:30', STATUS: 'booked' }
  it.each<[string, Typed, Partial<LogFacts>, string[]]>([
    ['nothing said', {}, {}, ['VISIT', 'DATE', 'STATUS']],
    ['an unknown visit', { ...booked, VISIT: 'M99' }, {}, ['VISIT']],
    ['an unknown status', { ...booked, STATUS: 'maybe' }, {}, ['STATUS']],
    ['an unknown mode', { ...booked, MODE: 'pigeon' }, {}, ['MODE']],
    ['an hour that is none', { ...booked, TIME: '24:00' }, {}, ['TIME']],
    ['a time in words', { ...booked, TIME: 'morning' }, {}, ['TIME']],
    ['kept before it was', { ...booked, STATUS: 'kept' }, {}, ['DATE']],
    ['before consent', { ...booked, DATE: '19 Jan 2025' }, {}, ['DATE']],
    ['after follow-up ended', booked, { followUpEnd: day('2026-04-01') }, ['DATE']],
  ])('appointment: %s', (_, typed, more, fields) => {
    expect(refusedFields(appointments, typed, [], more)).toEqual(fields)
  })

  it('a return after no further use was asked for', () => {
    const asked = { KIND: 'noFurtherUse', DATE: '2 May 2025' }
    expect(refusedFields(departures, { KIND: 'return', DATE: '20 Jun 2025' }, [asked])).toEqual(['KIND'])
  })

  it('what can be is taken', () => {
    expect(refusedFields(departures, { KIND: 'lost', DATE: 'Apr 2026', CAUSE: 'notReached' })).toEqual([])
    const lost = { KIND: 'lost', DATE: 'May 2025' }
    expect(refusedFields(departures, { KIND: 'return', DATE: '20 May 2025' }, [lost])).toEqual([])
    expect(refusedFields(consents, signed)).toEqual([])
    expect(refusedFields(appointments, booked)).toEqual([])
  })
})

describe('what is unlikely is asked about', () => {
  it('no further use, and a return after consent was withdrawn', () => {
    expect(asked(departures, { KIND: 'noFurtherUse', DATE: '2 May 2025' })).toEqual(['noFurtherUse'])
    const withdrawn = { KIND: 'consent', DATE: '2 May 2025' }
    expect(asked(departures, { KIND: 'return', DATE: '3 Jun 2025' }, [withdrawn])).toEqual([
      'returnNeedsConsent',
    ])
  })

  it('a booking outside the window, in the past, or on a day that is taken', () => {
    const windows = { M6: { start: day('2026-04-01'), end: day('2026-04-30') } }
    const at = (date: string) => ({ VISIT: 'M6', DATE: date, STATUS: 'booked' })
    expect(asked(appointments, at('30 Apr 2026'), [], { windows })).toEqual([])
    expect(asked(appointments, at('1 May 2026'), [], { windows })).toEqual(['bookedOutsideWindow'])
    expect(asked(appointments, at('15 Apr 2026'), [], { windows })).toEqual(['bookedInPast'])
    const other = { VISIT: 'M12', DATE: '20 Apr 2026', STATUS: 'booked' }
    expect(asked(appointments, at('20 Apr 2026'), [other])).toEqual(['bookedTwice'])
    expect(asked(appointments, at('20 Apr 2026'), [{ ...other, STATUS: 'cancelled' }])).toEqual([])
  })
})

describe('the live booking of a visit', () => {
  it('is the last recorded that is still booked', () => {
    const at = (date: string, STATUS: string, TIME = '9:05') =>
      read(appointments, { VISIT: 'M6', DATE: date, STATUS, TIME, MODE: 'phone', PLACE: 'Room 2' })
    const entries = [at('20 Apr 2026', 'booked'), at('27 Apr 2026', 'booked'), at('28 Apr 2026', 'kept')]
    expect(deriveBookings(entries).get('M6')).toEqual({
      visit: 'M6',
      date: '2026-04-27',
      time: '09:05',
      place: 'Room 2',
      mode: 'Phone',
    })
    expect(deriveBookings([at('20 Apr 2026', 'cancelled')]).size).toBe(0)
  })
})
