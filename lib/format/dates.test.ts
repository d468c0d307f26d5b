import { expect, it } from 'vitest'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import { formatDate, formatInstant } from './dates'

it('dates read as 16 Apr 2026, in whatever zone the server runs', () => {
  expect(formatDate('2026-04-16' as CalendarDate)).toBe('16 Apr 2026')
  expect(formatDate('2024-02-09' as CalendarDate)).toBe('9 Feb 2024')
  expect(formatDate('2024-12-31' as CalendarDate)).toBe('31 Dec 2024')
})

it('instants are shown in UTC and say so', () => {
  expect(formatInstant('2026-03-31T18:00:12.000Z')).toBe('31 Mar 2026, 18:00 UTC')
})
