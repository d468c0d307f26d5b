import type { CohortParticipant, CohortScore } from '@/lib/domain/outcomes/cohort-data'
import { type Leaf, nullLeaf } from '@/lib/domain/outcomes/leaf'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'

/**
 * Whether a value was taken after the participant's second dose; on the day itself it counts as after, unless
 * recorded as before treatment (as at baseline). Never given: false. Undefined: no value → `missing`; a date that
 * would decide is not known → `undated`. Known only after baseline: to be marked, never contrasted as a subgroup.
 * Source: clinical.md §3, intercurrent events. Example: second dose 2024-07-01, value of 2024-07-02 → true.
 */
export function deriveAfterSecondDose(
  participant: CohortParticipant,
  score: CohortScore | undefined,
): Leaf<'afterSecondDose', boolean> {
  if (score === undefined || score.value === null) return nullLeaf('afterSecondDose', 'missing')
  if (participant.doses.length < 2) return { afterSecondDose: false }
  const { date, beforeTreatment } = score
  if (date === null) return nullLeaf('afterSecondDose', 'undated')
  const isBefore = (dose: CalendarDate) => (beforeTreatment ? dose < date : dose <= date)
  const dated = participant.doses.flatMap(dose => dose.date ?? [])
  const dosesBefore = dated.filter(isBefore).length
  if (dosesBefore >= 2) return { afterSecondDose: true }
  const undatedDoses = participant.doses.length - dated.length
  if (dosesBefore + undatedDoses >= 2) return nullLeaf('afterSecondDose', 'undated')
  return { afterSecondDose: false }
}
