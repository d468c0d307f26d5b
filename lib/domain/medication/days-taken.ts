import type { Medication } from '@/lib/domain/medication/medication'
import { type CalendarDate, compareDates, daysBetween } from '@/lib/domain/shared/calendar-date'
import { type DaySpan, spanOf } from '@/lib/domain/shared/partial-date'

/** Of how many days it is certain, and of how many it is possible, that a drug was taken. Equal: it is known. */
export interface DaysTaken {
  readonly fewest: number
  readonly most: number
}

const BEGINNING = '0001-01-01' as CalendarDate
const END = '9999-12-31' as CalendarDate

/**
 * On how many days from `first` to `last` (both included) a course ran. A partial or unknown start lies anywhere in its
 * span, an end likewise but not before the start; ongoing has no end. First and last day of the course count.
 * Missing rule: what is not known widens the range, never decides it.
 * Source: clinical.md §3, dates. Example: from 2024-05, ongoing, in 2024-05-10 … 2024-05-16 → fewest 0, most 7.
 */
export function countDaysTaken(
  course: Pick<Medication, 'from' | 'to' | 'isOngoing'>,
  first: CalendarDate,
  last: CalendarDate,
): DaysTaken {
  const from: DaySpan = course.from ? spanOf(course.from) : { first: BEGINNING, last: END }
  const to = spanOfEnd(course, from)
  // Neither can lie beyond the other: what is known of one narrows what is open of the other.
  const [latestStart = from.last] = [from.last, to.last].toSorted(compareDates)
  const [, earliestEnd = to.first] = [from.first, to.first].toSorted(compareDates)
  return {
    fewest: countOverlap(latestStart, earliestEnd, first, last),
    most: countOverlap(from.first, to.last, first, last),
  }
}

function spanOfEnd(course: Pick<Medication, 'to' | 'isOngoing'>, from: DaySpan): DaySpan {
  if (course.isOngoing === true) return { first: END, last: END }
  return course.to ? spanOf(course.to) : { first: from.first, last: END }
}

function countOverlap(from: CalendarDate, to: CalendarDate, first: CalendarDate, last: CalendarDate): number {
  const start = from > first ? from : first
  const end = to < last ? to : last
  return end < start ? 0 : daysBetween(start, end) + 1
}
