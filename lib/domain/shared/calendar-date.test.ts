import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import {
  addDays,
  addMonths,
  addOffset,
  type CalendarDate,
  calendarDateIn,
  compareDates,
  daysBetween,
  isTimeZone,
  parseCalendarDate,
  parseTypedDate,
} from '@/lib/domain/shared/calendar-date'

const date = (text: string): CalendarDate => {
  const parsed = parseCalendarDate(text)
  if (!parsed) throw new Error(`not a date: ${text}`)
  return parsed
}

describe('parseCalendarDate', () => {
  it.each(['1900-01-01', '2024-02-29', '2000-02-29', '2023-12-31', '2199-12-31'])('reads %s', text => {
    expect(parseCalendarDate(text)).toBe(text)
  })

  it.each([
    '2023-02-29',
    '1900-02-29',
    '2100-02-29',
    '2024-04-31',
    '2024-13-01',
    '2024-00-10',
    '2024-01-00',
    '1899-12-31',
    '2200-01-01',
    '2024-1-1',
    ' 2024-01-01',
    '2024-01-01T00:00:00Z',
    '20240101',
    '',
  ])('refuses "%s"', text => {
    expect(parseCalendarDate(text)).toBeNull()
  })
})

describe('parseTypedDate', () => {
  it.each(['2026-04-16', '16 Apr 2026', ' 16 april 2026 ', '16-Apr-2026', '16 - APR - 2026', '16 Apr. 2026'])(
    'reads %s as 16 April 2026',
    text => {
      expect(parseTypedDate(text)).toEqual({ ok: true, value: '2026-04-16' })
    },
  )

  it.each([
    ['16/04/2026', 'ambiguous'],
    ['31/02/2025', 'noSuchDay'],
    ['2025/02/31', 'noSuchDay'],
    ['32/12/2025', 'noSuchDay'],
    ['29/02/2024', 'ambiguous'],
    ['31/02/25', 'ambiguous'],
    ['04/05/2026', 'ambiguous'],
    ['4.5.26', 'ambiguous'],
    ['04-05-2026', 'ambiguous'],
    ['2026/04/16', 'ambiguous'],
    ['31 Apr 2026', 'noSuchDay'],
    ['29 Feb 2025', 'noSuchDay'],
    ['2025-02-29', 'noSuchDay'],
    ['16 Apr 1826', 'yearOutOfRange'],
    ['16 Apr 26', 'unreadable'],
    ['16 Apri 2026', 'unreadable'],
    ['Apr 16 2026', 'unreadable'],
    ['today', 'unreadable'],
    ['', 'unreadable'],
  ])('refuses "%s" as %s', (text, problem) => {
    expect(parseTypedDate(text)).toEqual({ ok: false, error: problem })
  })

  it('knows every month by its short and its long English name', () => {
    for (let month = 1; month <= 12; month++) {
      for (const width of ['short', 'long'] as const) {
        const name = new Intl.DateTimeFormat('en-US', { month: width, timeZone: 'UTC' }).format(
          Date.UTC(2026, month - 1),
        )
        expect(parseTypedDate(`7 ${name} 2026`)).toEqual({
          ok: true,
          value: `2026-${String(month).padStart(2, '0')}-07`,
        })
      }
    }
    expect(parseTypedDate('7 Sept 2026')).toEqual({ ok: true, value: '2026-09-07' })
  })
})

describe('addDays and daysBetween', () => {
  it.each([
    ['2024-02-28', 1, '2024-02-29'],
    ['2024-02-29', 1, '2024-03-01'],
    ['2023-02-28', 1, '2023-03-01'],
    ['2100-02-28', 1, '2100-03-01'],
    ['2000-02-28', 2, '2000-03-01'],
    ['2024-01-01', -1, '2023-12-31'],
    ['2023-12-31', 1, '2024-01-01'],
    ['2024-03-01', 366, '2025-03-02'],
    ['2024-05-01', 0, '2024-05-01'],
  ])('%s and %i days is %s', (from, days, to) => {
    expect(addDays(date(from), days)).toBe(to)
    expect(daysBetween(date(from), date(to))).toBe(days)
  })

  it('agrees with the calendar of ECMAScript on every day from 1900 to 2199', () => {
    const first = date('1900-01-01')
    const days = daysBetween(first, date('2199-12-31'))
    expect(days).toBe((Date.UTC(2199, 11, 31) - Date.UTC(1900, 0, 1)) / 86_400_000)
    for (let day = 0; day <= days; day++) {
      const expected = new Date(Date.UTC(1900, 0, 1 + day)).toISOString().slice(0, 10)
      if (addDays(first, day) !== expected) expect(addDays(first, day)).toBe(expected)
    }
  })

  it('refuses part of a day', () => {
    expect(() => addDays(date('2024-01-01'), 0.5)).toThrow(RangeError)
  })
})

