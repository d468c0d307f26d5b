import type { CohortParticipant } from '@/lib/domain/outcomes/cohort-data'
import { type EventState, type Moment, placeAgainstSecondDose } from '@/lib/domain/outcomes/second-dose'

type Events = Pick<CohortParticipant, 'doses' | 'rescues'>

/**
 * Whether a participant has had an event to which an analysis view may give its own rule: a second dose, or a rescue by
 * the protocol's rule (surgery by default). A crossover is the second dose of who crossed over.
 * Source: clinical.md §3, intercurrent events. Example: one dose and no rescue → false.
 */
export function hasIntercurrentEvent({ doses, rescues }: Events): boolean {
  return doses.length > 1 || rescues.length > 0
}

/**
 * Where a moment lies against the first intercurrent event. On the day of a second dose it is after it, unless recorded
 * as before treatment; a rescue counts from the day after it, as in rules that ask for no intervention. `after` is
 * certain, and wins. Missing rule: where the moment, or an event that would decide, has no date → `unknown`: neither
 * strategy takes such a value for one before the event.
 * Source: clinical.md §3, intercurrent events. Example: rescue 2024-06-01, value of 2024-06-02 → `after`.
 */
export function placeAgainstEvents(events: Events, moment: Moment): EventState {
  if (!hasIntercurrentEvent(events)) return 'before'
  const { date } = moment
  if (date === null) return 'unknown'
  const dose = placeAgainstSecondDose(events, moment)
  if (dose === 'after' || events.rescues.some(({ day }) => day !== null && day < date)) return 'after'
  return dose === 'unknown' || events.rescues.some(({ day }) => day === null) ? 'unknown' : 'before'
}
