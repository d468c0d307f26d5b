/**
 * Days that stand for partial dates, for study day and order only; what is stored stays as it was written.
 * Source: clinical.md §3, *Dates*.
 */
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import { parsePartialDate, spanOf } from '@/lib/domain/shared/partial-date'

/** A day and whether it was derived from a date that lacks its day, or was capped. */
export interface DerivedDay {
  readonly day: CalendarDate
  readonly isDerived: boolean
}

/**
 * First and last day that a stored date may stand for; null for none, or a text that is no date.
 * Example: `readSpan('2024-02')` → `{ first: '2024-02-01', last: '2024-02-29' }`.
 */
export function readSpan(date: string | null): ReturnType<typeof spanOf> | null {
  const known = date === null ? null : parsePartialDate(date)
  return known && spanOf(known)
}

/**
 * The day of a start: the earliest possible, but not before the first procedure if that lies within the partial date.
 * A whole date is taken as it is. Missing rule: no date, or a text that is none → null.
 * Example: `deriveStartDay('2026-04', { firstProcedure: '2026-04-16' })` → 16 Apr 2026, derived.
 */
export function deriveStartDay(
  date: string | null,
  { firstProcedure }: { readonly firstProcedure: CalendarDate | null },
): DerivedDay | null {
  const span = readSpan(date)
  if (!span) return null
  const isDerived = span.first !== span.last
  const isWithin = firstProcedure !== null && firstProcedure >= span.first && firstProcedure <= span.last
  return { day: isDerived && isWithin ? firstProcedure : span.first, isDerived }
}

/**
 * The day of an end: the latest possible, capped by death, last contact and data cut, though never before the earliest
 * that the date allows. A whole date is taken as it is. Missing rule: as `deriveStartDay`; a cap that is not known caps
 * nothing. Example: `deriveEndDay('2026-04', { death: '2026-04-20', … })` → 20 Apr 2026, derived.
 */
export function deriveEndDay(
  date: string | null,
  caps: {
    readonly death: CalendarDate | null
    readonly lastContact: CalendarDate | null
    readonly dataCut: CalendarDate | null
  },
): DerivedDay | null {
  const span = readSpan(date)
  if (!span) return null
  const isDerived = span.first !== span.last
  if (!isDerived) return { day: span.last, isDerived }
  const known = [span.last, caps.death, caps.lastContact, caps.dataCut].filter(day => day !== null)
  const capped = known.toSorted()[0] ?? span.last
  // A cap before the whole of the partial date cannot be what ended it.
  if (capped < span.first) return { day: span.first, isDerived }
  return { day: capped, isDerived }
}
