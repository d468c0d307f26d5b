'use client'

import { LABEL_PREFIX } from '@/lib/schemas/form-state'
import { describedBy, FieldErrorText, useField } from './fields'
import { useFormState } from './form'

/** Several choices, each ticked or not. A blank value goes with them, so that none ticked is said too. */
export function MultiField(props: {
  name: string
  label: string
  hint?: string
  /** Ticked as long as nothing was sent. */
  values: readonly string[]
  choices: readonly { readonly code: string; readonly label: string }[]
}) {
  const { name, hint } = props
  const field = useField(name, null)
  const state = useFormState()
  const ticked = state.values[name] ?? (state.status === 'refused' ? [] : props.values)
  return (
    <fieldset className="fld" id={field.id} key={field.key} aria-describedby={describedBy(field, hint)}>
      <legend>{props.label}</legend>
      <input type="hidden" name={`${LABEL_PREFIX}${name}`} value={props.label} />
      <input type="hidden" name={name} value="" />
      <div className="choices">
        {props.choices.map(({ code, label }) => (
          <label key={code} className="check">
            <input type="checkbox" name={name} value={code} defaultChecked={ticked.includes(code)} />
            {label}
          </label>
        ))}
      </div>
      {hint && (
        <small id={`${field.id}-hint`} className="ink3">
          {hint}
        </small>
      )}
      <FieldErrorText id={field.id} error={field.error} />
    </fieldset>
  )
}
