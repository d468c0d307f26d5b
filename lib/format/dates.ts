import type { CalendarDate } from '@/lib/domain/shared/calendar-date'

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** A calendar date. It passes through no time zone. Example: `formatDate('2026-04-16')` → `'16 Apr 2026'`. */
export function formatDate(date: CalendarDate): string {
  const [year, month, day] = date.split('-').map(Number)
  return `${day} ${MONTHS[(month ?? 0) - 1]} ${year}`
}

/** An instant, UTC, to the minute. Example: `formatInstant('2026-03-31T18:00:12.000Z')` → `'31 Mar 2026, 18:00 UTC'`. */
export function formatInstant(instant: string): string {
  return `${formatDate(instant.slice(0, 10) as CalendarDate)}, ${instant.slice(11, 16)} UTC`
}
