import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import { parsePartialDate, spanOf } from '@/lib/domain/shared/partial-date'

/**
 * The day from which an event counts: the earliest that its onset allows, but not before the first procedure where that
 * lies within a partial date. Unknown onset → null. Source: clinical.md §3, dates.
 * Example: onset `2024-05`, first procedure 2024-05-14 → 2024-05-14.
 */
export function deriveOnsetDay(
  onset: string | null,
  firstProcedure: CalendarDate | null,
): CalendarDate | null {
  const known = onset === null ? null : parsePartialDate(onset)
  if (known === null) return null
  const { first, last } = spanOf(known)
  const isWithin = firstProcedure !== null && firstProcedure >= first && firstProcedure <= last
  return isWithin ? firstProcedure : first
}

/** `unknown`: a procedure took place, and nothing is known of the onset. */
export type TreatmentEmergence = 'yes' | 'no' | 'unknown'

/**
 * Whether an event began on or after the first study procedure, harvest or dose, whichever came first. A partial onset
 * that holds the day of the procedure counts as after it. No procedure → `no`; procedure and no onset → `unknown`.
 * Source: clinical.md §3, adverse events and dates.
 * Example: `deriveTreatmentEmergence('2024-05', '2024-05-14')` → `'yes'`; onset `2024-05-13` → `'no'`.
 */
export function deriveTreatmentEmergence(
  onset: string | null,
  firstProcedure: CalendarDate | null,
): TreatmentEmergence {
  if (firstProcedure === null) return 'no'
  const day = deriveOnsetDay(onset, firstProcedure)
  if (day === null) return 'unknown'
  return day >= firstProcedure ? 'yes' : 'no'
}
