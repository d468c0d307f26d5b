import { addDays, addMonths, type CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { DemoTimeline } from './timeline'

/** A form as its controls are filled in: control → texts. */
export type DemoAnswers = Readonly<Record<string, readonly string[]>>

/** One entry of a log, which is named as in its address. */
export interface DemoEntry {
  readonly log: string
  readonly answers: DemoAnswers
}

/** Medical history: term, years before consent in which it began, whether it is still present. */
const CONDITIONS: Readonly<Record<string, readonly (readonly [string, number, boolean])[]>> = {
  'MEL-001': [['Hypertension', 6, true]],
  'MEL-003': [
    ['Hypothyroidism', 12, true],
    ['Wrist fracture', 9, false],
  ],
  'MEL-006': [
    ['Type 2 diabetes', 8, true],
    ['Gastro-oesophageal reflux', 5, true],
  ],
  'MEL-009': [['Seasonal rhinitis', 15, true]],
}

/** Conditions of before consent; a start is known to the year. */
export function deriveDemoConditions(number: string, consent: CalendarDate): readonly DemoEntry[] {
  const year = Number(consent.slice(0, 4))
  return (CONDITIONS[number] ?? []).map(([term, yearsBefore, isOngoing]) => ({
    log: 'conditions',
    answers: {
      TERM: [term],
      SINCE: [String(year - yearsBefore)],
      ONGOING: [isOngoing ? 'yes' : 'no'],
      ...(isOngoing ? {} : { ENDED: [String(year - yearsBefore + 1)] }),
    },
  }))
}

/** Who was sought in vain for the visit at 9 months, and came late to the one at 3 months. */
const HARD_TO_REACH = 'MEL-007'

/** Who is booked for the visit at 24 months. */
const BOOKED = 'MEL-006'

const FOLLOW_UP_MONTHS = 24

/** Attempts to reach a participant for the visit that was missed, a visit out of its window, the next visit booked. */
export function deriveDemoFollowUp(number: string, days: DemoTimeline): readonly DemoEntry[] {
  if (number === BOOKED) return [bookNext(days)]
  if (number !== HARD_TO_REACH) return []
  return [
    {
      log: 'deviations',
      answers: {
        KIND: ['visitOutOfWindow'],
        VISIT: ['M3'],
        DATE: [days.visits.M3],
        CLASS: ['minor'],
        DESCRIPTION: ['The visit at 3 months took place after its window.'],
        CAUSE: ['The participant was travelling.'],
        ACTION: ['Values kept and marked. Later visits are booked earlier in their windows.'],
        REPORTED: ['no'],
      },
    },
    {
      log: 'contacts',
      answers: {
        DATE: [addDays(days.visits.M9, 2)],
        TIME: ['10:15'],
        VISIT: ['M9'],
        HOW: ['phone'],
        RESULT: ['noAnswer'],
      },
    },
    {
      log: 'contacts',
      answers: {
        DATE: [addDays(days.visits.M9, 9)],
        TIME: ['16:40'],
        VISIT: ['M9'],
        HOW: ['textMessage'],
        RESULT: ['messageLeft'],
      },
    },
  ]
}

function bookNext({ dayZero }: DemoTimeline): DemoEntry {
  return {
    log: 'appointments',
    answers: {
      VISIT: ['M24'],
      DATE: [addMonths(dayZero, FOLLOW_UP_MONTHS)],
      TIME: ['09:30'],
      PLACE: ['Clinic'],
      MODE: ['clinic'],
      STATUS: ['booked'],
    },
  }
}
