import type { Offset } from '@/lib/domain/protocol/protocol'

/** Mean length of a month in days, of the Gregorian calendar: 146,097 days in 400 years. */
const DAYS_PER_MONTH = 365.2425 / 12

/**
 * A time from day zero in days, where a true time axis is drawn; windows count by the calendar instead (`addOffset`).
 * Negative before day zero. Example: `computeNominalDays({ value: 1, unit: 'months' })` → 30.44.
 */
export function computeNominalDays({ value, unit }: Offset): number {
  return value * { days: 1, weeks: 7, months: DAYS_PER_MONTH }[unit]
}

/**
 * A time from day zero in months, for a true time axis; calendar months stay whole, days and weeks are shares of a
 * mean month. Negative before day zero. Example: `computeMonths({ value: 26, unit: 'weeks' })` → 5.98.
 */
export function computeMonths(offset: Offset): number {
  return offset.unit === 'months' ? offset.value : computeNominalDays(offset) / DAYS_PER_MONTH
}
