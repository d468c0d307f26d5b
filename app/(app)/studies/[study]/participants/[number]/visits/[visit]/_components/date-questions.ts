import { ASSESSMENT_DATE_FIELD, type SoftQuestion } from '@/lib/domain/checks/soft-rule'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import { formatDate } from '@/lib/format/dates'
import type { VisitView } from '@/lib/schemas/visit-view'
import type { LiveForm } from './live-form'
import { type Posted, textOf } from './posted'

export function isDateQuestion(question: SoftQuestion): boolean {
  return question.fields.includes(ASSESSMENT_DATE_FIELD)
}

/** A treatment was given on that day. */
export function isOnDosingDay(view: VisitView, date: CalendarDate | null): boolean {
  return date !== null && view.participant.doses.some(dose => dose.date === date)
}

/** Controls that still have to say whether a form of a dosing day was before or after the dose, each with the question. */
export function listDosingDayQuestions(
  view: VisitView,
  forms: readonly LiveForm[],
  posted: Posted,
): ReadonlyMap<string, string> {
  const questions = new Map<string, string>()
  for (const { view: form, hasOwnDate, date, answeredCount, notDone } of forms) {
    if (date === null || answeredCount === 0 || notDone || !isOnDosingDay(view, date)) continue
    const own = `${form.key}.~before`
    const name = hasOwnDate ? own : '~visit.before'
    if (textOf(posted, name) !== '' || textOf(posted, own) !== '') continue
    questions.set(
      name,
      `${formatDate(date)} is a dosing day. Choose whether the assessment was before or after the treatment.`,
    )
  }
  return questions
}
