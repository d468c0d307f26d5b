'use client'

import { FieldErrorText, useField } from '@/app/_ui/fields'

/** What the lock has opened, and the box that confirms that the study is unlocked all the same. */
export function ConfirmUnlock({ sights }: { sights: number }) {
  const field = useField('confirmed', null)
  const seen =
    sights === 0
      ? 'Nobody to whom it opened them has seen them yet.'
      : `People to whom it opened them have seen them ${sights === 1 ? '1 time' : `${sights} times`}; the reason will say so, and the cohort page too.`
  return (
    <div className="fld">
      <p className="note">The lock opened results by arm to site roles. {seen}</p>
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
        Change the study again all the same
      </label>
      <FieldErrorText id={field.id} error={field.error} />
    </div>
  )
}
