import type { CohortParticipant } from '@/lib/domain/outcomes/cohort-data'
import { type EventState, type Moment, placeAgainstSecondDose } from '@/lib/domain/outcomes/second-dose'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'

type Events = Pick<CohortParticipant, 'doses' | 'rescues' | 'crossovers'>

/**
 * Whether a participant has had an event to which an analysis view may give its own rule: a second dose, a rescue by
 * the protocol's rule (surgery among them by default), or a crossover to the treatment of another arm.
 * Source: clinical.md §3, intercurrent events. Example: one dose and no rescue → false.
 */
export function hasIntercurrentEvent({ doses, rescues, crossovers = [] }: Events): boolean {
  return doses.length > 1 || rescues.length > 0 || crossovers.length > 0
}

/**
 * Where a moment lies against the first intercurrent event. On the day of a second dose or crossover it is after it, unless recorded
 * as before treatment; a rescue counts from the day after it, as in rules that ask for no intervention. `after` is
 * certain, and wins. Missing rule: where the moment, or an event that would decide, has no date → `unknown`: neither
 * strategy takes such a value for one before the event.
 * Source: clinical.md §3, intercurrent events. Example: rescue 2024-06-01, value of 2024-06-02 → `after`.
 */
export function placeAgainstEvents(events: Events, moment: Moment): EventState {
  if (!hasIntercurrentEvent(events)) return 'before'
  const { date, beforeTreatment } = moment
  if (date === null) return 'unknown'
  const { rescues, crossovers = [] } = events
  const dose = placeAgainstSecondDose(events, moment)
  const isCrossed = (on: CalendarDate) => (beforeTreatment ? on < date : on <= date)
  if (
    dose === 'after' ||
    rescues.some(({ day }) => day !== null && day < date) ||
    crossovers.some(crossover => crossover.date !== null && isCrossed(crossover.date))
  ) {
    return 'after'
  }
  const isOpen =
    rescues.some(({ day }) => day === null) || crossovers.some(crossover => crossover.date === null)
  return dose === 'unknown' || isOpen ? 'unknown' : 'before'
}
