'use client'

import { useFormState } from '@/app/_ui/form'
import { DOSING_DAY } from '@/lib/domain/checks/treatment'

/** What the soft checks ask about this form, each with a box that confirms it; the confirmation is stored. What wants yes or no is asked by its own field. */
export function Questions() {
  const state = useFormState()
  const questions = state.questions.filter(({ code }) => !code.startsWith(DOSING_DAY))
  if (questions.length === 0) return null
  const confirmed = state.values.confirm ?? []
  return (
    <fieldset className="msg warn mb-4" key={state.sent}>
      <legend className="vh">To confirm</legend>
      {questions.map(({ code, text }) => (
        <div key={code} className="flex w-full flex-wrap items-center justify-between gap-x-4 gap-y-1">
          <span>{text}</span>
          <label className="check">
            <input type="checkbox" name="confirm" value={code} defaultChecked={confirmed.includes(code)} />I
            confirm
          </label>
        </div>
      ))}
    </fieldset>
  )
}
