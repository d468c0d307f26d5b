'use client'

import { controlId, useFormState } from '@/app/_ui/form'
import {
  CONFIRMATION_REASONS,
  nameConfirmationReason,
  nameKey,
  readConfirmation,
  writeConfirmation,
} from '@/lib/domain/checks/confirmation'
import { listConfirmed, type Posted, textOf } from './posted'

/** A soft check that asks; it is answered by where the person looked. Nothing is chosen until the person does. */
export function ItemQuestion(props: { id: string; text: string; checkKey: string; posted: Posted }) {
  const { id, checkKey, posted } = props
  const given = (posted['~confirm.keys'] ?? []).find(text => readConfirmation(text).key === checkKey) ?? ''
  const noteName = `~note.${nameKey(checkKey)}`
  const noteId = controlId(noteName, 'entry')
  const { errors, sent } = useFormState()
  const error = errors[noteName]
  const isOther = readConfirmation(given).reason === 'other'
  const isOpen = !listConfirmed(posted).includes(checkKey)
  return (
    <div className="msg warn" id={id} data-problem={isOpen || error ? 'question' : undefined}>
      <span>
        <b>Check:</b> {props.text.replace(/^Check: /, '')}
      </span>
      <span className="confirm">
        <select
          key={`keys-${sent}`}
          name="~confirm.keys"
          defaultValue={given}
          aria-label={`Confirm: ${props.text.replace(/^Check: /, '')}`}
        >
          <option value="">Correct it, or confirm…</option>
          {CONFIRMATION_REASONS.map(reason => (
            <option key={reason} value={writeConfirmation(reason, checkKey)}>
              {nameConfirmationReason(reason)}
            </option>
          ))}
        </select>
        <input
          key={`note-${sent}`}
          type="text"
          id={noteId}
          name={noteName}
          size={24}
          maxLength={200}
          autoComplete="off"
          defaultValue={textOf(posted, noteName)}
          className={isOther ? '' : 'unless-other'}
          placeholder="Other reason, in words"
          aria-label="Other reason, in words"
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? `${noteId}-error` : undefined}
        />
        {error && (
          <small id={`${noteId}-error`} className="t-danger">
            {error}
          </small>
        )}
      </span>
    </div>
  )
}
