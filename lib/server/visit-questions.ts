import type { Confirmation } from '@/db/schema/record-columns'
import { formatDay } from '@/lib/domain/checks/day-text'
import { checkSoft, listUnconfirmed } from '@/lib/domain/checks/soft'
import { ASSESSMENT_DATE_FIELD, type SoftQuestion } from '@/lib/domain/checks/soft-rule'
import { listFreeText } from '@/lib/domain/instruments/form-definition'
import type { Question } from '@/lib/domain/shared/errors'
import type { EntryForm } from './entry-forms'
import { PAGE } from './typed-assessment'
import type { VisitEntry } from './visit-entry'

/** Asks of each touched form what the soft checks find, and tells what was confirmed of it. */
export function askAboutForms(
  entry: VisitEntry,
  touched: readonly EntryForm[],
  confirmedKeys: readonly string[],
): {
  unanswered: readonly Question[]
  confirmations: Readonly<Record<string, Record<string, Confirmation>>>
} {
  const confirmations: Record<string, Record<string, Confirmation>> = {}
  const unanswered = new Map<string, Question>()
  for (const form of touched) {
    const questions = askAboutForm(entry, form, touched)
    const earlier = Object.entries(form.stored?.confirmations ?? {}).flatMap(([key, how]) =>
      how === 'asMarked' ? key : [],
    )
    const open = listUnconfirmed(questions, [...earlier, ...confirmedKeys])
    for (const question of open) unanswered.set(question.key, question)
    const given = questions.filter(question => confirmedKeys.includes(question.key))
    confirmations[form.key] = Object.fromEntries(given.map(question => [question.key, 'asMarked' as const]))
    if (form.asksBefore) unanswered.set('dosingDay', askDosingDay(form))
  }
  return { unanswered: [...unanswered.values()], confirmations }
}

function askAboutForm(
  entry: VisitEntry,
  form: EntryForm,
  forms: readonly EntryForm[],
): readonly SoftQuestion[] {
  const { windowStart, windowEnd } = entry.scheduled
  const questions = checkSoft({
    form: form.code,
    answers: form.assessment.answers,
    settings: entry.protocol.settings,
    date: form.assessment.assessmentDate,
    window: windowStart && windowEnd ? { start: windowStart, end: windowEnd } : null,
    doseDates: entry.doses.map(dose => dose.date),
    beforeTreatment: form.assessment.beforeTreatment === true,
    freeText: listFreeText(form.definition),
    others: Object.fromEntries(
      forms.filter(other => other !== form).map(other => [other.code, other.assessment.answers]),
    ),
  })
  const dateField = form.hasOwnDate ? `${form.key}.~date` : `${PAGE}.date`
  return questions.map(question => ({
    ...question,
    fields: question.fields.map(field =>
      field === ASSESSMENT_DATE_FIELD ? dateField : `${form.key}.${field}`,
    ),
  }))
}

function askDosingDay(form: EntryForm): Question {
  const date = form.assessment.assessmentDate
  const day = date === null ? 'This' : formatDay(date)
  return {
    code: 'dosingDay',
    fields: [form.hasOwnDate ? `${form.key}.~before` : `${PAGE}.before`],
    text: `${day} is a dosing day. Choose whether the assessment was before or after the treatment.`,
  }
}
