'use client'

import { useControlId, useFormState } from '@/app/_ui/form'
import { ItemError, ItemRow } from '@/app/_ui/item-row'
import { ScaleField } from '@/app/_ui/scale-field'
import { ValueHistory } from '@/app/_ui/value-history'
import type { Answer } from '@/lib/domain/instruments/instrument'
import { CLEAR_ANSWER } from '@/lib/domain/instruments/raw-answers'
import { UNLIMITED } from '@/lib/domain/instruments/unlimited'
import { formatAnswer } from '@/lib/format/answers'
import { formatValue } from '@/lib/format/numbers'
import type { Control } from './controls'
import { isDateQuestion } from './date-questions'
import { clearChoice, setText } from './entry-focus'
import { useEntry } from './entry-state'
import { ItemQuestion } from './item-question'
import type { LiveForm } from './live-form'
import { textOf } from './posted'

/** One item of a form: its control, the last answer, not done, and what is wrong or asked about it. */
export function ItemField({
  form,
  control,
  ordinal,
  headAnchors,
}: {
  form: LiveForm
  control: Control
  ordinal?: number
  /** Ends of the scale that stand at the head of the form already. */
  headAnchors?: Control['anchors']
}) {
  const { view, start, posted, sent, isLive } = useEntry()
  const name = `${form.view.key}.${control.code}`
  const id = useControlId(name)
  const last = form.view.last?.answers[control.code]
  const isNotDone = textOf(posted, `${name}.missing`) !== ''
  const error = form.problems[control.code]
  // A question about two items stands at the first that it names.
  const questions = form.questions.filter(
    question => !isDateQuestion(question) && question.fields[0] === control.code,
  )
  const describedBy = [error && `${id}-error`, ...questions.map((_, index) => `${id}-check-${index}`)]
    .filter(Boolean)
    .join(' ')
  const previous = last && 'value' in last ? String(last.value) : undefined
  return (
    <ItemRow
      id={id}
      label={control.label}
      ordinal={ordinal}
      note={
        [
          !isLive && control.condition,
          control.kind !== 'scale' && control.hint,
          control.anchors?.join() !== headAnchors?.join() && control.anchors?.join(', '),
        ]
          .filter(Boolean)
          .join('; ') || undefined
      }
      history={<ValueHistory name={control.label} changes={form.view.history[control.code] ?? []} />}
      last={last ? shortAnswer(control, last) : ''}
      lastInWords={last ? formatAnswer(form.definition, control.code, last, view.settings) : undefined}
      control={
        <ControlOf
          key={`${name}-${sent}`}
          control={control}
          name={name}
          id={id}
          texts={start[name] ?? []}
          previous={previous}
          disabled={form.notDone || (isLive && isNotDone)}
          describedBy={describedBy || undefined}
          invalid={error !== undefined}
          isLive={isLive}
        />
      }
      notDone={
        <select
          key={`${name}-${sent}`}
          className={isNotDone ? '' : 'quiet'}
          name={`${name}.missing`}
          defaultValue={textOf(start, `${name}.missing`)}
          disabled={form.notDone}
          aria-label={`${control.label}: not done, reason`}
          onChange={event => {
            if (event.target.value === CLEAR_ANSWER) clearChoice(event.target)
          }}
          // Reached by N, so that Tab goes from question to question.
          tabIndex={isLive && !isNotDone && control.kind === 'scale' ? -1 : undefined}
        >
          <option value="">Not done…</option>
          {control.kind === 'scale' && (control.code in form.answers || textOf(start, name) !== '') && (
            <option value={CLEAR_ANSWER}>Clear the answer</option>
          )}
          {control.missing.map(reason => (
            <option key={reason.value} value={reason.value}>
              {reason.label}
            </option>
          ))}
        </select>
      }
    >
      <StoredValue form={form} code={control.code} isWrong={error !== undefined} />
      {error && <ItemError id={`${id}-error`} text={error} />}
      {questions.map((question, index) => (
        <ItemQuestion
          key={question.key}
          id={`${id}-check-${index}`}
          text={question.text}
          checkKey={question.key}
          posted={posted}
        />
      ))}
    </ItemRow>
  )
}

/** What is stored stays in sight while it is corrected; of a form that was stored anew since, as it was told. */
function StoredValue({ form, code, isWrong }: { form: LiveForm; code: string; isWrong: boolean }) {
  const { settings } = useEntry().view
  const { conflict, values } = useFormState()
  const { key, version } = form.view
  const told = conflict?.storedVersions?.[key] ?? values[`~over.${key}`]?.[0]
  if (told !== undefined && String(told) !== String(version)) {
    const field = conflict?.fields.find(one => one.field === `${key}.${code}`)
    return field ? <p className="was">Stored: {field.stored || 'empty'}</p> : null
  }
  const stored = form.view.answers[code]
  if (!stored) return null
  const show = (answer: Answer | undefined) => formatAnswer(form.definition, code, answer, settings)
  const isSame = show(stored) === show(form.answers[code]) && !isWrong && !form.notDone
  return isSame ? null : <p className="was">Stored: {show(stored)}</p>
}

/** Fits the narrow column: where the choices have words, the number before them. */
function shortAnswer(control: Control, answer: Answer): string {
  if ('missing' in answer) return 'n/d'
  const { value } = answer
  const option = control.options.find(one => one.value === String(value))
  if (option) return option.label === option.value ? option.label : (option.digit ?? option.label)
  return typeof value === 'number' ? formatValue(value) : '…'
}

function ControlOf(props: {
  control: Control
  name: string
  id: string
  texts: readonly string[]
  previous: string | undefined
  disabled: boolean
  describedBy: string | undefined
  invalid: boolean
  isLive: boolean
}) {
  const { control, name, id, texts, disabled } = props
  if (control.kind === 'scale') {
    return (
      <ScaleField
        name={name}
        options={control.options}
        chosen={texts[0]}
        previous={props.previous}
        disabled={disabled}
        firstId={id}
        labelledBy={`${id}-label`}
        describedBy={props.describedBy}
        invalid={props.invalid}
      />
    )
  }
  if (control.kind === 'boxes') {
    return (
      <fieldset className="boxes" aria-labelledby={`${id}-label`}>
        {control.options.map((option, index) => (
          <label key={option.value} className="check">
            <input
              type="checkbox"
              id={index === 0 ? id : undefined}
              name={name}
              value={option.value}
              defaultChecked={texts.includes(option.value)}
              disabled={disabled}
              data-digit={option.digit ?? undefined}
            />
            {option.label}
          </label>
        ))}
      </fieldset>
    )
  }
  const shared = {
    id,
    name,
    defaultValue: texts[0] ?? '',
    disabled,
    'aria-labelledby': `${id}-label`,
    'aria-describedby': props.describedBy,
    'aria-invalid': props.invalid || undefined,
  }
  if (control.kind === 'longText') return <textarea rows={2} {...shared} />
  return (
    <span className="unit">
      <input
        type="text"
        className={control.isNumber ? 'num' : ''}
        inputMode={control.isNumber && !control.mayBeUnlimited ? 'decimal' : 'text'}
        autoComplete="off"
        size={control.isNumber ? 8 : 14}
        data-unlimited={control.mayBeUnlimited || undefined}
        data-today={control.isDate || undefined}
        {...shared}
      />
      {control.unit}
      {control.mayBeUnlimited && props.isLive && (
        <button
          type="button"
          className="btn quiet sm"
          disabled={disabled}
          onClick={event => setText(event.currentTarget.parentElement, UNLIMITED)}
        >
          Unlimited
        </button>
      )}
    </span>
  )
}
