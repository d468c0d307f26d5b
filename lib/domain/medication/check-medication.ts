import { formatDay } from '@/lib/domain/checks/day-text'
import type { FieldProblem, FieldProblemCode } from '@/lib/domain/checks/field-problem'
import type { Answers } from '@/lib/domain/instruments/instrument'
import { formatPartial } from '@/lib/domain/logs/date-checks'
import type { LogFacts } from '@/lib/domain/logs/log'
import { type Medication, readMedication } from '@/lib/domain/medication/medication'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import { type PartialDate, spanOf } from '@/lib/domain/shared/partial-date'

/**
 * Refuses a medication entry that cannot be: a dose of 0 or less, a start or end after today, an end before the start, a
 * rate that is not continuous, times a day that are lacking or do not apply. A partial date is refused only where no day
 * of it fits; what is not known passes. Errors: one for each field, with the value and what to do.
 * Source: clinical.md §2, analgesic use, and §3, dates. Example: from 2024-05, to 2024-04 → one problem at `CMENDAT`.
 */
export function checkMedication(
  answers: Answers,
  { today }: Pick<LogFacts, 'today'>,
): readonly FieldProblem[] {
  const course = readMedication(answers)
  return [
    ...checkDose(answers, course),
    ...checkTimes(answers, course),
    ...checkFuture(answers, 'CMSTDAT', 'The start', course.from, today),
    ...checkFuture(answers, 'CMENDAT', 'The end', course.to, today),
    ...checkOrder(answers, course),
  ]
}

function problem(answers: Answers, field: string, code: FieldProblemCode, text: string): FieldProblem[] {
  const answer = answers[field]
  return [{ field, value: answer && 'value' in answer ? String(answer.value) : '', code, text }]
}

function checkDose(answers: Answers, { dose, unit, frequency }: Medication): FieldProblem[] {
  if (dose !== null && dose <= 0) {
    const text = `Dose is ${dose}, but must be more than 0. Correct it, or clear it and choose why it is missing.`
    return problem(answers, 'CMDOSE', 'outOfRange', text)
  }
  if (unit !== 'µg/h' || frequency === null || frequency === 'continuous') return []
  const text = 'Unit is µg/h, the rate of a patch or pump. Choose another unit, or “Continuous” as how often.'
  return problem(answers, 'CMDOSU', 'notAChoice', text)
}

function checkTimes(answers: Answers, { timesADay, frequency }: Medication): FieldProblem[] {
  const answered = answers.CMTIMES !== undefined
  if (frequency === 'continuous' && timesADay !== null) {
    const text = 'Times a day do not apply to what is given continuously. Clear them, or correct how often.'
    return problem(answers, 'CMTIMES', 'notShown', text)
  }
  if (frequency === null || frequency === 'continuous' || answered) return []
  const text =
    'Times a day are needed. Enter how many doses a day were actually taken, or choose why it is missing.'
  return problem(answers, 'CMTIMES', 'required', text)
}

function checkFuture(
  answers: Answers,
  field: string,
  label: string,
  date: PartialDate | null,
  today: CalendarDate,
): FieldProblem[] {
  if (date === null || spanOf(date).first <= today) return []
  const remedy = field === 'CMENDAT' ? 'Record the medication as ongoing' : 'Correct the date'
  const text = `${label} (${formatPartial(date)}) is after today at the site (${formatDay(today)}). ${remedy}.`
  return problem(answers, field, 'dateInFuture', text)
}

function checkOrder(answers: Answers, { from, to }: Medication): FieldProblem[] {
  if (from === null || to === null || spanOf(to).last >= spanOf(from).first) return []
  const text = `The end (${formatPartial(to)}) is before the start (${formatPartial(from)}). Correct one of the two.`
  return problem(answers, 'CMENDAT', 'dateOrder', text)
}
