import { DRAFT_ADDRESS, DRAFT_FIELDS, draftFieldsOf } from '@/lib/schemas/drafts'
import type { Keeping } from './draft-form'

/** How the keeping of a form stands; null: nothing was typed yet. */
export type DraftStanding =
  | { readonly kind: 'kept'; readonly at: string }
  | { readonly kind: 'notKept'; readonly why: string; readonly isSignedOut: boolean }
  | null

export interface Loop {
  /** Whether the form holds something that is not saved. */
  isUnsaved(): boolean
  /** Sends what was not yet sent; whether the server has all of it then. */
  keepNow(): Promise<boolean>
  stop(): void
}

/** Typing pauses so long before a draft is sent; who types on and on has it sent all the same. */
const PAUSE_MS = 700
const LONGEST_MS = 3000
/** What was not kept is tried again. */
const AGAIN_MS = 5000

/** Whatever changes a control follows one of these, by hand or by a button. */
const OCCASIONS = ['input', 'change', 'click', 'keyup', 'focusin'] as const

/**
 * Sends what is typed into a form to the server, soon after each change and at once when the page is hidden. The form is
 * read and never touched.
 */
export function startKeeping(
  form: HTMLFormElement,
  how: {
    readonly keeping: Keeping
    /** It came back with what was typed, which is nowhere kept. */
    readonly startsUnkept: boolean
    /** It shows a draft, which the server has. */
    readonly isRestored: boolean
  },
  tell: (standing: DraftStanding) => void,
): Loop {
  const { keeping, startsUnkept, isRestored } = how
  const isAsDrawn = !startsUnkept && [...form.elements].every(isControlAsDrawn)
  const drawn = isAsDrawn ? writeOut(form) : null
  let kept = drawn
  let timer: number | undefined
  let changedAt: number | null = null
  let isOver = false

  const send = async (isLeaving: boolean) => {
    window.clearTimeout(timer)
    timer = undefined
    const now = writeOut(form)
    if (keeping.isPaused || now === kept) return
    if (keeping.sending && !isLeaving) {
      plan(PAUSE_MS)
      return
    }
    changedAt = null
    const sending = post(form, now === drawn && !isRestored, isLeaving)
    keeping.sending = sending
    const standing = await sending
    if (keeping.sending === sending) keeping.sending = null
    if (standing?.kind !== 'notKept') kept = now
    else plan(AGAIN_MS)
    tell(standing)
  }
  const plan = (ms: number) => {
    if (isOver) return
    window.clearTimeout(timer)
    timer = window.setTimeout(() => void send(false), ms)
  }
  const look = () => {
    if (keeping.isPaused || writeOut(form) === kept) return
    changedAt ??= performance.now()
    plan(Math.max(0, Math.min(PAUSE_MS, changedAt + LONGEST_MS - performance.now())))
  }
  // A control is set by its handlers, which may come after this one.
  const lookSoon = () => window.setTimeout(look, 0)
  const leave = () => {
    if (document.visibilityState === 'hidden') void send(true)
  }
  const leaveNow = () => void send(true)
  for (const occasion of OCCASIONS) document.addEventListener(occasion, lookSoon)
  document.addEventListener('visibilitychange', leave)
  window.addEventListener('pagehide', leaveNow)
  lookSoon()
  return {
    isUnsaved: () => !keeping.isPaused && writeOut(form) !== drawn,
    async keepNow() {
      await send(true)
      return writeOut(form) === kept
    },
    stop() {
      isOver = true
      for (const occasion of OCCASIONS) document.removeEventListener(occasion, lookSoon)
      document.removeEventListener('visibilitychange', leave)
      window.removeEventListener('pagehide', leaveNow)
      void send(true)
      window.clearTimeout(timer)
    },
  }
}

/** All that the form holds; blank controls do not count, since some come and go with the answers. */
function writeOut(form: HTMLFormElement): string {
  const fields = Object.entries(draftFieldsOf(new FormData(form)))
  return JSON.stringify(
    fields
      .filter(([, texts]) => texts.some(text => text.trim() !== ''))
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  )
}

/** Whether a control still says what it said when it was drawn: people type before scripts run. */
function isControlAsDrawn(control: Element): boolean {
  if (control instanceof HTMLSelectElement) {
    const options = [...control.options]
    const first = options.find(option => option.defaultSelected) ?? options[0]
    return control.multiple || control.selectedOptions[0] === first
  }
  if (control instanceof HTMLTextAreaElement) return control.value === control.defaultValue
  if (!(control instanceof HTMLInputElement) || control.type === 'hidden') return true
  if (control.type === 'radio' || control.type === 'checkbox')
    return control.checked === control.defaultChecked
  return control.value === control.defaultValue
}

/** Fields together may not be larger than this where a request must outlive its page. */
const OUTLIVING_BYTES = 60_000

async function post(form: HTMLFormElement, isAsStored: boolean, isLeaving: boolean): Promise<DraftStanding> {
  const body = new FormData(form)
  if (isAsStored) body.set(DRAFT_FIELDS.discard, 'yes')
  const size = [...body].reduce((sum, [name, text]) => sum + 120 + 3 * (name.length + String(text).length), 0)
  try {
    const answer = await fetch(DRAFT_ADDRESS, {
      method: 'POST',
      body,
      headers: { accept: 'application/json' },
      keepalive: isLeaving && size < OUTLIVING_BYTES,
    })
    const said: { readonly keptAt?: string; readonly code?: string; readonly text?: string } =
      await answer.json()
    if (answer.ok && said.keptAt) return isAsStored ? null : { kind: 'kept', at: said.keptAt }
    const isSignedOut = said.code === 'notSignedIn'
    return { kind: 'notKept', why: isSignedOut ? 'signed out' : (said.text ?? 'no answer'), isSignedOut }
  } catch {
    return { kind: 'notKept', why: 'no connection', isSignedOut: false }
  }
}
