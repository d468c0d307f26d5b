import { formatDay } from '@/lib/domain/checks/day-text'
import { ASSESSMENT_DATE_FIELD, ask, type SoftRule } from '@/lib/domain/checks/soft-rule'

/**
 * Asks when a later dose was given within the visit's window and the assessment came after it: the value then
 * follows that dose, though the visit belongs to the time before it. On the dosing day the question falls
 * away when the assessment is recorded as done before treatment. Code `afterLaterDose`.
 * Example: “Check: 20 Apr 2026 is after the second dose (14 Apr 2026), which was given in the window of this
 * visit.”
 */
export const checkDose: SoftRule = ({ date, window, doseDates, beforeTreatment }) => {
  if (date === null || window === null) return []
  const index = doseDates.findLastIndex(
    (dose, position) =>
      position > 0 &&
      dose >= window.start &&
      dose <= window.end &&
      (dose < date || (dose === date && !beforeTreatment)),
  )
  const dose = doseDates[index]
  if (dose === undefined) return []
  const name = index === 1 ? 'second dose' : 'latest dose'
  const relation = dose === date ? 'the day of' : 'after'
  const text = `${formatDay(date)} is ${relation} the ${name} (${formatDay(dose)}), which was given in the window of this visit.`
  const question = ask('afterLaterDose', { [ASSESSMENT_DATE_FIELD]: date, dose }, text)
  return [{ ...question, fields: [ASSESSMENT_DATE_FIELD] }]
}
