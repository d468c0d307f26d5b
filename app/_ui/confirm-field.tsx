'use client'

import { FieldErrorText, useField } from './fields'

/** What cannot be undone, and the box that says that it is done all the same. */
export function ConfirmField({ what, label }: { what: string; label: string }) {
  const field = useField('confirmed', null)
  return (
    <div className="fld">
      <p className="note">{what}</p>
      <label className="check" key={field.key}>
        <input
          id={field.id}
          type="checkbox"
          name="confirmed"
          value="yes"
          defaultChecked={field.value === 'yes'}
          aria-invalid={field.error ? true : undefined}
          aria-describedby={field.error ? `${field.id}-error` : undefined}
        />
        {label}
      </label>
      <FieldErrorText id={field.id} error={field.error} />
    </div>
  )
}
