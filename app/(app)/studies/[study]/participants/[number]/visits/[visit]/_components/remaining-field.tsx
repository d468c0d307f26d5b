'use client'

import { useControlId, useFormState } from '@/app/_ui/form'
import { formatMissingReason } from '@/lib/domain/instruments/missing-label'
import { FORM_MISSING_REASONS } from '@/lib/domain/shared/missing'
import { useEntry } from './entry-state'
import { textOf } from './posted'

/** One reason for all that is still blank: values of begun forms, and whole forms that were not begun. */
export function RemainingField() {
  const { start, posted, sent, forms } = useEntry()
  const id = useControlId('~visit.rest')
  const error = useFormState().errors['~visit.rest']
  const open = forms.filter(form => !form.notDone)
  const whole = open.filter(form => form.answeredCount === 0 && Object.keys(form.answers).length === 0)
  const blank = open
    .filter(form => !whole.includes(form))
    .reduce((sum, form) => sum + form.askedCount - form.answeredCount, 0)
  const count = [
    blank > 0 && (blank === 1 ? '1 value' : `${blank} values`),
    whole.length > 0 && (whole.length === 1 ? '1 whole form' : `${whole.length} whole forms`),
  ].filter(Boolean)
  const isChosen = textOf(posted, '~visit.rest') !== ''
  return (
    <section className="sect rest" aria-labelledby={`${id}-heading`}>
      <div className="sh">
        <h2 id={`${id}-heading`}>All that is still blank</h2>
        <span className="ink3">{count.length > 0 ? count.join(' and ') : 'nothing is'}</span>
      </div>
      <div className="reason">
        <div className="fld">
          <label htmlFor={id}>Record as</label>
          <select key={sent} id={id} name="~visit.rest" defaultValue={textOf(start, '~visit.rest')}>
            <option value="">Leave blank</option>
            {FORM_MISSING_REASONS.map(reason => (
              <option key={reason} value={reason}>
                {formatMissingReason(reason)}
              </option>
            ))}
          </select>
          {error && <small className="t-danger">{error}</small>}
          {isChosen && count.length > 0 && (
            <small className="t-warn">
              {count.join(' and ')} will be recorded as missing for this reason.
            </small>
          )}
        </div>
      </div>
    </section>
  )
}
