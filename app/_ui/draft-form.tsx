'use client'

import { createContext } from 'react'
import { formatInstant } from '@/lib/format/dates'
import { DRAFT_ADDRESS, DRAFT_FIELDS, type DraftName, type FormDraft } from '@/lib/schemas/drafts'
import { type FormState, IDLE } from '@/lib/schemas/form-state'

/** What a form and the keeper of its draft tell each other; neither is drawn anew for it. */
export interface Keeping {
  /** The form is on its way to be saved or discarded: a draft sent now would come back after it. */
  isPaused: boolean
  sending: Promise<unknown> | null
}

/** The draft that the surrounding form is kept as; null: it is not. */
export const KeepingContext = createContext<{
  readonly draft: FormDraft
  readonly keeping: Keeping
  /** The form came back with what was typed: that is nowhere kept yet. */
  readonly startsUnkept: boolean
  readonly drawing: string
} | null>(null)

/** A save waits so long for a draft that is under way. */
const WAIT_MS = 3000

/** From now on no draft is sent, until what is returned is called. Waits for one that is under way. */
export async function pauseKeeping(keeping: Keeping): Promise<() => void> {
  keeping.isPaused = true
  const patience = new Promise(resolve => setTimeout(resolve, WAIT_MS))
  if (keeping.sending) await Promise.race([keeping.sending, patience])
  return () => {
    keeping.isPaused = false
  }
}

/** A form starts with what was kept of it, as one that was refused: what was typed stands before what is stored. */
export function startingState(draft: FormDraft | null): FormState {
  return draft?.kept ? { ...IDLE, status: 'refused', values: draft.kept.fields } : IDLE
}

/** Which draft a form is goes with it: its save ends the draft. */
export function DraftNames({ draft }: { draft: DraftName & { readonly owner: number } }) {
  return (
    <>
      <input type="hidden" name={DRAFT_FIELDS.study} value={draft.study} />
      <input type="hidden" name={DRAFT_FIELDS.subject} value={draft.subject} />
      <input type="hidden" name={DRAFT_FIELDS.place} value={draft.place} />
      <input type="hidden" name={DRAFT_FIELDS.owner} value={draft.owner} />
    </>
  )
}

/** Says that the form shows what was typed earlier, with the way to be rid of it. A form of its own, without scripts. */
export function RestoredNote(props: { draft: FormDraft; keeping: Keeping; closed: boolean }) {
  const { draft, keeping } = props
  if (!draft.kept) return null
  return (
    <form
      action={DRAFT_ADDRESS}
      method="post"
      encType="multipart/form-data"
      className="formmsg restored"
      aria-label="Unfinished input"
      onSubmit={() => {
        keeping.isPaused = true
      }}
    >
      <p>
        <b>Unfinished input from {formatInstant(draft.kept.at)} restored.</b>{' '}
        {props.closed ? 'It can no longer be saved here.' : 'It is not saved yet.'}
      </p>
      <DraftNames draft={draft} />
      <button type="submit" className="btn sm" name={DRAFT_FIELDS.discard} value="yes">
        Discard
      </button>
    </form>
  )
}
