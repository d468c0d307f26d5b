import { err, ok, type Result } from '@/lib/domain/shared/result'

/**
 * A day on the calendar, `YYYY-MM-DD`, with no time and no time zone. Compares in order as text.
 * Range: 1900-01-01 to 2199-12-31 where it was typed or read; arithmetic may step outside.
 * Source: ISO 8601-1, proleptic Gregorian calendar. Example: `'2024-02-29'`.
 */
export type CalendarDate = string & { readonly __date: 'calendarDate' }

/** A stretch of calendar time; negative is earlier. Months are calendar months. */
export interface DateOffset {
  readonly value: number
  readonly unit: 'days' | 'weeks' | 'months'
}

/** Why a typed date was refused. `ambiguous`: digits only, so that day and month could be exchanged; `noSuchDay`: there is no such day, however it is read. */
export type TypedDateProblem = 'unreadable' | 'ambiguous' | 'noSuchDay' | 'yearOutOfRange'

const FIRST_YEAR = 1900
const LAST_YEAR = 2199
const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
]
const LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/**
 * Reads an ISO date: four-digit year 1900–2199, a day that exists. Anything else is null, blanks around it too.
 * Example: `parseCalendarDate('2023-02-29')` → `null`.
 */
export function parseCalendarDate(text: string): CalendarDate | null {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  if (!parts) return null
  const read = checkParts(Number(parts[1]), Number(parts[2]), Number(parts[3]))
  return read.ok ? read.value : null
}

/**
 * Reads what staff type: `2026-04-16`, `16 Apr 2026`, `16 April 2026`, `16-Apr-2026`; blanks around it and case
 * do not matter. Forms of digits alone other than ISO are refused as `ambiguous`, also where the day is above 12:
 * who may type 16/04 will one day type 04/05; one that no order makes a day is `noSuchDay`. Two-digit years with a
 * month's name are `unreadable`.
 * Example: `parseTypedDate('16/04/2026')` → `{ ok: false, error: 'ambiguous' }`.
 */
export function parseTypedDate(text: string): Result<CalendarDate, TypedDateProblem> {
  const typed = text.trim()
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(typed)
  if (iso) return checkParts(Number(iso[1]), Number(iso[2]), Number(iso[3]))
  const digits = /^(\d{1,4})\s*[./ -]\s*(\d{1,2})\s*[./ -]\s*(\d{1,4})$/.exec(typed)
  if (digits) return err(isDayInAnyOrder(digits.slice(1)) ? 'ambiguous' : 'noSuchDay')
  const named = /^(\d{1,2})(?:\s*-\s*|\s+)([a-z]{3,9})\.?(?:\s*-\s*|\s+)(\d{4})$/i.exec(typed)
  const month = named ? monthNumber(named[2] ?? '') : 0
  if (!named || month === 0) return err('unreadable')
  return checkParts(Number(named[3]), month, Number(named[1]))
}

/** Whether digits may name a day: year last or first, day and month either way; a short year is of this century. */
function isDayInAnyOrder([first = '', second = '', third = '']: readonly string[]): boolean {
  const orders = [
    [third, second, first],
    [third, first, second],
    [first, second, third],
    [first, third, second],
  ]
  return orders.some(([year = '', month, day]) => {
    const read = checkParts(Number(year) + (year.length <= 2 ? 2000 : 0), Number(month), Number(day))
    return read.ok || read.error !== 'noSuchDay'
  })
}

/** The day `days` later (earlier when negative). Whole days only. Example: `addDays('2024-02-28', 2)` → `'2024-03-01'`. */
export function addDays(date: CalendarDate, days: number): CalendarDate {
  assertWhole(days)
  return dateOfDayNumber(dayNumber(date) + days)
}

/**
 * The same day of the month `months` later, clamped to the last day of a shorter month.
 * Source: clinical convention, as `Temporal.PlainDate` with `constrain`. Example:
 * `addMonths('2024-01-31', 1)` → `'2024-02-29'`.
 */
export function addMonths(date: CalendarDate, months: number): CalendarDate {
  assertWhole(months)
  const { year, month, day } = partsOf(date)
  const count = year * 12 + (month - 1) + months
  const toYear = Math.floor(count / 12)
  const toMonth = count - toYear * 12 + 1
  return format(toYear, toMonth, Math.min(day, daysInMonth(toYear, toMonth)))
}

