import type { Answers } from '@/lib/domain/instruments/instrument'
import { textOf } from '@/lib/domain/logs/answer-values'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import { parsePartialDate, spanOf } from '@/lib/domain/shared/partial-date'

/** A contact at which it was asked whether there was any new or changed event. */
export interface EventContact {
  /** Null: not known. */
  readonly date: CalendarDate | null
  /** Null: not answered. */
  readonly any: boolean | null
}

/** An event of the participant, with the days on which follow-up information on it was known. */
export interface KnownEvent {
  readonly answers: Answers
  readonly followedUpOn: readonly CalendarDate[]
}

/**
 * Whether an event is still to be recorded for a contact that was answered with yes: none began, ended or was followed up
 * between the contact before it and this one. Partial dates count where any day of them fits; an unknown onset counts.
 * No earlier contact → any event up to the contact will do. Not answered, answered with no, or undated → false.
 * Source: the adverse-event contacts of clinical.md §1; each event is recorded by itself.
 * Example: yes on 1 Apr, contact before on 1 Mar, only event 3–8 Feb → true.
 */
export function lacksEvent(
  contact: EventContact,
  earlier: readonly EventContact[],
  events: readonly KnownEvent[],
): boolean {
  const { date } = contact
  if (contact.any !== true || date === null) return false
  const before = earlier.flatMap(one => (one.date !== null && one.date < date ? [one.date] : []))
  const since = before.toSorted().at(-1) ?? null
  return !events.some(event => isBetween(event, since, date))
}

function isBetween(
  { answers, followedUpOn }: KnownEvent,
  since: CalendarDate | null,
  until: CalendarDate,
): boolean {
  const onset = parsePartialDate(textOf(answers, 'AESTDAT') ?? '')
  const end = parsePartialDate(textOf(answers, 'AEENDAT') ?? '')
  const spans = [
    ...[onset, end].flatMap(date => (date === null ? [] : [spanOf(date)])),
    ...followedUpOn.map(day => ({ first: day, last: day })),
  ]
  return onset === null || spans.some(({ first, last }) => first <= until && (since === null || last > since))
}
