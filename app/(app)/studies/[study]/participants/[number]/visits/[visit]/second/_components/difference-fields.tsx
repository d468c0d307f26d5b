'use client'

import { useControlId, useFormState } from '@/app/_ui/form'
import type { DifferingForm, EntryDifference } from '@/lib/schemas/double-entry'
import { LABEL_PREFIX } from '@/lib/schemas/form-state'

/** The items of one form in which two entries differ, side by side; for each is chosen what holds. */
export function DifferenceFields({ form }: { form: DifferingForm }) {
  return (
    <section className="sect" aria-label={form.name}>
      <div className="sh">
        <h2>{form.name}</h2>
        <span className="ink3">
          first entered by {form.firstBy}, again by {form.secondBy}
        </span>
      </div>
      <input type="hidden" name={`${form.key}.~versions`} value={form.versions} />
      <div className="logfields">
        {form.differences.map(difference => (
          <Difference key={difference.code} form={form} difference={difference} />
        ))}
      </div>
    </section>
  )
}

function Difference({ form, difference }: { form: DifferingForm; difference: EntryDifference }) {
  const name = `${form.key}.${difference.code}`
  const state = useFormState()
  const id = useControlId(name)
  const error = state.errors[name]
  const chosen = state.values[name]?.[0]
  const choices = [
    ['first', `First: ${difference.first}`],
    ['second', `Second: ${difference.second}`],
    ...(difference.third ? [['other', 'Neither; the right value is']] : []),
  ] as const
  return (
    <fieldset
      id={id}
      key={state.sent}
      className="fld"
      aria-describedby={error ? `${id}-error` : undefined}
      data-problem={error ? 'error' : undefined}
    >
      <legend>{difference.label}</legend>
      <input type="hidden" name={`${LABEL_PREFIX}${name}`} value={difference.label} />
      <div className="choices">
        {choices.map(([value, text]) => (
          <label key={value} className="check">
            <input type="radio" name={name} value={value} defaultChecked={chosen === value} />
            {text}
          </label>
        ))}
        {difference.third && <ThirdValue name={name} difference={difference} />}
      </div>
      {error && (
        <small id={`${id}-error`} className="t-danger">
          {error}
        </small>
      )}
    </fieldset>
  )
}

function ThirdValue({ name, difference }: { name: string; difference: EntryDifference }) {
  const state = useFormState()
  const typed = state.values[`${name}~other`]?.[0] ?? ''
  const label = `${difference.label}: the right value`
  const choices = difference.third?.choices
  if (!choices)
    return (
      <input
        type="text"
        name={`${name}~other`}
        defaultValue={typed}
        size={12}
        autoComplete="off"
        aria-label={label}
      />
    )
  return (
    <select name={`${name}~other`} defaultValue={typed} aria-label={label}>
      <option value="">Choose…</option>
      {choices.map(choice => (
        <option key={choice.value} value={choice.value}>
          {choice.label}
        </option>
      ))}
    </select>
  )
}
