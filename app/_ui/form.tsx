'use client'

import { createContext, type ReactNode, useActionState, useContext, useEffect, useRef } from 'react'
import { type FormState, IDLE, SUBMISSION_FIELD } from '@/lib/schemas/form-state'
import { ConflictTable } from './conflict-table'

const FormStateContext = createContext<FormState>(IDLE)
const FormIdContext = createContext('')

/** The answer that the surrounding form was given; controls read their typed value and error from it. */
export function useFormState(): FormState {
  return useContext(FormStateContext)
}

/** The id of a field's control in the surrounding form; unique where each form of a page has an id. */
export function useControlId(field: string): string {
  return controlId(field, useContext(FormIdContext))
}

/**
 * A native form that posts to a server action, with and without JavaScript. A refused form comes back with every typed
 * value; what went wrong is announced and focused.
 */
export function ActionForm(props: {
  action: (previous: FormState, form: FormData) => Promise<FormState>
  /** Made anew each time the page is drawn; the same form sent twice is stored once. */
  submissionKey: string
  children: ReactNode
  className?: string
  /** Needed where a page has several forms with fields of the same name. */
  id?: string
  label?: string
}) {
  const [state, send, pending] = useActionState(props.action, IDLE)
  const key = state.values[SUBMISSION_FIELD]?.[0] ?? props.submissionKey
  return (
    <FormStateContext value={state}>
      <FormIdContext value={props.id ?? ''}>
        <form
          action={send}
          id={props.id}
          className={props.className}
          aria-label={props.label}
          aria-busy={pending}
          noValidate
        >
          <input type="hidden" name={SUBMISSION_FIELD} value={key} />
          <FormMessage />
          {props.children}
        </form>
      </FormIdContext>
    </FormStateContext>
  )
}

/** What was wrong with the whole form, with a link to each field that needs correcting. */
function FormMessage() {
  const state = useFormState()
  const formId = useContext(FormIdContext)
  const box = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: each new answer moves the focus, even with the same text
  useEffect(() => {
    if (state.status === 'refused') box.current?.focus()
  }, [state.sent, state.status])
  if (state.status === 'done') return <DoneMessage state={state} />
  if (state.status !== 'refused' || !state.message) return null
  const fields = Object.entries(state.errors)
  return (
    <div className="formmsg err" role="alert" tabIndex={-1} ref={box}>
      <p>
        <b>{state.message}</b>
      </p>
      {fields.length > 0 && (
        <ul>
          {fields.map(([field, text]) => (
            <li key={field}>
              <a href={`#${controlId(field, formId)}`}>{text}</a>
            </li>
          ))}
        </ul>
      )}
      {state.code === 'notSignedIn' && (
        <p>
          <a href="/sign-in" target="_blank" rel="noreferrer">
            Sign in in a new tab
          </a>
          , then save here again.
        </p>
      )}
      {state.conflict && <ConflictTable conflict={state.conflict} />}
    </div>
  )
}

function DoneMessage({ state }: { state: FormState }) {
  return (
    <div className="formmsg done" role="status">
      <p>{state.message}</p>
      {state.link && (
        <p>
          <code>{state.link}</code>
        </p>
      )}
    </div>
  )
}

/** Example: `controlId('nprs.NPRS_AVG')` → `f-nprs-NPRS_AVG`. */
export function controlId(field: string, formId = ''): string {
  return `${formId && `${formId}-`}f-${field.replace(/[^A-Za-z0-9_-]/g, '-')}`
}
