import { formatDay } from '@/lib/domain/checks/day-text'
import type { FieldProblem, FieldProblemCode } from '@/lib/domain/checks/field-problem'
import { parseTimeOfDay } from '@/lib/domain/events/site-time'
import { deriveTreatmentEmergence } from '@/lib/domain/events/treatment-emergent'
import { findWarningSigns } from '@/lib/domain/events/warning-signs'
import type { Answers } from '@/lib/domain/instruments/instrument'
import { codesOf, textOf } from '@/lib/domain/logs/answer-values'
import type { LogFacts } from '@/lib/domain/logs/log'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import { type DaySpan, parsePartialDate, spanOf } from '@/lib/domain/shared/partial-date'

/**
 * Hard checks of an adverse event whose single fields are right: dates in the future or out of order, an
 * event that began before consent, grade 5 without death, *no action* beside an action, awareness before the
 * event, and advice to seek care that was not answered though the event names a sign that asks for it. A
 * partial date is refused only where no day of it fits. Unknown dates pass. Errors: one for each field, each
 * with the value and what to do.
 * Source: clinical.md §3, adverse events. Example: grade 5, outcome recovered → one problem at `AEOUT`.
 */
export function checkEvent(answers: Answers, facts: LogFacts): readonly FieldProblem[] {
  return [
    ...checkOnset(answers, facts),
    ...checkEnd(answers, facts),
    ...checkDeath(answers, facts),
    ...checkActions(answers),
    ...checkAwareness(answers, facts),
    ...checkSeekCare(answers, facts),
  ]
}

/** The days that an event's date can stand for; null: unknown, or not answered. */
export function spanOfField(answers: Answers, field: string): DaySpan | null {
  const text = textOf(answers, field)
  const date = text === null ? null : parsePartialDate(text)
  return date === null ? null : spanOf(date)
}

/**
 * Signs in the event's term, description or category that ask for care at once, where it began after a procedure. Grade
 * says how severe the event is: of grade 3 or 4 its pain is severe pain.
 */
export function findSignsAfterProcedure(answers: Answers, facts: LogFacts): readonly string[] {
  const began = textOf(answers, 'AESTDAT')
  if (deriveTreatmentEmergence(began, facts.firstProcedure) === 'no') return []
  const category = textOf(answers, 'AECAT')
  const named = category === 'bleeding' || category === 'fever' ? category : null
  const term = textOf(answers, 'AETERM')
  const isSevere = ['3', '4'].includes(textOf(answers, 'AETOXGR') ?? '')
  const severe = isSevere ? `severe ${category === 'painFlare' ? 'pain' : (term ?? '')}` : null
  return findWarningSigns([term, textOf(answers, 'AEDESC'), named, severe])
}

function problem(answers: Answers, field: string, code: FieldProblemCode, text: string): FieldProblem {
  const answer = answers[field]
  return { field, value: answer && 'value' in answer ? String(answer.value) : '', code, text }
}

function checkFuture(
  answers: Answers,
  field: string,
  label: string,
  facts: LogFacts,
): readonly FieldProblem[] {
  const span = spanOfField(answers, field)
  if (span === null || span.first <= facts.today) return []
  const text = `${label} is ${shown(span)}, which is after today at the site (${formatDay(facts.today)}). Correct the date.`
  return [problem(answers, field, 'dateInFuture', text)]
}

function checkOnset(answers: Answers, facts: LogFacts): readonly FieldProblem[] {
  const future = checkFuture(answers, 'AESTDAT', 'Began', facts)
  const span = spanOfField(answers, 'AESTDAT')
  if (future.length > 0 || span === null) return future
  const { consentDate } = facts
  if (consentDate !== null && span.last < consentDate) {
    const text = `Began ${shown(span)} is before consent on ${formatDay(consentDate)}. Record it in the medical history; if it became worse after consent, enter the day on which it became worse.`
    return [problem(answers, 'AESTDAT', 'outOfRange', text)]
  }
  const death = facts.others.map(other => spanOfField(other, 'DTHDAT')).find(other => other !== null)
  if (!death || span.first <= death.last) return []
  const text = `Began ${shown(span)} is after the death recorded on ${shown(death)}. Correct one of the two.`
  return [problem(answers, 'AESTDAT', 'outOfRange', text)]
}

