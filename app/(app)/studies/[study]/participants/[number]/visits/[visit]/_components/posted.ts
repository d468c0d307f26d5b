import { formatRawAnswers } from '@/lib/domain/instruments/form-definition'
import type { RawAnswers } from '@/lib/domain/instruments/raw-answers'
import { parseCalendarDate } from '@/lib/domain/shared/calendar-date'
import { formatDate } from '@/lib/format/dates'
import type { VisitView } from '@/lib/schemas/visit-view'

/** Everything in the form's controls, by name. */
export type Posted = Readonly<Record<string, readonly string[]>>

/** The controls as the stored visit fills them. */
export function postStored(view: VisitView): Posted {
  const posted: Record<string, readonly string[]> = {}
  const put = (name: string, text: string) => {
    if (text !== '') posted[name] = [text]
  }
  for (const [name, text] of Object.entries(view.page)) put(`~visit.${name}`, text)
  for (const form of view.forms) {
    for (const [name, text] of Object.entries(form.own)) put(`${form.key}.~${name}`, text)
    for (const [name, texts] of Object.entries(formatRawAnswers(form.answers))) {
      posted[`${form.key}.${name}`] = texts.map(showDate)
    }
  }
  return posted
}

/** Dates are shown as they are typed. */
function showDate(text: string): string {
  const date = parseCalendarDate(text)
  return date ? formatDate(date) : text
}

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

const FRAME = new Set(['study', 'number', 'visit', 'goTo', 'reason', 'reasonText'])

function isAnswer(name: string): boolean {
  return (
    !FRAME.has(name) &&
    !/^(_|\$|~confirm|~over|~pick)/.test(name) &&
    !name.endsWith('~version') &&
    name !== '~visit.version'
  )
}
