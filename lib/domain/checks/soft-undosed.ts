import { formatDay } from '@/lib/domain/checks/day-text'
import { ASSESSMENT_DATE_FIELD, ask, type SoftCheckInput, type SoftRule } from '@/lib/domain/checks/soft-rule'
import type { Protocol, VisitPlan } from '@/lib/domain/protocol/protocol'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'

/**
 * Asks when a visit that counts from the first dose has a date and no dose is recorded: the dose may be forgotten. Code
 * `noDose`. Missing: no date → no question.
 * Example: “Check: no dose is recorded; this visit counts from the first dose (planned 1 Apr 2025). Record
 * the dose first?”
 */
export const checkUndosed: SoftRule = ({ date, awaitsDose }) => {
  if (date === null || !awaitsDose) return []
  const { planned } = awaitsDose
  const when = planned === null ? '' : ` (planned ${formatDay(planned)})`
  const text = `no dose is recorded; this visit counts from the first dose${when}. Record the dose first?`
  const question = ask('noDose', { [ASSESSMENT_DATE_FIELD]: date, planned: planned ?? 'none' }, text)
  return [{ ...question, fields: [ASSESSMENT_DATE_FIELD] }]
}

/**
 * The dose from which a visit counts and which is not recorded; null: there is one, or the visit counts from another day
 * or comes before the dose. Example: month 1, first treatment as day zero, no dose, none planned → `{ planned: null }`.
 */
export function deriveAwaitedDose(
  protocol: Pick<Protocol, 'dayZero' | 'visits'>,
  visit: Pick<VisitPlan, 'code'>,
  doseCount: number,
  planned: CalendarDate | null,
): NonNullable<SoftCheckInput['awaitsDose']> | null {
  const plan = protocol.visits.find(({ code }) => code === visit.code)
  const isAfter = plan !== undefined && plan.target.value > 0
  return isAfter && protocol.dayZero === 'firstTreatment' && doseCount === 0 ? { planned } : null
}
