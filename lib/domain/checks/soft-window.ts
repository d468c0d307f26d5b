import { formatDay, formatDays } from '@/lib/domain/checks/day-text'
import { ASSESSMENT_DATE_FIELD, ask, type SoftRule } from '@/lib/domain/checks/soft-rule'
import { daysBetween } from '@/lib/domain/shared/calendar-date'

/**
 * Asks when the assessment date is outside the visit's window; its first and last day are inside. Code
 * `outOfWindow`.
 * Example: “Check: 7 May 2026 is 3 days after the window of this visit (6 Apr 2026 to 4 May 2026).”
 */
export const checkVisitWindow: SoftRule = ({ date, window }) => {
  if (date === null || window === null) return []
  const early = daysBetween(date, window.start)
  const late = daysBetween(window.end, date)
  if (early <= 0 && late <= 0) return []
  const distance = early > 0 ? `${formatDays(early)} before` : `${formatDays(late)} after`
  const range = `${formatDay(window.start)} to ${formatDay(window.end)}`
  const text = `${formatDay(date)} is ${distance} the window of this visit (${range}).`
  return [
    ask('outOfWindow', { [ASSESSMENT_DATE_FIELD]: date, start: window.start, end: window.end }, text),
  ].map(question => ({ ...question, fields: [ASSESSMENT_DATE_FIELD] }))
}
