import { nameKey, readConfirmation } from '@/lib/domain/checks/confirmation'
import type { RawAnswers } from '@/lib/domain/instruments/raw-answers'
import { type CalendarDate, parseTypedDate } from '@/lib/domain/shared/calendar-date'

/** Everything in the form's controls, by name. */
export type Posted = Readonly<Record<string, readonly string[]>>

/** What the controls of one form hold, by item. */
export function rawOf(posted: Posted, key: string): RawAnswers {
  const raw: Record<string, readonly string[]> = {}
  for (const [name, texts] of Object.entries(posted)) {
    if (name.startsWith(`${key}.`) && !name.startsWith(`${key}.~`)) raw[name.slice(key.length + 1)] = texts
  }
  return raw
}

export function textOf(posted: Posted, name: string): string {
  return posted[name]?.[0]?.trim() ?? ''
}

/** Keys of the questions that are confirmed; with a reason in one's own words once that is written. */
export function listConfirmed(posted: Posted): readonly string[] {
  return (posted['~confirm.keys'] ?? [])
    .filter(text => text !== '')
    .map(readConfirmation)
    .filter(({ reason, key }) => reason !== 'other' || textOf(posted, `~note.${nameKey(key)}`) !== '')
    .map(({ key }) => key)
}

/** A date as typed; null while it is none. */
export function readDate(text: string): CalendarDate | null {
  const date = parseTypedDate(text)
  return date.ok ? date.value : null
}

/** Whether two postings say the same; blank controls and controls of the frame do not count. */
export function isSamePosting(a: Posted, b: Posted): boolean {
  return write(a) === write(b)
}

function write(posted: Posted): string {
  return JSON.stringify(
    Object.entries(posted)
      .filter(([name, texts]) => isAnswer(name) && texts.some(text => text.trim() !== ''))
      .map(([name, texts]) => [name, texts.map(text => text.trim())])
      .toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
  )
}

const FRAME = new Set(['study', 'number', 'visit', 'site', 'goTo', 'reason', 'reasonText'])

function isAnswer(name: string): boolean {
  return (
    !FRAME.has(name) &&
    !/^(_|\$|~confirm|~note|~add|~side|~over|~pick)/.test(name) &&
    !name.endsWith('~version') &&
    name !== '~visit.version'
  )
}
