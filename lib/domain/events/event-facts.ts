/** What an adverse event says of itself, read from its answers by the codes of its log. */
import type { Answers } from '@/lib/domain/instruments/instrument'
import { boolOf, codesOf, textOf } from '@/lib/domain/logs/answer-values'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'

/**
 * Whether an event is treated as serious: site staff found a criterion, or the investigator judges it so. A judgement of
 * *not serious* does not undo a criterion that was found. Unanswered is not serious.
 * Source: clinical.md §3, adverse events. Example: `{ AESER: { value: true } }` → true.
 */
export function isSerious(answers: Answers): boolean {
  return boolOf(answers, 'AESER') === true || boolOf(answers, 'AESERINV') === true
}

/** An event without the investigator's judgement of seriousness and of both relations. Example: all three given → false. */
export function awaitsJudgement(answers: Answers): boolean {
  return ['AESERINV', 'AERELPR', 'AERELPD'].some(code => answers[code] === undefined)
}

/** Day and time of awareness as typed, at the site; null where no criterion was found. */
export function readAwareness(
  answers: Answers,
): { readonly day: CalendarDate; readonly time: string } | null {
  const day = textOf(answers, 'AWARE_ON')
  const time = textOf(answers, 'AWARE_AT')
  return day === null || time === null ? null : { day: day as CalendarDate, time }
}

/** Whether the event ended in death, by its outcome or by a criterion. Example: `{ AEOUT: { value: 'fatal' } }` → true. */
export function isFatal(answers: Answers): boolean {
  return textOf(answers, 'AEOUT') === 'fatal' || codesOf(answers, 'AESERCRIT').includes('death')
}
