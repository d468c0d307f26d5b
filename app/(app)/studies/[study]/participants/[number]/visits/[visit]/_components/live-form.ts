import { checkSoft } from '@/lib/domain/checks/soft'
import { listOtherForms } from '@/lib/domain/checks/soft-others'
import type { SoftQuestion } from '@/lib/domain/checks/soft-rule'
import { isFieldShown } from '@/lib/domain/instruments/form'
import {
  type FormDefinition,
  findFormDefinition,
  listDateFields,
  listFreeText,
  parseTypedForm,
} from '@/lib/domain/instruments/form-definition'
import type { Answers } from '@/lib/domain/instruments/instrument'
import { deriveOdiFigures, type OdiFigures } from '@/lib/domain/instruments/odi-figures'
import type { Settings } from '@/lib/domain/protocol/protocol'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { FormView, VisitView } from '@/lib/schemas/visit-view'
import { type Control, listControls } from './controls'
import { type Posted, rawOf, readDate, textOf } from './posted'

/** One form as it stands in the browser: read by the same rules that the server will apply. */
export interface LiveForm {
  readonly view: FormView
  readonly definition: FormDefinition
  /** Those to be drawn. Without JavaScript fields that hang on others are among them: nothing could bring them up. */
  readonly controls: readonly Control[]
  /** How many are asked under the answers so far. */
  readonly askedCount: number
  readonly answers: Answers
  /** Error text by item. */
  readonly problems: Readonly<Record<string, string>>
  readonly questions: readonly SoftQuestion[]
  readonly notDone: boolean
  readonly hasOwnDate: boolean
  readonly date: CalendarDate | null
  readonly answeredCount: number
  /** Of the ODI alone. */
  readonly odi: OdiFigures | null
}

export function readLiveForms(view: VisitView, posted: Posted, isLive: boolean): readonly LiveForm[] {
  const read = view.forms.flatMap(form => readLiveForm(view, form, posted, isLive) ?? [])
  return read.map(form => ({ ...form, questions: askLive(view, form, read, posted) }))
}

/** Those whose boxes were confirmed when the page was drawn, whichever of its forms has kept it. */
function listStoredConfirmations(view: VisitView): ReadonlySet<string> {
  return new Set(view.forms.flatMap(form => Object.keys(form.confirmed)))
}

function readLiveForm(view: VisitView, form: FormView, posted: Posted, isLive: boolean): LiveForm | null {
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
  const all = listControls(definition, view.settings)
  const shown = all.filter(control => isShown(definition, control.code, answers, view.settings))
  // A box of a form that was filled in is no question of its own: left blank it is not ticked.
  const asked = shown.filter(control => control.kind !== 'tick')
  // A field that has just been hidden is no longer on the page, and with it what was wrong there.
  const hidden = isLive ? all.filter(control => !shown.includes(control)).map(({ code }) => code) : []
  const ownDate = textOf(posted, `${form.key}.~date`)
  return {
    view: form,
    definition,
    controls: isLive ? shown : all,
    askedCount: asked.length,
    answers,
    problems: Object.fromEntries(Object.entries(problems).filter(([code]) => !hidden.includes(code))),
    questions: [],
    notDone: textOf(posted, `${form.key}.~notDone`) !== '',
    hasOwnDate: ownDate !== '',
    date: readDate(ownDate || textOf(posted, '~visit.date')),
    odi: form.code === 'odi' ? deriveOdiFigures(answers, view.settings) : null,
    answeredCount: asked.filter(control => control.code in answers).length,
  }
}

function isShown(definition: FormDefinition, code: string, answers: Answers, settings: Settings): boolean {
  if (definition.kind === 'instrument') {
    const item = definition.instrument.items(settings).find(one => one.code === code)
    return item?.type === 'tick' || item?.isAsked?.(answers) !== false
  }
  const field = definition.plan.fields.find(one => one.code === code)
  return field !== undefined && isFieldShown(definition.plan, field, answers)
}

function asPlaced({ view, answers }: LiveForm) {
  const { code, key, location, laterality } = view
  return { form: code, key, location, laterality, answers }
}

function askLive(
  view: VisitView,
  form: LiveForm,
  all: readonly LiveForm[],
  posted: Posted,
): readonly SoftQuestion[] {
  const isEntered = Object.keys(form.answers).length > 0 || form.notDone
  if (!isEntered) return []
  const confirmed = listStoredConfirmations(view)
  const { windowStart, windowEnd } = view.visit
  const own = textOf(posted, `${form.view.key}.~before`)
  const before = own || (form.hasOwnDate ? '' : textOf(posted, '~visit.before'))
  return checkSoft({
    form: form.view.code,
    answers: form.answers,
    settings: view.settings,
    date: form.date,
    window: windowStart && windowEnd ? { start: windowStart, end: windowEnd } : null,
    doseDates: view.participant.doses.map(dose => dose.date),
    beforeTreatment: before === 'yes',
    freeText: listFreeText(form.definition),
    others: listOtherForms(asPlaced(form), all.map(asPlaced)),
    last: form.view.last,
    neighbours: form.hasOwnDate ? { before: null, after: null } : view.neighbours,
    checks: view.checks,
    medication: view.medication,
    dateFields: listDateFields(form.definition),
    today: view.today,
    awaitsDose: view.awaitsDose,
  }).filter(question => !confirmed.has(question.key))
}
