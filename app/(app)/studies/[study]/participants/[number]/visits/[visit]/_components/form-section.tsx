'use client'

import { useControlId, useFormState } from '@/app/_ui/form'
import { ValueHistory } from '@/app/_ui/value-history'
import { VersionField } from '@/app/_ui/version-field'
import type { Answer } from '@/lib/domain/instruments/instrument'
import { formatMissingReason } from '@/lib/domain/instruments/missing-label'
import type { Settings } from '@/lib/domain/protocol/protocol'
import { FORM_MISSING_REASONS } from '@/lib/domain/shared/missing'
import { formatFormName } from '@/lib/format/answers'
import { describeFormPlace } from '@/lib/schemas/form-key'
import { controlOfItem } from './controls'
import { useEntry } from './entry-state'
import { FormSettingsFields } from './form-settings'
import { ItemField } from './item-field'
import type { LiveForm } from './live-form'
import { OdiScore } from './odi-score'
import { textOf } from './posted'
import { ScorePanel } from './score-panel'
import { TickList } from './tick-list'

/** One form of the visit: head with count and settings, its score where it has one, and its items. */
export function FormSection({
  form,
  isSecond = false,
}: {
  form: LiveForm
  /** Entered a second time: day, contact and source are those of the first entry. */
  isSecond?: boolean
}) {
  const { view, isLive } = useEntry()
  const { definition, controls } = form
  const place = describeFormPlace(form.view)
  const name = [formatFormName(definition), place].filter(Boolean).join(', ')
  const caption = definition.kind === 'instrument' ? captionOf(form, view.settings) : null
  const isOdi = form.view.code === 'odi'
  const ticks = controls.filter(control => control.kind === 'tick')
  const rows = controls.filter(control => control.kind !== 'tick')
  const anchors = rows[0]?.kind === 'scale' ? rows[0].anchors : undefined
  const isDense = rows.length > 4
  const headingId = useControlId(`${form.view.key}.heading`)
  return (
    <section className={isDense ? 'sect odi' : 'sect'} aria-labelledby={headingId} data-form={form.view.key}>
      <div className="sh">
        <h2 id={headingId}>{name}</h2>
        {caption && <span className="ink3">{caption}</span>}
        <span className="r">
          <FormCount form={form} />
        </span>
        <NotDoneForm form={form} name={name} />
      </div>
      <VersionField name={`${form.view.key}.~version`} value={form.view.version} />
      {isOdi ? (
        <OdiScore form={form} />
      ) : (
        definition.kind === 'instrument' && <ScorePanel form={form} instrument={definition.instrument} />
      )}
      <div className="qh" aria-hidden="true">
        <span>{isOdi ? 'Section' : 'Item'}</span>
        <span>
          <span>{anchors?.[0]}</span>
          <span>{anchors?.[1]}</span>
        </span>
        <span className="last">Last</span>
        <span />
      </div>
      {rows.map((control, index) => (
        <ItemField
          key={control.code}
          form={form}
          control={control}
          headAnchors={anchors}
          {...(isOdi ? { ordinal: index + 1 } : {})}
        />
      ))}
      {ticks.length > 0 && <TickList form={form} ticks={ticks} />}
      <div className="extras">
        {definition.kind === 'instrument' && <TotalField form={form} />}
        <TwoMarked form={form} />
        {!isSecond && <FormSettingsFields form={form} name={name} />}
      </div>
      {definition.kind === 'plan' && isLive && controls.length < definition.plan.fields.length && (
        <p className="note">Some fields appear with other answers.</p>
      )}
    </section>
  )
}

function captionOf({ definition }: LiveForm, settings: Settings): string | null {
  if (definition.kind !== 'instrument') return null
  const { version } = definition.instrument
  return definition.instrument.caption(settings) ?? (version && `version ${version}`)
}

/** How many items have an answer or a reason; and what the grey underline is. */
function FormCount({ form }: { form: LiveForm }) {
  if (form.notDone) return <>Not done</>
  const { controls, answers, view } = form
  const of = (isCounted: (answer: Answer) => boolean, kind?: 'tick') =>
    controls.filter(control => {
      const answer = answers[control.code]
      return answer !== undefined && (!kind || control.kind === kind) && isCounted(answer)
    }).length
  const notDone = of(answer => 'missing' in answer)
  const ticked = of(answer => 'value' in answer && answer.value === 1, 'tick')
  const hasTicks = controls.some(control => control.kind === 'tick')
  const text = [
    `${form.answeredCount} of ${form.askedCount}`,
    hasTicks && `${ticked} ticked`,
    notDone > 0 && `${notDone} not done`,
  ]
    .filter(Boolean)
    .join(', ')
  return <>{view.last ? `${text}; underlined: answer at ${view.last.visitName.toLowerCase()}` : text}</>
}

/** The whole form was not done, and why. */
function NotDoneForm({ form, name }: { form: LiveForm; name: string }) {
  const { start, sent } = useEntry()
  const field = `${form.view.key}.~notDone`
  const id = useControlId(field)
  const error = useFormState().errors[field]
  return (
    <span className="whole">
      <ValueHistory name={`${name}, not done`} changes={form.view.history['~notDone'] ?? []} />
      <select
        key={`${field}-${sent}`}
        id={id}
        className={form.notDone ? '' : 'quiet'}
        name={field}
        defaultValue={textOf(start, field)}
        aria-label={`${name}: whole form not done, reason`}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? `${id}-error` : undefined}
      >
        <option value="">Form not done…</option>
        {FORM_MISSING_REASONS.map(reason => (
          <option key={reason} value={reason}>
            {formatMissingReason(reason)}
          </option>
        ))}
      </select>
      {error && (
        <small id={`${id}-error`} className="t-danger" data-problem="error">
          {error}
        </small>
      )}
    </span>
  )
}

/** A total without its items, where the study takes one. */
function TotalField({ form }: { form: LiveForm }) {
  const { view, start } = useEntry()
  const total = form.definition.kind === 'instrument' ? form.definition.instrument.total(view.settings) : null
  if (!total) return null
  const isOpen = textOf(start, `${form.view.key}.${total.code}`) !== '' || total.code in form.problems
  return (
    <details className="extra" open={isOpen || undefined}>
      <summary>Only the total is known</summary>
      <ItemField form={form} control={controlOfItem(total)} />
    </details>
  )
}

/** Of which items two boxes were marked on the paper form; the higher is entered. */
function TwoMarked({ form }: { form: LiveForm }) {
  const { start, sent } = useEntry()
  const controls = form.controls.filter(control => control.mayBeTwoMarked)
  if (controls.length === 0) return null
  const nameOf = (code: string) => `${form.view.key}.${code}.twoMarked`
  const isOpen = controls.some(({ code }) => textOf(start, nameOf(code)) !== '')
  return (
    <details className="extra" open={isOpen || undefined}>
      <summary>Two boxes were marked for one item</summary>
      <p className="note">Enter the higher of the two above, and mark the item here.</p>
      <fieldset className="boxes" key={sent}>
        <legend className="vh">Two boxes marked</legend>
        {controls.map(({ code, label }) => (
          <label key={code} className="check">
            <input
              type="checkbox"
              name={nameOf(code)}
              value="yes"
              defaultChecked={textOf(start, nameOf(code)) !== ''}
            />
            {label}
          </label>
        ))}
      </fieldset>
    </details>
  )
}
