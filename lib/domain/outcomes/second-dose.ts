import type { CohortParticipant, CohortScore } from '@/lib/domain/outcomes/cohort-data'
import { type Leaf, nullLeaf } from '@/lib/domain/outcomes/leaf'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'

/** Where a moment lies against an event; `unknown`: a date that would decide is not known. */
export type EventState = 'before' | 'after' | 'unknown'

/** When something was measured. Date null: not known. */
export interface Moment {
  readonly date: CalendarDate | null
  /** On the day of a dose: taken before it. */
  readonly beforeTreatment: boolean
}

/**
 * Whether a moment lies after the participant's second dose; on the day itself it counts as after, unless recorded as
 * before treatment (as at baseline). Never given: `before`. Missing rule: a date that would decide is not known →
 * `unknown`. Source: clinical.md §3, intercurrent events.
 * Example: second dose 2024-07-01, value of that day, not said to be before it → `after`.
 */
export function placeAgainstSecondDose(
  participant: Pick<CohortParticipant, 'doses'>,
  { date, beforeTreatment }: Moment,
): EventState {
  if (participant.doses.length < 2) return 'before'
  if (date === null) return 'unknown'
  const isBefore = (dose: CalendarDate) => (beforeTreatment ? dose < date : dose <= date)
  const dated = participant.doses.flatMap(dose => dose.date ?? [])
  const dosesBefore = dated.filter(isBefore).length
  if (dosesBefore >= 2) return 'after'
  const undatedDoses = participant.doses.length - dated.length
  return dosesBefore + undatedDoses >= 2 ? 'unknown' : 'before'
}

/**
 * Whether a value was taken after the participant's second dose, by `placeAgainstSecondDose`. Undefined: no value →
 * `missing`; not known → `undated`. Known only after baseline: to be marked, never contrasted as a subgroup.
 * Source: clinical.md §3, intercurrent events. Example: second dose 2024-07-01, value of 2024-07-02 → true.
 */
export function deriveAfterSecondDose(
  participant: CohortParticipant,
  score: CohortScore | undefined,
): Leaf<'afterSecondDose', boolean> {
  if (score === undefined || score.value === null) return nullLeaf('afterSecondDose', 'missing')
  const state = placeAgainstSecondDose(participant, score)
  return state === 'unknown' ? nullLeaf('afterSecondDose', 'undated') : { afterSecondDose: state === 'after' }
}
