'use client'

import { useContext, useEffect, useRef, useState } from 'react'
import { DRAFT_ADDRESS } from '@/lib/schemas/drafts'
import { KeepingContext } from './draft-form'
import { type DraftStanding, type Loop, startKeeping } from './draft-loop'
import { LeaveGuard } from './leave-guard'

/**
 * Keeps what is typed into the form around it as a draft of this person, says so, and asks before unsaved input is left.
 * Without JavaScript it is a button. Stands beside the button that saves.
 */
export function DraftKeeper() {
  const kept = useContext(KeepingContext)
  return kept && <Keeper {...kept} />
}

function Keeper({
  keeping,
  startsUnkept,
  drawing,
  draft,
}: NonNullable<React.ContextType<typeof KeepingContext>>) {
  const place = useRef<HTMLSpanElement>(null)
  const loop = useRef<Loop | null>(null)
  const [isLive, setLive] = useState(false)
  const [standing, setStanding] = useState<DraftStanding>(null)
  // As it was drawn first: a page drawn anew does not take away what was typed since.
  const start = useRef({ startsUnkept, isRestored: draft.kept !== null })

  useEffect(() => {
    setLive(true)
    const form = place.current?.closest('form')
    if (!form) return
    const started = startKeeping(form, { keeping, ...start.current }, setStanding)
    loop.current = started
    return started.stop
  }, [keeping])
  // The page was drawn anew after a save: the form is open again.
  // biome-ignore lint/correctness/useExhaustiveDependencies: each drawing of the page has a key of its own
  useEffect(() => {
    keeping.isPaused = false
  }, [keeping, drawing])

  return (
    <span ref={place} className="draft">
      {standing?.kind === 'kept' && <span className="ink3">Draft kept {formatTime(standing.at)}</span>}
      {standing?.kind === 'notKept' && (
        <span className="t-danger">
          Draft not kept: {standing.why}
          {standing.isSignedOut && (
            <>
              .{' '}
              <a href="/sign-in" target="_blank" rel="noreferrer">
                Sign in in a new tab
              </a>
            </>
          )}
        </span>
      )}
      {/* Said once for each turn, not at each draft. */}
      <span className="vh" role="status">
        {standing?.kind === 'kept' ? 'Draft kept' : standing ? `Draft not kept: ${standing.why}` : ''}
      </span>
      {!isLive && (
        <button
          type="submit"
          className="btn"
          formAction={DRAFT_ADDRESS}
          formMethod="post"
          formEncType="multipart/form-data"
        >
          Save draft
        </button>
      )}
      <LeaveGuard loop={loop} />
    </span>
  )
}

/** By the clock of the person's computer. Example: `09:41`. */
function formatTime(instant: string): string {
  return new Date(instant).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })
}