/** The date an offset away. Weeks are 7 days. Example: `addOffset('2024-05-01', { value: -2, unit: 'weeks' })` → `'2024-04-17'`. */
export function addOffset(date: CalendarDate, offset: DateOffset): CalendarDate {
  if (offset.unit === 'months') return addMonths(date, offset.value)
  return addDays(date, offset.unit === 'weeks' ? offset.value * 7 : offset.value)
}

/** Whole days from `from` to `to`; negative when `to` is earlier. Example: `daysBetween('2024-02-28', '2024-03-01')` → `2`. */
export function daysBetween(from: CalendarDate, to: CalendarDate): number {
  return dayNumber(to) - dayNumber(from)
}

/** Order for sorting: negative when `a` is earlier, 0 when the same day. Example: `dates.toSorted(compareDates)`. */
export function compareDates(a: CalendarDate, b: CalendarDate): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/**
 * The date on the wall at an instant in a time zone. The instant must carry its offset (`Z` or `+10:00`);
 * without one it would be read in the zone of the machine, so it throws, as an unknown zone does.
 * Source: the IANA zones of the runtime. Example:
 * `calendarDateIn('Australia/Melbourne', '2024-05-01T20:00:00Z')` → `'2024-05-02'`.
 */
export function calendarDateIn(timeZone: string, instantIso: string): CalendarDate {
  if (!/T.*(?:Z|[+-]\d{2}:\d{2})$/.test(instantIso))
    throw new RangeError(`Instant without offset: ${instantIso}`)
  const parts = dayFormat(timeZone).formatToParts(Date.parse(instantIso))
  const part = (type: string) => Number(parts.find(entry => entry.type === type)?.value)
  return format(part('year'), part('month'), part('day'))
}

/** Making one takes a thousand times as long as using it; there are as many as zones in use. */
const dayFormats = new Map<string, Intl.DateTimeFormat>()

function dayFormat(timeZone: string): Intl.DateTimeFormat {
  const known = dayFormats.get(timeZone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'iso8601',
    numberingSystem: 'latn',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
  })
  dayFormats.set(timeZone, made)
  return made
}

/** Whether the runtime knows this IANA name; bare offsets such as `+10:00` have no daylight rule and are refused. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name })
    return true
  } catch {
    return false
  }
}

function checkParts(year: number, month: number, day: number): Result<CalendarDate, TypedDateProblem> {
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return err('noSuchDay')
  if (year < FIRST_YEAR || year > LAST_YEAR) return err('yearOutOfRange')
  return ok(format(year, month, day))
}

/** `apr`, `sept` and `april` alike; a longer beginning such as `apri` is a slip, not a month. */
function monthNumber(name: string): number {
  const typed = name.toLowerCase()
  const isName = (month: string) => typed === month || typed === month.slice(0, 3)
  return typed === 'sept' ? 9 : MONTHS.findIndex(isName) + 1
}

function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
}

function daysInMonth(year: number, month: number): number {
  return month === 2 && isLeapYear(year) ? 29 : (LENGTHS[month - 1] ?? 0)
}

function format(year: number, month: number, day: number): CalendarDate {
  if (!(year >= 1 && year <= 9999)) throw new RangeError(`Year out of range: ${year}`)
  const pad = (value: number, digits: number) => String(value).padStart(digits, '0')
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}` as CalendarDate
}

function partsOf(date: CalendarDate): { year: number; month: number; day: number } {
  return { year: Number(date.slice(0, 4)), month: Number(date.slice(5, 7)), day: Number(date.slice(8, 10)) }
}

function assertWhole(value: number): void {
  if (!Number.isSafeInteger(value)) throw new RangeError(`Not a whole number: ${value}`)
}

/**
 * Days since 1970-01-01, by arithmetic alone: years start in March, so that the leap day is their last.
 * Source: H. Hinnant, chrono-compatible low-level date algorithms (days_from_civil, civil_from_days).
 */
function dayNumber(date: CalendarDate): number {
  const { year, month, day } = partsOf(date)
  const marchYear = month <= 2 ? year - 1 : year
  const era = Math.floor(marchYear / 400)
  const yearOfEra = marchYear - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146097 + dayOfEra - 719468
}

function dateOfDayNumber(days: number): CalendarDate {
  const shifted = days + 719468
  const era = Math.floor(shifted / 146097)
  const dayOfEra = shifted - era * 146097
  const leapDays = Math.floor(dayOfEra / 1460) - Math.floor(dayOfEra / 36524) + Math.floor(dayOfEra / 146096)
  const yearOfEra = Math.floor((dayOfEra - leapDays) / 365)
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  return format(year, month, dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1)
}
