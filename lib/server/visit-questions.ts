import type { Tx } from '@/db/client'
import { listParticipantAssessments } from '@/db/queries/assessments'
import { listMedications } from '@/db/queries/medications'
import { listVisits } from '@/db/queries/visits'
import { type Confirmation, isConfirmed } from '@/lib/domain/checks/confirmation'
import { formatDay } from '@/lib/domain/checks/day-text'
import { checkSoft, listUnconfirmed } from '@/lib/domain/checks/soft'
import { listOtherForms } from '@/lib/domain/checks/soft-others'
import { ASSESSMENT_DATE_FIELD, type SoftCheckInput, type SoftQuestion } from '@/lib/domain/checks/soft-rule'
import { deriveAwaitedDose } from '@/lib/domain/checks/soft-undosed'
import { deriveNeighbours } from '@/lib/domain/checks/soft-visit-order'
import { listDateFields, listFreeText } from '@/lib/domain/instruments/form-definition'
import type { Medication } from '@/lib/domain/medication/medication'
import type { Question } from '@/lib/domain/shared/errors'
import type { EntryForm } from './entry-forms'
import { findLastAnswers } from './last-answers'
import { PAGE } from './typed-assessment'
import type { VisitEntry } from './visit-entry'

/** What the checks compare a form with: the page's other forms, earlier answers and the days of the other visits. */
export interface Surroundings {
  readonly forms: readonly EntryForm[]
  readonly last: (form: EntryForm) => SoftCheckInput['last']
  readonly neighbours: SoftCheckInput['neighbours']
  readonly medication: readonly Medication[]
}

export function readSurroundings(tx: Tx, entry: VisitEntry, forms: readonly EntryForm[]): Surroundings {
  const { participant, protocol, plan } = entry
  const all = listParticipantAssessments(tx, participant.id)
  const dated = listVisits(tx, participant.id).map(({ code, visitDate }) => ({ code, date: visitDate }))
  return {
    forms,
    last: form => findLastAnswers(entry, form, all),
    neighbours: deriveNeighbours(protocol.visits, dated, plan.code),
    medication: listMedications(tx, participant.id),
  }
}

/** Asks of each touched form what the soft checks find, and tells what was confirmed of it. */
export function askAboutForms(
  entry: VisitEntry,
  surroundings: Surroundings,
  given: Readonly<Record<string, Confirmation>>,
): {
  unanswered: readonly Question[]
  confirmations: Readonly<Record<string, Record<string, Confirmation>>>
} {
  const { forms } = surroundings
  const confirmations: Record<string, Record<string, Confirmation>> = {}
  const unanswered = new Map<string, Question>()
  const earlier = forms.flatMap(form =>
    Object.entries(form.stored?.confirmations ?? {}).flatMap(([key, how]) => (isConfirmed(how) ? key : [])),
  )
  const touched = forms.filter(form => form.isTouched)
  const asked = forms.flatMap(form =>
    askAboutForm(entry, form, surroundings).map(question => ({ form, question })),
  )
  for (const form of touched) {
    // A question that names two forms is asked when either was touched, and its answer kept with one that was.
    const own = asked.filter(one => one.form === form || (!one.form.isTouched && names(one.question, form)))
    const questions = own.map(({ question }) => question)
    for (const question of listUnconfirmed(questions, [...earlier, ...Object.keys(given)]))
      unanswered.set(question.key, question)
    confirmations[form.key] = Object.fromEntries(
      questions.flatMap(({ key }) => (given[key] ? [[key, given[key]]] : [])),
    )
    if (form.asksBefore) unanswered.set('dosingDay', askDosingDay(form))
  }
  return { unanswered: [...unanswered.values()], confirmations }
}

function names(question: SoftQuestion, form: EntryForm): boolean {
  return question.fields.some(field => field.startsWith(`${form.key}.`))
}

function asPlaced({ code, key, location, laterality, assessment }: EntryForm) {
  return { form: code, key, location, laterality, answers: assessment.answers }
}

function askAboutForm(entry: VisitEntry, form: EntryForm, around: Surroundings): readonly SoftQuestion[] {
  const { windowStart, windowEnd } = entry.scheduled
  const { protocol } = entry
  const questions = checkSoft({
    form: form.code,
    answers: form.assessment.answers,
    settings: protocol.settings,
    date: form.assessment.assessmentDate,
    window: windowStart && windowEnd ? { start: windowStart, end: windowEnd } : null,
    doseDates: entry.doses.map(dose => dose.date),
    beforeTreatment: form.assessment.beforeTreatment === true,
    freeText: listFreeText(form.definition),
    others: listOtherForms(asPlaced(form), around.forms.map(asPlaced)),
    last: around.last(form),
    neighbours: form.hasOwnDate ? { before: null, after: null } : around.neighbours,
    checks: protocol.checks ?? [],
    medication: around.medication,
    dateFields: listDateFields(form.definition),
    today: entry.today,
    awaitsDose: deriveAwaitedDose(protocol, entry.plan, entry.doses.length, entry.participant.plannedDayZero),
  })
  const dateField = form.hasOwnDate ? `${form.key}.~date` : `${PAGE}.date`
  return questions.map(question => ({
    ...question,
    fields: question.fields.map(field =>
      field === ASSESSMENT_DATE_FIELD ? dateField : field.includes('.') ? field : `${form.key}.${field}`,
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
