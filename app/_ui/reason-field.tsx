'use client'

import { SelectField, TextField } from './fields'

/** Reasons that fit most changes; anything else is written. */
const REASONS = [
  'Typing error',
  'Source document corrected',
  'Value found later in the source',
  'Entered for the wrong visit or participant',
  'Answer to a query',
] as const

/** Why a stored value changes: picked from the list, or written. One of the two is needed. */
export function ReasonField({
  label = 'Reason for the change',
  reasons = REASONS,
}: {
  label?: string
  reasons?: readonly string[]
}) {
  return (
    <div className="reason">
      <SelectField
        name="reason"
        label={label}
        options={reasons.map(text => ({ value: text, label: text }))}
      />
      <TextField name="reasonText" label="Other, or details" size={40} />
    </div>
  )
}