function checkEnd(answers: Answers, facts: LogFacts): readonly FieldProblem[] {
  const future = checkFuture(answers, 'AEENDAT', 'Ended', facts)
  return future.length > 0 ? future : checkNotBeforeOnset(answers, 'AEENDAT', 'Ended')
}

function checkNotBeforeOnset(answers: Answers, field: string, label: string): readonly FieldProblem[] {
  const began = spanOfField(answers, 'AESTDAT')
  const span = spanOfField(answers, field)
  if (began === null || span === null || span.last >= began.first) return []
  const text = `${label} ${shown(span)} is before the event began, ${shown(began)}. Correct one of the two dates.`
  return [problem(answers, field, 'outOfRange', text)]
}

function checkDeath(answers: Answers, facts: LogFacts): readonly FieldProblem[] {
  const problems = [...checkFuture(answers, 'DTHDAT', 'Date of death', facts)]
  if (problems.length === 0) problems.push(...checkNotBeforeOnset(answers, 'DTHDAT', 'Date of death'))
  if (textOf(answers, 'AETOXGR') !== '5') return problems
  if (textOf(answers, 'AEOUT') !== 'fatal') {
    const text =
      'Grade 5 is death, but the outcome is another. Choose the outcome “Fatal”, or correct the grade.'
    problems.push(problem(answers, 'AEOUT', 'outOfRange', text))
  }
  if (!codesOf(answers, 'AESERCRIT').includes('death')) {
    const field = answers.AESERCRIT === undefined ? 'AESER' : 'AESERCRIT'
    const text = 'Grade 5 is death, but the criterion “Death” is not marked. Mark it, or correct the grade.'
    problems.push(problem(answers, field, 'outOfRange', text))
  }
  return problems
}

function checkActions(answers: Answers): readonly FieldProblem[] {
  const actions = codesOf(answers, 'AEACN')
  if (answers.AEACN !== undefined && actions.length === 0)
    return [
      problem(answers, 'AEACN', 'required', 'Action taken is needed. Mark “None” where there was none.'),
    ]
  if (!actions.includes('none') || actions.length === 1) return []
  return [
    problem(
      answers,
      'AEACN',
      'severalValues',
      'Action taken is “None” beside an action. Keep one of the two.',
    ),
  ]
}

function checkAwareness(answers: Answers, facts: LogFacts): readonly FieldProblem[] {
  if (answers.AESERCRIT !== undefined && codesOf(answers, 'AESERCRIT').length === 0) {
    const text = 'Criteria met is needed. Mark at least one, or answer that no criterion is met.'
    return [problem(answers, 'AESERCRIT', 'required', text)]
  }
  const problems = [...checkFuture(answers, 'AWARE_ON', 'Date of awareness', facts)]
  const day = textOf(answers, 'AWARE_ON') as CalendarDate | null
  const began = spanOfField(answers, 'AESTDAT')
  if (problems.length === 0 && day !== null && began !== null && day < began.first) {
    const text = `Date of awareness ${formatDay(day)} is before the event began, ${shown(began)}. Correct one of the two dates.`
    problems.push(problem(answers, 'AWARE_ON', 'outOfRange', text))
  }
  const time = textOf(answers, 'AWARE_AT')
  if (time !== null && parseTimeOfDay(time) === null) {
    const text = `Time of awareness is “${time}”, but must be a time of day, 24 hours. Write it as 14:05.`
    problems.push(problem(answers, 'AWARE_AT', 'notADate', text))
  }
  return problems
}

function checkSeekCare(answers: Answers, facts: LogFacts): readonly FieldProblem[] {
  if (answers.TOLD_SEEK_CARE !== undefined) return []
  const signs = findSignsAfterProcedure(answers, facts)
  if (signs.length === 0) return []
  const text = `The event names ${signs.join(', ')} after a procedure. Say whether the participant was told to seek care at once.`
  return [problem(answers, 'TOLD_SEEK_CARE', 'required', text)]
}

/** A date as known: a day, or the first and last that it can be. */
function shown({ first, last }: DaySpan): string {
  return first === last ? formatDay(first) : `between ${formatDay(first)} and ${formatDay(last)}`
}
