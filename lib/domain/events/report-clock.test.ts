import { describe, expect, it } from 'vitest'
import { deriveReportClock, formatHours, formatReportClock } from '@/lib/domain/events/report-clock'
import { deriveInstant } from '@/lib/domain/events/site-time'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'

const AWARE = '2026-04-16T08:00:00.000Z'

describe('the clock of a report', () => {
  it('counts down 24 hours from awareness', () => {
    expect(deriveReportClock(AWARE, null, AWARE)).toEqual({ state: 'running', hoursLeft: 24, late: false })
    expect(deriveReportClock(AWARE, null, '2026-04-16T20:30:00.000Z')).toEqual({
      state: 'running',
      hoursLeft: 11.5,
      late: false,
    })
  })

  it('is late from the first millisecond after 24 hours, running or reported', () => {
    const last = '2026-04-17T08:00:00.000Z'
    const after = '2026-04-17T08:00:00.001Z'
    expect(deriveReportClock(AWARE, null, last)).toEqual({ state: 'running', hoursLeft: 0, late: false })
    expect(deriveReportClock(AWARE, null, after)).toMatchObject({ state: 'running', late: true })
    expect(deriveReportClock(AWARE, last, '2027-01-01T00:00:00.000Z')).toEqual({
      state: 'reported',
      reportedAfterHours: 24,
      late: false,
    })
    expect(deriveReportClock(AWARE, after, after)).toMatchObject({ state: 'reported', late: true })
  })

  it.each([
    // 25 hours on the wall of Melbourne, whose clocks went back in between, are 26.
    ['Australia/Melbourne', '2026-04-04', '2026-04-05', 26],
    // And 24 where they went forward.
    ['Australia/Melbourne', '2026-10-03', '2026-10-04', 24],
    ['America/New_York', '2026-03-07', '2026-03-08', 24],
    ['UTC', '2026-04-04', '2026-04-05', 25],
  ])('counts hours that passed, not hours on the wall (%s, %s)', (zone, from, to, hours) => {
    const aware = deriveInstant(zone, from as CalendarDate, '12:00')
    const reported = deriveInstant(zone, to as CalendarDate, '13:00')
    if (!aware.ok || !reported.ok) throw new Error('no time')
    const clock = deriveReportClock(aware.value, reported.value, reported.value)
    expect(clock).toEqual({ state: 'reported', reportedAfterHours: hours, late: hours > 24 })
  })

  it('does not guess at what is no instant', () => {
    expect(() => deriveReportClock('', null, AWARE)).toThrow(RangeError)
  })

  it.each([
    [0, '0 min'],
    [0.5, '30 min'],
    [1, '1 h'],
    [5.25, '5 h 15 min'],
    [23.999, '23 h 59 min'],
    [47.5, '47 h 30 min'],
    [48, '2 d'],
    [49, '2 d 1 h'],
  ])('%d hours read “%s”', (hours, text) => expect(formatHours(hours)).toBe(text))

  it('is told in words', () => {
    expect(formatReportClock({ state: 'running', hoursLeft: 5.25, late: false })).toBe('5 h 15 min left')
    expect(formatReportClock({ state: 'running', hoursLate: 2, late: true })).toBe('2 h late')
    expect(formatReportClock({ state: 'reported', reportedAfterHours: 3, late: false })).toBe(
      'reported after 3 h',
    )
    expect(formatReportClock({ state: 'reported', reportedAfterHours: 30, late: true })).toBe(
      'reported after 30 h, late',
    )
  })
})
