import { ValueHistory } from '@/app/_ui/value-history'
import { isFieldShown } from '@/lib/domain/instruments/form'
import { type FormDefinition, findFormDefinition } from '@/lib/domain/instruments/form-definition'
import {
  formatAnswer,
  formatFormName,
  formatItemName,
  formatReason,
  MODE_LABELS,
  SOURCE_LABELS,
} from '@/lib/format/answers'
import { formatScore } from '@/lib/format/scores'
import { describeFormPlace } from '@/lib/schemas/form-key'
import type { FormView, VisitView } from '@/lib/schemas/visit-view'
import { listControls } from './controls'

/** The visit as text: for those who may read it and not enter, and in a locked study. */
export function VisitRecord({ view }: { view: VisitView }) {
  const { lock } = view.study
  const { date, mode, source, before } = view.page
  return (
    <>
      {lock && (
        <p className="formmsg calm">
          <b>Locked</b> by {lock.by}, {lock.at}: {lock.reason}
        </p>
      )}
      <dl className="facts">
        <div>
          <dt>Visit date</dt>
          <dd>
            {date || '–'} <ValueHistory name="visit date" changes={view.visit.history} />
          </dd>
        </div>
        <div>
          <dt>Contact</dt>
          <dd>{MODE_LABELS[mode] ?? '–'}</dd>
        </div>
        <div>
          <dt>Source</dt>
          <dd>{SOURCE_LABELS[source] ?? '–'}</dd>
        </div>
        {before && (
          <div>
            <dt>On this dosing day</dt>
            <dd>{BEFORE_LABELS[before]}</dd>
          </div>
        )}
      </dl>
      {view.forms.map(form => (
        <FormRecord key={form.key} view={view} form={form} />
      ))}
    </>
  )
}

function FormRecord({ view, form }: { view: VisitView; form: FormView }) {
  const definition = findFormDefinition({ forms: view.plans }, form.code)
  if (!definition) return null
  const rows = listRows(definition, view, form)
  return (
    <section className="sect" aria-labelledby={`record-${form.key}`}>
      <div className="sh">
        <h2 id={`record-${form.key}`}>
          {formatFormName(definition)}
          {describeFormPlace(form) && `, ${describeFormPlace(form)}`}
        </h2>
        {form.own.date && <span className="ink3">{form.own.date}</span>}
        <span className="r">
          {form.own.notDone
            ? `Not done: ${formatReason(form.own.notDone).toLowerCase()}`
            : form.version === null
              ? 'Nothing entered'
              : describeScores(definition, view, form)}
        </span>
      </div>
      {form.version !== null && <FormFacts view={view} form={form} />}
      {form.version !== null && !form.own.notDone && (
        <table className="record">
          <thead className="vh">
            <tr>
              <th scope="col">Item</th>
              <th scope="col">Answer</th>
              <th scope="col">History</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ code, label }) => (
              <tr key={code}>
                <th scope="row">{label}</th>
                <td>{formatAnswer(definition, code, form.answers[code], view.settings) || '–'}</td>
                <td>
                  <ValueHistory name={label} changes={form.history[code] ?? []} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}

const BEFORE_LABELS: Readonly<Record<string, string>> = {
  yes: 'Before the treatment',
  no: 'After the treatment',
}

/** Day, contact, source and dosing day of one form, each with its history; and what was confirmed of it. */
function FormFacts({ view, form }: { view: VisitView; form: FormView }) {
  const { own, history, confirmed } = form
  const named = (labels: Readonly<Record<string, string>>, text: string, shared: string) =>
    text === 'none' ? '–' : (labels[text || shared] ?? '–')
  const facts = [
    { name: 'Date', text: own.date || view.page.date || '–', setting: '~date' },
    { name: 'Contact', text: named(MODE_LABELS, own.mode, view.page.mode), setting: '~mode' },
    { name: 'Source', text: named(SOURCE_LABELS, own.source, view.page.source), setting: '~source' },
    {
      name: 'Dosing day',
      text: BEFORE_LABELS[own.before || (own.date ? '' : view.page.before)] ?? '–',
      setting: '~before',
    },
    { name: 'Not done', text: own.notDone ? formatReason(own.notDone) : '–', setting: '~notDone' },
  ].filter(({ text, setting }) => text !== '–' || (history[setting] ?? []).length > 0)
  return (
    <dl className="facts">
      {facts.map(({ name, text, setting }) => (
        <div key={setting}>
          <dt>{name}</dt>
          <dd>
            {text} <ValueHistory name={name.toLowerCase()} changes={history[setting] ?? []} />
          </dd>
        </div>
      ))}
      {Object.keys(confirmed).length > 0 && (
        <div>
          <dt>Confirmed</dt>
          <dd>
            {Object.entries(confirmed)
              .map(([key, how]) => `${nameConfirmed(view, form, key)}: ${how}`)
              .join('; ')}
          </dd>
        </div>
      )}
    </dl>
  )
}

/** A key names the check and the values it was about: `workHours:WORK_HOURS=90`. */
function nameConfirmed(view: VisitView, form: FormView, key: string): string {
  const definition = findFormDefinition({ forms: view.plans }, form.code)
  const values = key.slice(key.indexOf(':') + 1)
  return values
    .split(',')
    .map(pair => {
      const [code = '', value] = pair.split('=')
      const name = definition ? formatItemName(definition, code, view.settings) : code
      return value === undefined ? name : `${name} ${value}`
    })
    .join(', ')
}

/** Scores that are computed from the items; those that are items stand in the table. */
function describeScores(definition: FormDefinition, view: VisitView, form: FormView): string | null {
  if (definition.kind !== 'instrument') return null
  const items = new Set(definition.instrument.items(view.settings).map(item => item.code))
  const scores = definition.instrument.score(form.answers, view.settings)
  const shown = definition.instrument.parameters(view.settings).flatMap(parameter => {
    const score = scores[parameter.code]
    if (!score || items.has(parameter.code)) return []
    return `${parameter.label} ${score.kind === 'score' ? formatScore(parameter, score.value) : 'no score'}`
  })
  return shown.join(', ') || null
}

/** What was asked; a total in place of its items. */
function listRows(definition: FormDefinition, view: VisitView, form: FormView) {
  const total = definition.kind === 'instrument' ? definition.instrument.total(view.settings) : null
  if (total && form.answers[total.code]) return [{ code: total.code, label: total.label }]
  return listControls(definition, view.settings).filter(control => {
    const field = definition.kind === 'plan' && definition.plan.fields.find(one => one.code === control.code)
    return !field || isFieldShown(definition.plan, field, form.answers)
  })
}
