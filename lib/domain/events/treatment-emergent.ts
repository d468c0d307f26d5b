import { deriveStartDay } from '@/lib/domain/logs/partial-days'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'

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
  const began = deriveStartDay(onset, { firstProcedure })
  if (began === null) return 'unknown'
  return began.day >= firstProcedure ? 'yes' : 'no'
}
