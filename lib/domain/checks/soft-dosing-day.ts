import { formatDay } from '@/lib/domain/checks/day-text'
import { ASSESSMENT_DATE_FIELD, ask, type SoftQuestion } from '@/lib/domain/checks/soft-rule'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'

/**
 * What a file leaves open about a form dated on a dosing day: whether it was taken before the dose. Entry wants yes or
 * no; an import cannot ask, so that this stands unconfirmed and the value is not taken for a baseline.
 * Missing: no date, no dose of that day, or it is known → no question. Code `beforeDoseNotKnown`.
 * Source: clinical.md §3, day zero and baseline. Example: dated 10 Feb 2026, dose on that day, null → one question.
 */
export function askAboutDosingDay(input: {
  readonly date: CalendarDate | null
  readonly doseDates: readonly CalendarDate[]
  readonly beforeTreatment: boolean | null
}): readonly SoftQuestion[] {
  const { date, doseDates, beforeTreatment } = input
  if (date === null || beforeTreatment !== null || !doseDates.includes(date)) return []
  const text = `whether this was taken before or after the dose of ${formatDay(date)} is not known.`
  return [ask('beforeDoseNotKnown', { [ASSESSMENT_DATE_FIELD]: date }, text)]
}
