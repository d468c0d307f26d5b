import { describe, expect, it } from 'vitest'
import { deriveInstant, deriveSiteTime, parseTimeOfDay } from '@/lib/domain/events/site-time'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'

const day = (text: string) => text as CalendarDate

// Instants as Python's zoneinfo gives them for the same wall times.
const TIMES = [
  ['Australia/Melbourne', '2026-04-16', '18:30', '2026-04-16T08:30:00.000Z'],
  ['Australia/Melbourne', '2026-10-04', '03:00', '2026-10-03T16:00:00.000Z'],
  ['America/New_York', '2026-03-08', '03:00', '2026-03-08T07:00:00.000Z'],
  ['Pacific/Kiritimati', '2026-01-01', '00:10', '2025-12-31T10:10:00.000Z'],
  ['Pacific/Pago_Pago', '2026-01-01', '23:50', '2026-01-02T10:50:00.000Z'],
  ['Asia/Kathmandu', '2026-01-01', '05:44', '2025-12-31T23:59:00.000Z'],
  ['Europe/London', '2026-07-01', '00:00', '2026-06-30T23:00:00.000Z'],
] as const

describe('a time at a site', () => {
  it.each(TIMES)('%s %s %s is the instant %s, and the other way round', (zone, on, at, instant) => {
    expect(deriveInstant(zone, day(on), at)).toEqual({ ok: true, value: instant })
    expect(deriveSiteTime(zone, instant)).toEqual({ day: on, time: at })
  })

  it.each([
    ['Australia/Melbourne', '2026-04-05', '02:30', '2026-04-04T15:30:00.000Z', '2026-04-04T16:30:00.000Z'],
    ['America/New_York', '2026-11-01', '01:30', '2026-11-01T05:30:00.000Z', '2026-11-01T06:30:00.000Z'],
    ['Australia/Lord_Howe', '2026-04-05', '01:45', '2026-04-04T14:45:00.000Z', '2026-04-04T15:15:00.000Z'],
  ])(
    '%s %s %s stood twice on the wall: the first, unless the last is asked for',
    (zone, on, at, first, last) => {
      expect(deriveInstant(zone, day(on), at)).toEqual({ ok: true, value: first })
      expect(deriveInstant(zone, day(on), at, 'later')).toEqual({ ok: true, value: last })
    },
  )

  it.each([
    ['Australia/Melbourne', '2026-10-04', '02:30'],
    ['America/New_York', '2026-03-08', '02:00'],
    ['Europe/London', '2026-03-29', '01:59'],
  ])('%s %s %s never was: the clocks were put forward over it', (zone, on, at) => {
    expect(deriveInstant(zone, day(on), at)).toEqual({ ok: false, error: 'skipped' })
  })

  it.each([
    ['14:05', '14:05'],
    ['9:30', '09:30'],
    [' 9.30 ', '09:30'],
    ['0930', '09:30'],
    ['00:00', '00:00'],
    ['23:59', '23:59'],
  ])('is read from “%s”', (text, time) => expect(parseTimeOfDay(text)).toBe(time))

  it.each(['', '24:00', '12:60', '9', '930', '2 pm', '14:5', '14:05:00', '-1:00', '１４:０５'])(
    'is not read from “%s”',
    text => {
      expect(parseTimeOfDay(text)).toBeNull()
      expect(deriveInstant('UTC', day('2026-01-01'), text)).toEqual({ ok: false, error: 'unreadable' })
    },
  )
})
