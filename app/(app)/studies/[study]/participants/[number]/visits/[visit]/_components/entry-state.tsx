'use client'

import {
  createContext,
  type ReactNode,
  use,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import { useFormState, useSettle } from '@/app/_ui/form'
import { formatDate } from '@/lib/format/dates'
import { typedValues } from '@/lib/schemas/form-state'
import type { VisitView } from '@/lib/schemas/visit-view'
import { listPostedForms, withAdded } from './added-forms'
import { CLEARED, focusForm } from './entry-focus'
import { handleEntryKey } from './entry-keys'
import type { LiveForm } from './live-form'
import { isSamePosting, type Posted } from './posted'

interface Entry {
  readonly view: VisitView
  readonly posted: Posted
  /** What the controls hold when they are drawn. */
  readonly start: Posted
  readonly forms: readonly LiveForm[]
  readonly isDirty: boolean
  /** JavaScript runs: what only keys and live checks can offer may be shown. */
  readonly isLive: boolean
  /** Differs at each answer of the server: controls are drawn afresh with what came back. */
  readonly sent: number
  /** Reads the controls again, after one was set by a button. */
  readonly follow: () => void
  /** Puts another form of that key on the page, or goes to it where it is there. */
  readonly add: (key: string) => void
}

/**
 * Instruments, their rules and checks. The page is drawn with them on the server; in the browser they are asked for on
 * their own, and the native form waits for them without being in anybody's way.
 */
const rules = import('./live-form').then(({ readLiveForms }) => readLiveForms)

const EntryContext = createContext<Entry | null>(null)

export function useEntry(): Entry {
  const entry = useContext(EntryContext)
  if (!entry) throw new Error('outside of a visit form')
  return entry
}

/** Follows what is typed, so that scores, checks and counts are those of the moment. */
export function EntryProvider({
  view: drawn,
  stored,
  children,
}: {
  view: VisitView
  stored: Posted
  children: ReactNode
}) {
  const readLiveForms = use(rules)
  const state = useFormState()
  const [typed, setTyped] = useState<{ readonly sent: number; readonly posted: Posted } | null>(null)
  const [isLive, setLive] = useState(false)
  const [added, setAdded] = useState<readonly string[]>([])
  const [goTo, setGoTo] = useState<{ readonly key: string } | null>(null)
  const frame = useRef<HTMLDivElement>(null)
  const isPressed = useRef(false)
  const start = state.status === 'refused' ? state.values : stored
  const posted = typed?.sent === state.sent ? typed.posted : start
  const view = useMemo(() => withAdded(drawn, [...listPostedForms(start), ...added]), [drawn, start, added])
  const forms = useMemo(() => readLiveForms(view, posted, isLive), [readLiveForms, view, posted, isLive])
  const isDirty = !isSamePosting(posted, stored)

  const settle = useSettle()
  useEffect(() => {
    const changed = Object.keys(state.errors).filter(name => !isSameAt(name, posted, state.values))
    settle({ sent: state.sent, fields: listSettled(forms, changed) })
  }, [settle, state, posted, forms])

  useEffect(() => setLive(true), [])
  useEffect(() => {
    const release = () => {
      isPressed.current = false
    }
    document.addEventListener('pointerup', release)
    return () => document.removeEventListener('pointerup', release)
  }, [])
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (frame.current) handleEntryKey(event, frame.current)
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])

  const follow = useCallback(() => {
    const form = frame.current?.closest('form')
    if (form) setTyped({ sent: state.sent, posted: typedValues(new FormData(form)) })
  }, [state.sent])
  // What was chosen before the scripts ran raised no event here. Text that is being typed is read when it is left.
  const isRead = useRef(false)
  useEffect(() => {
    if (isRead.current) return
    isRead.current = true
    if (!isTypingIn(frame.current)) follow()
  }, [follow])
  useEffect(() => {
    const place = frame.current
    place?.addEventListener(CLEARED, follow)
    return () => place?.removeEventListener(CLEARED, follow)
  }, [follow])
  useEffect(() => {
    if (goTo && frame.current) focusForm(frame.current, goTo.key)
  }, [goTo])
  const add = useCallback((key: string) => {
    setAdded(keys => [...keys, key])
    setGoTo({ key })
  }, [])
  // What a check says may move the page; between press and release that would lose the click.
  const followWhenReleased = () => {
    if (!isPressed.current) follow()
    else document.addEventListener('click', follow, { once: true })
  }
  return (
    <EntryContext value={{ view, posted, start, forms, isDirty, isLive, sent: state.sent, follow, add }}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it only listens to the controls within */}
      <div
        ref={frame}
        className="entry"
        data-today={formatDate(view.today)}
        onChange={event => {
          // Text is read when it is left: half a number is not yet wrong.
          if (!isText(event.target)) follow()
        }}
        onPointerDown={() => {
          isPressed.current = true
        }}
        onBlur={event => {
          if (isText(event.target)) followWhenReleased()
        }}
      >
        {children}
      </div>
    </EntryContext>
  )
}

function isSameAt(name: string, one: Posted, other: Posted): boolean {
  return [name, `${name}.missing`].every(at => String(one[at] ?? '') === String(other[at] ?? ''))
}

/** Of refused fields that were changed since, the items that the same rules find in order; the rest only the server judges. */
function listSettled(forms: readonly LiveForm[], refused: readonly string[]): readonly string[] {
  return refused.filter(field =>
    forms.some(
      ({ view, controls, problems }) =>
        controls.some(({ code }) => field === `${view.key}.${code}`) &&
        problems[field.slice(view.key.length + 1)] === undefined,
    ),
  )
}

function isText(target: EventTarget | null): boolean {
  return ['text', 'textarea'].includes((target as HTMLInputElement | null)?.type ?? '')
}

/** A control that has the focus from the start is not yet typed into. */
function isTypingIn(frame: HTMLElement | null): boolean {
  const control = document.activeElement as HTMLInputElement | null
  return frame?.contains(control) === true && isText(control) && control?.value !== control?.defaultValue
}