describe('addMonths', () => {
  it.each([
    ['2024-01-31', 1, '2024-02-29'],
    ['2023-01-31', 1, '2023-02-28'],
    ['2024-01-31', 3, '2024-04-30'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2024-02-29', 24, '2026-02-28'],
    ['2024-02-29', 48, '2028-02-29'],
    ['2024-08-31', 6, '2025-02-28'],
    ['2024-12-15', 1, '2025-01-15'],
    ['2024-01-15', -1, '2023-12-15'],
    ['2024-03-31', -1, '2024-02-29'],
    ['2024-03-31', -13, '2023-02-28'],
    ['2024-11-30', 0, '2024-11-30'],
  ])('%s and %i months is %s', (from, months, to) => {
    expect(addMonths(date(from), months)).toBe(to)
  })
})

describe('addOffset', () => {
  it('counts a week as seven days and a month by the calendar', () => {
    expect(addOffset(date('2024-02-26'), { value: 1, unit: 'weeks' })).toBe('2024-03-04')
    expect(addOffset(date('2024-02-26'), { value: -14, unit: 'days' })).toBe('2024-02-12')
    expect(addOffset(date('2024-08-31'), { value: 6, unit: 'months' })).toBe('2025-02-28')
  })
})

describe('compareDates', () => {
  it('orders by the calendar', () => {
    const dates = ['2024-02-29', '1999-12-31', '2024-02-03'].map(date)
    expect(dates.toSorted(compareDates)).toEqual(['1999-12-31', '2024-02-03', '2024-02-29'])
    expect(compareDates(date('2024-02-29'), date('2024-02-29'))).toBe(0)
  })
})

describe('calendarDateIn', () => {
  it.each([
    ['Etc/GMT+12', '2024-03-01T11:59:59.999Z', '2024-02-29'],
    ['Etc/GMT+12', '2024-03-01T12:00:00Z', '2024-03-01'],
    ['Pacific/Kiritimati', '2024-02-29T09:59:59Z', '2024-02-29'],
    ['Pacific/Kiritimati', '2024-02-29T10:00:00Z', '2024-03-01'],
    ['UTC', '2024-12-31T23:59:59Z', '2024-12-31'],
    ['Australia/Melbourne', '2024-01-01T12:59:00Z', '2024-01-01'],
    ['Australia/Melbourne', '2024-01-01T13:00:00Z', '2024-01-02'],
    ['America/Denver', '2024-07-01T05:59:00Z', '2024-06-30'],
    ['America/Denver', '2024-07-01T00:00:00-06:00', '2024-07-01'],
  ])('in %s at %s it is %s', (zone, instant, day) => {
    expect(calendarDateIn(zone, instant)).toBe(day)
  })

  it('refuses an instant that would be read in the zone of the machine', () => {
    expect(() => calendarDateIn('UTC', '2024-07-01T00:00:00')).toThrow(RangeError)
    expect(() => calendarDateIn('UTC', '2024-07-01')).toThrow(RangeError)
  })
})

describe('a date that was read stays what it is', () => {
  it('from UTC-12 to UTC+14, there and back', () => {
    const days = fc.integer({ min: -25_000, max: 80_000 })
    fc.assert(
      fc.property(days, days, (start, step) => {
        const from = addDays(date('1970-01-01'), start)
        expect(addDays(addDays(from, step), -step)).toBe(from)
      }),
    )
    for (const local of ['Etc/GMT+12', 'UTC', 'Pacific/Kiritimati']) {
      vi.stubEnv('TZ', local)
      expect(Intl.DateTimeFormat().resolvedOptions().timeZone).toBe(local)
      expect(addDays(date('2024-03-30'), 2)).toBe('2024-04-01')
      expect(calendarDateIn('Europe/Berlin', '2024-03-31T22:00:00Z')).toBe('2024-04-01')
    }
    vi.unstubAllEnvs()
  })
})

describe('isTimeZone', () => {
  it('takes IANA names and nothing else', () => {
    expect(isTimeZone('Australia/Melbourne')).toBe(true)
    expect(isTimeZone('UTC')).toBe(true)
    expect(isTimeZone('Australia/Melborne')).toBe(false)
    expect(isTimeZone('+10:00')).toBe(false)
    expect(isTimeZone('')).toBe(false)
  })
})
