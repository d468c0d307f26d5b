/** Days as they stand in the text of a check. */
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** A date as it stands in a question. Example: `formatDay('2026-04-06')` → `'6 Apr 2026'`. */
export function formatDay(date: CalendarDate): string {
  return `${Number(date.slice(8, 10))} ${MONTHS[Number(date.slice(5, 7)) - 1]} ${date.slice(0, 4)}`
}

/** A count of days in words. Example: `formatDays(1)` → `'1 day'`. */
export function formatDays(count: number): string {
  return count === 1 ? '1 day' : `${count} days`
}
