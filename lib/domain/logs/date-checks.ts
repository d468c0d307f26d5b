/** Hard checks of dates that logs have in common. A date that is missing or only partly known is judged by what it can be. */
import { formatDay } from '@/lib/domain/checks/day-text'
import type { FieldProblem } from '@/lib/domain/checks/field-problem'
import type { Answers } from '@/lib/domain/instruments/instrument'
import { textOf } from '@/lib/domain/logs/answer-values'
import { readSpan } from '@/lib/domain/logs/partial-days'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'

/** A date field of a log by code and by what it is called in a sentence. */
export interface DateField {
  readonly code: string
  readonly label: string
}

/**
 * Refuses a date of which even the earliest day is after today at the site. No date → none.
 * Example: `2026-05` when the site has 16 Apr 2026 → problem `dateInFuture`.
 */
export function checkNotFuture(answers: Answers, field: DateField, today: CalendarDate): FieldProblem[] {
  const date = textOf(answers, field.code)
  const span = readSpan(date)
  if (date === null || !span || span.first <= today) return []
  const text = `${field.label}: ${formatPartial(date)} is after today at the site (${formatDay(today)}). Correct it.`
  return [{ field: field.code, value: date, code: 'dateInFuture', text }]
}

/**
 * Refuses a date of which even the latest day is before consent. Unknown consent or no date → none.
 * Example: 9 Jan 2025 with consent on 10 Jan 2025 → problem `dateBeforeConsent`.
 */
export function checkNotBeforeConsent(
  answers: Answers,
  field: DateField,
  consentDate: CalendarDate | null,
): FieldProblem[] {
  const date = textOf(answers, field.code)
  const span = readSpan(date)
  if (date === null || !span || consentDate === null || span.last >= consentDate) return []
  const text = `${field.label}: ${formatPartial(date)} is before consent (${formatDay(consentDate)}). Correct it.`
  return [{ field: field.code, value: date, code: 'dateBeforeConsent', text }]
}

/**
 * Refuses an end of which even the latest day is before the earliest of the start. Either missing → none.
 * Example: start 2026-04, end 2026-03 → problem `dateOrder` at the end.
 */
export function checkOrder(answers: Answers, start: DateField, end: DateField): FieldProblem[] {
  const [from, to] = [textOf(answers, start.code), textOf(answers, end.code)]
  const [first, last] = [readSpan(from), readSpan(to)]
  if (!from || !to || !first || !last || last.last >= first.first) return []
  const text = `${end.label}: ${formatPartial(to)} is before “${start.label}” (${formatPartial(from)}). Correct one of the two.`
  return [{ field: end.code, value: to, code: 'dateOrder', text }]
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** A partial date as it stands in a text. Example: `formatPartial('2026-04')` → `'Apr 2026'`. */
export function formatPartial(date: string): string {
  if (date.length === 10) return formatDay(date as CalendarDate)
  const month = date.length === 7 ? MONTHS[Number(date.slice(5)) - 1] : undefined
  return month ? `${month} ${date.slice(0, 4)}` : date
}
