import { addDays, addMonths, type CalendarDate, parseCalendarDate } from '@/lib/domain/shared/calendar-date'

/**
 * A date of which only the year, or the year and the month, may be known: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`. Stored as it
 * was said; a day is derived from it only for order and study day. Source: clinical.md §3, dates. Example: `'2024-05'`.
 */
export type PartialDate = string & { readonly __date: 'partial' }

/** The days that a partial date can stand for, both included. */
export interface DaySpan {
  readonly first: CalendarDate
  readonly last: CalendarDate
}

/**
 * Reads a stored partial date; null for anything else, blanks around it too.
 * Example: `parsePartialDate('2024-13')` → `null`.
 */
export function parsePartialDate(text: string): PartialDate | null {
  const whole = text.length === 4 ? `${text}-01-01` : text.length === 7 ? `${text}-01` : text
  return parseCalendarDate(whole) === null ? null : (text as PartialDate)
}

/**
 * The first and the last day that a partial date can stand for.
 * Example: `spanOf('2024-02')` → `{ first: '2024-02-01', last: '2024-02-29' }`.
 */
export function spanOf(date: PartialDate): DaySpan {
  if (date.length === 10)
    return { first: date as string as CalendarDate, last: date as string as CalendarDate }
  const first = `${date}${date.length === 4 ? '-01-01' : '-01'}` as CalendarDate
  return { first, last: addDays(addMonths(first, date.length === 4 ? 12 : 1), -1) }
}

/** Whether the day itself is known. Example: `isWholeDay('2024-05')` → `false`. */
export function isWholeDay(date: PartialDate): boolean {
  return date.length === 10
}
