'use client'

import { FieldErrorText, type Option } from '@/app/_ui/fields'
import { useControlId, useFormState } from '@/app/_ui/form'
import { LABEL_PREFIX } from '@/lib/schemas/form-state'

/** The forms of a visit, any number of them; a refusal brings back what was ticked. */
export function FormChoice({ options }: { options: readonly Option[] }) {
  const state = useFormState()
  const id = useControlId('forms')
  const error = state.errors.forms
  const chosen = state.values.forms ?? []
  return (
    <fieldset className="fld" id={id} key={state.sent} aria-describedby={error && `${id}-error`}>
      <legend>Forms</legend>
      <input type="hidden" name={`${LABEL_PREFIX}forms`} value="Forms" />
      <div className="choices">
        {options.map(({ value, label }) => (
          <label key={value} className="check">
            <input type="checkbox" name="forms" value={value} defaultChecked={chosen.includes(value)} />
            {label}
          </label>
        ))}
      </div>
      <FieldErrorText id={id} error={error} />
    </fieldset>
  )
}
