'use client'

import { DraftKeeper } from '@/app/_ui/draft-keeper'
import { controlId, useFormState } from '@/app/_ui/form'
import { SubmitButton } from '@/app/_ui/submit-button'
import { listDosingDayQuestions } from './date-questions'
import { useEntry } from './entry-state'
import { listConfirmed } from './posted'

/** How much is entered, what is wrong or to be checked, and the two ways to save. */
export function SaveBar() {
  const { forms, posted, isDirty, isLive, view } = useEntry()
  const state = useFormState()
  const fieldCount = forms.reduce((sum, form) => sum + form.askedCount, 0)
  const answered = forms.reduce((sum, form) => sum + (form.notDone ? form.askedCount : form.answeredCount), 0)
  const wrong = forms.flatMap(form => Object.keys(form.problems).map(code => `${form.view.key}.${code}`))
  const refused = Object.keys(state.errors).filter(field => !wrong.includes(field) && field.includes('~'))
  const errors = [...new Set([...wrong, ...refused])]
  const confirmed = listConfirmed(posted)
  const open = forms.flatMap(form =>
    form.questions
      .filter(question => !confirmed.includes(question.key))
      .map(question => ({ key: question.key, field: `${form.view.key}.${question.fields[0]}` })),
  )
  const dosing = [...listDosingDayQuestions(view, forms, posted).keys()].map(field => ({ key: field, field }))
  const questions = [...new Map([...dosing, ...open].map(question => [question.key, question])).values()]
  const isNew = view.forms.every(form => form.version === null)
  return (
    <section className="save" aria-label="Save">
      <div className="stat">
        <span role="status">
          {isLive ? (isDirty ? 'Not saved yet' : isNew ? 'Nothing entered yet' : 'Saved') : 'This visit'},{' '}
          {answered} of {fieldCount} fields
        </span>
        {errors[0] !== undefined && (
          <a className="e" href={`#${controlId(errors[0], 'entry')}`}>
            {errors.length === 1 ? '1 error' : `${errors.length} errors`}
          </a>
        )}
        {questions[0] !== undefined && (
          <a className="w" href={`#${controlId(questions[0].field, 'entry')}`}>
            {questions.length} to check
          </a>
        )}
        <DraftKeeper />
      </div>
      <SubmitButton className="btn" name="goTo" value="list">
        Save
      </SubmitButton>
      <SubmitButton className="btn pri" name="goTo" value="next">
        Save and next <kbd>Ctrl ↵</kbd>
      </SubmitButton>
    </section>
  )
}
