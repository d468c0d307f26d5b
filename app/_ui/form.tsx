'use client'

import { unstable_rethrow } from 'next/navigation'
import {
  createContext,
  type ReactNode,
  useActionState,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import { describeError } from '@/lib/domain/shared/errors'
import type { FormDraft } from '@/lib/schemas/drafts'
import {
  type FormState,
  IDLE,
  LABEL_PREFIX,
  OWNER_FIELD,
  refusedState,
  SUBMISSION_FIELD,
} from '@/lib/schemas/form-state'
import { ConflictTable } from './conflict-table'
import {
  DraftNames,
  type Keeping,
  KeepingContext,
  pauseKeeping,
  RestoredNote,
  startingState,
} from './draft-form'
import { OwnerField } from './page-owner'

const FormStateContext = createContext<FormState>(IDLE)
const FormIdContext = createContext('')

/** Fields of a refusal that a live check finds in order since; they leave the message. Of one answer: `sent`. */
interface Settled {
  readonly sent: number
  readonly fields: readonly string[]
}
const SettleContext = createContext<(settled: Settled) => void>(() => {})

/** Tells the message of the surrounding form which of the refused fields are in order by now. */
export function useSettle(): (settled: Settled) => void {
  return useContext(SettleContext)
}

/** The answer that the surrounding form was given; controls read their typed value and error from it. */
export function useFormState(): FormState {
  return useContext(FormStateContext)
}

/** The id of a field's control in the surrounding form; unique where each form of a page has an id. */
export function useControlId(field: string): string {
  return controlId(field, useContext(FormIdContext))
}

type FormAction = (previous: FormState, form: FormData) => Promise<FormState>

/**
 * In the browser an answer that does not come, or is no answer, is a refusal as any other: the form stays with all that
 * was typed. Drawn on the server the form names the action itself, so that it posts without JavaScript.
 */
function answerAnyhow(action: FormAction, keeping: Keeping): FormAction {
  if (typeof window === 'undefined') return action
  return async (previous, form) => {
    const goOn = await pauseKeeping(keeping)
    try {
      const answer: FormState | undefined = await action(previous, form)
      goOn()
      if (answer?.status) return answer
    } catch (error) {
      // Where to go after a save comes as an error too.
      unstable_rethrow(error)
      goOn()
    }
    return refusedState({ code: 'notReached' }, form, previous)
  }
}

/**
 * A native form that posts to a server action, with and without JavaScript. A refused form comes back with every typed
 * value; what went wrong is announced and focused.
 */
export function ActionForm(props: {
  action: FormAction
  /** Made anew each time the page is drawn; the same form sent twice is stored once. */
  submissionKey: string
  children: ReactNode
  className?: string
  /** Needed where a page has several forms with fields of the same name. */
  id?: string
  label?: string
  /**
   * The form may not be sent any more. Nothing is drawn, unless it was just refused: then what was typed stays, to be read.
   * Such a form stands where it stood before, since without JavaScript an answer finds its form by place.
   */
  closed?: boolean
  /** Fields that name the record it is about. A refusal that was of another record is told, and its values are not taken over. */
  about?: Readonly<Record<string, string>>
  /** What is typed is kept as this draft; the form shows a `DraftKeeper` beside its button. What was kept comes back. */
  draft?: FormDraft | null
}) {
  const { draft = null } = props
  const [keeping] = useState<Keeping>(() => ({ isPaused: false, sending: null }))
  const [state, send, pending] = useActionState(answerAnyhow(props.action, keeping), startingState(draft))
  const [settled, settle] = useState<Settled>({ sent: 0, fields: [] })
  const key = state.values[SUBMISSION_FIELD]?.[0] ?? props.submissionKey
  const isOfAnother = Object.entries(props.about ?? {}).some(
    ([name, value]) => state.status === 'refused' && state.values[name]?.[0] !== value,
  )
  const startsUnkept = state.status === 'refused' && state.sent > 0
  const drawing = props.submissionKey
  const kept = useMemo(
    () => draft && { draft, keeping, startsUnkept, drawing },
    [draft, keeping, startsUnkept, drawing],
  )
  if (isOfAnother || props.closed) {
    if (state.status !== 'refused') return null
    return (
      <FormStateContext value={state}>
        <FormIdContext value={props.id ?? ''}>
          <section aria-label={isOfAnother ? undefined : props.label}>
            {draft && <RestoredNote draft={draft} keeping={keeping} closed />}
            <FormMessage />
            {!isOfAnother && <fieldset disabled>{props.children}</fieldset>}
          </section>
        </FormIdContext>
      </FormStateContext>
    )
  }
  return (
    <FormStateContext value={state}>
      <FormIdContext value={props.id ?? ''}>
        {draft && <RestoredNote draft={draft} keeping={keeping} closed={false} />}
        <form
          action={send}
          id={props.id}
          className={props.className}
          aria-label={props.label}
          aria-busy={pending}
          noValidate
        >
          <input type="hidden" name={SUBMISSION_FIELD} value={key} />
          <OwnerField sent={state.values[OWNER_FIELD]?.[0]} />
          {draft && <DraftNames draft={draft} />}
          <FormMessage settled={settled.sent === state.sent ? settled.fields : []} />
          <SettleContext value={settle}>
            <KeepingContext value={kept}>{props.children}</KeepingContext>
          </SettleContext>
          <span className="sr-only" aria-live="polite">
            {pending && 'Saving…'}
          </span>
        </form>
      </FormIdContext>
    </FormStateContext>
  )
}

/** What was wrong with the whole form, with a link to each field that needs correcting. */
function FormMessage({ settled = [] }: { settled?: readonly string[] }) {
  const state = useFormState()
  const formId = useContext(FormIdContext)
  const box = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: each new answer moves the focus, even with the same text
  useEffect(() => {
    if (state.status === 'refused') box.current?.focus()
  }, [state.sent, state.status])
  if (state.status === 'done') return <DoneMessage state={state} />
  if (state.status !== 'refused' || !state.message) return null
  const all = Object.entries(state.errors)
  const fields = all.filter(([field]) => !settled.includes(field))
  if (all.length > 0 && fields.length === 0) {
    return (
      <div className="formmsg" role="status">
        <p>Corrected, not saved yet.</p>
      </div>
    )
  }
  const message =
    fields.length < all.length
      ? describeError({
          code: 'invalidInput',
          fields: fields.map(([field, text]) => ({ field, value: '', text })),
        })
      : state.message
  return (
    <div className="formmsg err" role="alert" tabIndex={-1} ref={box}>
      <p>
        <b>{message}</b>
      </p>
      {fields.length > 0 && (
        <ul>
          {fields.map(([field, text]) => (
            <li key={field}>
              <a href={`#${controlId(field, formId)}`}>
                {named(text, state.values[LABEL_PREFIX + field]?.[0])}
              </a>
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
      {state.conflict && (
        <ConflictTable
          key={state.sent}
          conflict={state.conflict}
          picked={state.code === 'conflict' ? {} : state.values}
        />
      )}
    </div>
  )
}

/** A line of the summary stands away from its field: it says which, unless its text does. */
function named(text: string, label: string | undefined): string {
  if (!label || text.toLowerCase().startsWith(label.toLowerCase())) return text
  return `${label}: ${text}`
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
