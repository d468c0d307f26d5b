import { formatDay } from '@/lib/domain/checks/day-text'
import type { FieldProblem } from '@/lib/domain/checks/field-problem'
import { ask, type SoftQuestion } from '@/lib/domain/checks/soft-rule'
import type { Answers } from '@/lib/domain/instruments/instrument'
import { textOf } from '@/lib/domain/logs/answer-values'
import type { Log, LogFacts } from '@/lib/domain/logs/log'
import { type CalendarDate, parseCalendarDate } from '@/lib/domain/shared/calendar-date'

/** Stands for a visit that the protocol does not plan. */
const UNSCHEDULED = 'unscheduled'

const MODES = [
  { code: 'clinic', label: 'Clinic' },
  { code: 'phone', label: 'Phone' },
  { code: 'post', label: 'Post' },
  { code: 'video', label: 'Video' },
]

const STATUSES = [
  { code: 'booked', label: 'Booked' },
  { code: 'kept', label: 'Kept' },
  { code: 'cancelled', label: 'Cancelled' },
  { code: 'didNotAttend', label: 'Did not attend' },
]

/** An appointment as far as a worklist needs it. */
export interface Booking {
  /** Code of the visit, or `unscheduled`. */
  readonly visit: string
  readonly date: CalendarDate
  /** `HH:MM` at the site; blank: no time was set. */
  readonly time: string
  readonly place: string
  /** Label of the mode; blank: not said. */
  readonly mode: string
}

/** Appointments for visits: booked, kept, cancelled, not attended. */
export const appointments: Log = {
  code: 'appointments',
  path: 'appointments',
  name: 'Appointments',
  one: 'appointment',
  note: 'The last booking of a visit puts it on the worklist of that day, until the visit is entered or the booking is closed.',
  fields: protocol => [
    {
      code: 'VISIT',
      label: 'Visit',
      type: 'choice',
      choices: [
        ...protocol.visits.map(({ code, name }) => ({ code, label: name })),
        { code: UNSCHEDULED, label: 'Unscheduled' },
      ],
      required: true,
    },
    { code: 'DATE', label: 'Date', type: 'date', required: true },
    { code: 'TIME', label: 'Time', type: 'text', hint: 'At the site, for example 14:30' },
    { code: 'PLACE', label: 'Place', type: 'text' },
    { code: 'MODE', label: 'Mode', type: 'choice', choices: MODES },
    { code: 'STATUS', label: 'Status', type: 'choice', choices: STATUSES, required: true },
    { code: 'NOTE', label: 'Note', type: 'text', long: true },
  ],
  check: checkAppointment,
  ask: askAboutAppointment,
  describe: (answers, protocol) => {
    const code = textOf(answers, 'VISIT') ?? ''
    const visit = protocol.visits.find(plan => plan.code === code)?.name ?? 'Unscheduled'
    const status = STATUSES.find(one => one.code === textOf(answers, 'STATUS'))?.label.toLowerCase()
    return [visit, textOf(answers, 'TIME'), status].filter(Boolean).join(', ')
  },
  orderedBy: 'DATE',
}

/**
 * The live booking of each visit, by code: the last recorded of those whose status is *booked*. Saving a visit leaves the
 * booking as it is; who reads it leaves out that of a visit that has a date, since it was kept or is past.
 * Example: booked for 2 May, then for 9 May → the one of 9 May.
 */
export function deriveBookings(entries: readonly Answers[]): ReadonlyMap<string, Booking> {
  const live = new Map<string, Booking>()
  for (const answers of entries) {
    const date = parseCalendarDate(textOf(answers, 'DATE') ?? '')
    const visit = textOf(answers, 'VISIT') ?? ''
    if (!date || !visit || textOf(answers, 'STATUS') !== 'booked') continue
    const mode = MODES.find(({ code }) => code === textOf(answers, 'MODE'))?.label ?? ''
    const [time, place] = [formatTime(textOf(answers, 'TIME') ?? ''), textOf(answers, 'PLACE') ?? '']
    live.set(visit, { visit, date, time, place, mode })
  }
  return live
}

const TIME = /^([01]?\d|2[0-3]):([0-5]\d)$/

/** Two digits for the hour. */
function formatTime(typed: string): string {
  const parts = TIME.exec(typed)
  return parts ? `${(parts[1] ?? '').padStart(2, '0')}:${parts[2]}` : ''
}

function checkAppointment(answers: Answers, facts: LogFacts): readonly FieldProblem[] {
  const time = textOf(answers, 'TIME') ?? ''
  const date = parseCalendarDate(textOf(answers, 'DATE') ?? '')
  const status = textOf(answers, 'STATUS') ?? ''
  const problems: FieldProblem[] = []
  if (time !== '' && !TIME.test(time)) {
    const text = `Time is “${time}”, but must be hours and minutes from 00:00 to 23:59, for example 14:30.`
    problems.push({ field: 'TIME', value: time, code: 'outOfRange', text })
  }
  if (date === null) return problems
  const at = (code: FieldProblem['code'], text: string) =>
    problems.push({ field: 'DATE', value: date, code, text })
  if ((status === 'kept' || status === 'didNotAttend') && date > facts.today) {
    const text = `${formatDay(date)} is after today at the site (${formatDay(facts.today)}), so nobody has kept or missed it yet. Correct the date or the status.`
    at('dateInFuture', text)
  }
  if (facts.consentDate !== null && date < facts.consentDate) {
    at(
      'outOfRange',
      `${formatDay(date)} is before consent (${formatDay(facts.consentDate)}). Correct the date.`,
    )
  }
  if (status === 'booked' && facts.followUpEnd !== null && date > facts.followUpEnd) {
    const text = `${formatDay(date)} is after the participant left follow-up (${formatDay(facts.followUpEnd)}). Nothing is booked after that day.`
    at('dateAfterFollowUp', text)
  }
  return problems
}

function askAboutAppointment(answers: Answers, facts: LogFacts): readonly SoftQuestion[] {
  const own = deriveBookings([answers]).values().next().value
  if (!own) return []
  const values = { VISIT: own.visit, DATE: own.date }
  const questions: SoftQuestion[] = []
  const window = facts.windows?.[own.visit]
  if (window && (own.date < window.start || own.date > window.end)) {
    const text = `${formatDay(own.date)} is outside the window of this visit (${formatDay(window.start)} to ${formatDay(window.end)}).`
    questions.push(ask('bookedOutsideWindow', values, text))
  }
  if (own.date < facts.today) {
    const text = `${formatDay(own.date)} is past. An appointment that took place is kept, cancelled or not attended.`
    questions.push(ask('bookedInPast', values, text))
  }
  // Each entry by itself: an earlier booking of the same visit on another day is replaced, on the same day it collides.
  const others = facts.others.flatMap(entry => [...deriveBookings([entry]).values()])
  const same = others.find(other => other.date === own.date)
  if (same) {
    const what = facts.protocol.visits.find(plan => plan.code === same.visit)?.name ?? 'Unscheduled visit'
    const when = same.time === '' ? '' : ` at ${same.time}`
    const text = `the participant is booked on ${formatDay(own.date)} already: ${what}${when}.`
    questions.push(ask('bookedTwice', { DATE: own.date, TIME: own.time }, text))
  }
  return questions
}
