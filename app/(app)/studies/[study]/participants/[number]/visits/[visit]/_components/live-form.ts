import { checkSoft } from '@/lib/domain/checks/soft'
import { ASSESSMENT_DATE_FIELD, type SoftQuestion } from '@/lib/domain/checks/soft-rule'
import { isFieldShown } from '@/lib/domain/instruments/form'
import {
  type FormDefinition,
  findFormDefinition,
  listFreeText,
  parseTypedForm,
} from '@/lib/domain/instruments/form-definition'
import type { Answers } from '@/lib/domain/instruments/instrument'
import { type CalendarDate, parseTypedDate } from '@/lib/domain/shared/calendar-date'
import type { FormView, VisitView } from '@/lib/schemas/visit-view'
import { type Control, listControls } from './controls'
import { type Posted, rawOf, textOf } from './posted'

/** One form as it stands in the browser: read by the same rules that the server will apply. */
export interface LiveForm {
  readonly view: FormView
  readonly definition: FormDefinition
  readonly controls: readonly Control[]
  readonly answers: Answers
  /** Error text by item. */
  readonly problems: Readonly<Record<string, string>>
  readonly questions: readonly SoftQuestion[]
  readonly notDone: boolean
  readonly hasOwnDate: boolean
  readonly date: CalendarDate | null
  readonly answeredCount: number
}

export function readLiveForms(view: VisitView, posted: Posted): readonly LiveForm[] {
  const read = view.forms.flatMap(form => readLiveForm(view, form, posted) ?? [])
  return read.map(form => ({ ...form, questions: askLive(view, form, read, posted) }))
}

function readLiveForm(view: VisitView, form: FormView, posted: Posted): LiveForm | null {
  const definition = findFormDefinition({ forms: view.plans }, form.code)
  if (!definition) return null
  const raw = rawOf(posted, form.key)
  const parsed = parseTypedForm(definition, raw, view.settings)
  const problems = parsed.ok ? {} : Object.fromEntries(parsed.error.map(({ field, text }) => [field, text]))
  // What was refused is left out, so that the rest is still scored and asked about.
  const rest = Object.fromEntries(
    Object.entries(raw).filter(([name]) => !((name.split('.')[0] ?? '') in problems)),
  )
  const again = parsed.ok ? parsed : parseTypedForm(definition, rest, view.settings)
  const answers = again.ok ? again.value : {}
  const controls = listControls(definition, view.settings).filter(control =>
    isShown(definition, control.code, answers),
  )
  const ownDate = textOf(posted, `${form.key}.~date`)
  return {
    view: form,
    definition,
    controls,
    answers,
    problems,
    questions: [],
    notDone: textOf(posted, `${form.key}.~notDone`) !== '',
    hasOwnDate: ownDate !== '',
    date: readDate(ownDate || textOf(posted, '~visit.date')),
    answeredCount: controls.filter(control => control.code in answers).length,
  }
}

function isShown(definition: FormDefinition, code: string, answers: Answers): boolean {
  if (definition.kind === 'instrument') return true
  const field = definition.plan.fields.find(one => one.code === code)
  return field !== undefined && isFieldShown(definition.plan, field, answers)
}

function askLive(
  view: VisitView,
  form: LiveForm,
  others: readonly LiveForm[],
  posted: Posted,
): readonly SoftQuestion[] {
  const isEntered = Object.keys(form.answers).length > 0 || form.notDone
  if (!isEntered) return []
  const { windowStart, windowEnd } = view.visit
  const before = textOf(posted, `${form.view.key}.~before`) || textOf(posted, '~visit.before')
  return checkSoft({
    form: form.view.code,
    answers: form.answers,
    settings: view.settings,
    date: form.date,
    window: windowStart && windowEnd ? { start: windowStart, end: windowEnd } : null,
    doseDates: view.participant.doses.map(dose => dose.date),
    beforeTreatment: before === 'yes',
    freeText: listFreeText(form.definition),
    others: Object.fromEntries(
      others.filter(other => other !== form).map(other => [other.view.code, other.answers]),
    ),
  }).filter(question => !form.view.confirmedKeys.includes(question.key))
}

export function isDateQuestion(question: SoftQuestion): boolean {
  return question.fields.includes(ASSESSMENT_DATE_FIELD)
}

export function readDate(text: string): CalendarDate | null {
  const date = parseTypedDate(text)
  return date.ok ? date.value : null
}

/** The form is dated on a day on which a treatment was given. */
export function isOnDosingDay(view: VisitView, date: CalendarDate | null): boolean {
  return date !== null && view.participant.doses.some(dose => dose.date === date)
}
