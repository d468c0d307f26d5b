'use client'

import { useRouter } from 'next/navigation'
import { type RefObject, useEffect, useRef, useState } from 'react'
import type { Loop } from './draft-loop'

/** The browser's navigation, where it has one: the newest two of each do. */
interface Navigation {
  addEventListener(type: 'navigate', listener: (event: NavigateEvent) => void): void
  removeEventListener(type: 'navigate', listener: (event: NavigateEvent) => void): void
  traverseTo(key: string): void
}
interface NavigateEvent {
  readonly navigationType: string
  readonly cancelable: boolean
  readonly destination: { readonly key: string; readonly sameDocument: boolean }
  preventDefault(): void
}

/**
 * Asks before a page with unsaved input is left: by closing it, by a link of the app, or by going back. What was typed is
 * kept as a draft either way; it is not saved.
 */
export function LeaveGuard({ loop }: { loop: RefObject<Loop | null> }) {
  const router = useRouter()
  const dialog = useRef<HTMLDialogElement>(null)
  const leave = useRef<(() => void) | null>(null)
  const [isKept, setKept] = useState<boolean | null>(null)

  useEffect(() => {
    let isLeaving = false
    const isUnsaved = () => !isLeaving && loop.current?.isUnsaved() === true
    const ask = (go: () => void) => {
      leave.current = () => {
        isLeaving = true
        go()
      }
      setKept(null)
      dialog.current?.showModal()
      void loop.current?.keepNow().then(setKept)
    }
    const onUnload = (event: BeforeUnloadEvent) => {
      if (isUnsaved()) event.preventDefault()
    }
    const onClick = (event: MouseEvent) => {
      const link = linkThatLeaves(event)
      if (!link || !isUnsaved()) return
      event.preventDefault()
      ask(() => router.push(link.pathname + link.search + link.hash))
    }
    const navigation = (window as { readonly navigation?: Navigation }).navigation
    const onNavigate = (event: NavigateEvent) => {
      if (event.navigationType !== 'traverse' || !event.cancelable || !event.destination.sameDocument) return
      if (!isUnsaved()) return
      event.preventDefault()
      const { key } = event.destination
      ask(() => navigation?.traverseTo(key))
    }
    window.addEventListener('beforeunload', onUnload)
    window.addEventListener('click', onClick, { capture: true })
    navigation?.addEventListener('navigate', onNavigate)
    return () => {
      window.removeEventListener('beforeunload', onUnload)
      window.removeEventListener('click', onClick, { capture: true })
      navigation?.removeEventListener('navigate', onNavigate)
    }
  }, [router, loop])

  return (
    <dialog ref={dialog} className="ask" aria-labelledby="leave-question">
      <p id="leave-question">
        <b>This form is not saved.</b>{' '}
        {isKept === null
          ? 'Keeping your input as a draft…'
          : isKept
            ? 'Your input is kept as a draft, which only you see.'
            : 'Your input could not be kept as a draft: it is lost if you leave.'}
      </p>
      <div className="acts">
        {/* The first button has the focus: nothing is left by a stray Enter. */}
        <button type="button" className="btn pri" onClick={() => dialog.current?.close()}>
          Stay
        </button>
        <button
          type="button"
          className="btn"
          onClick={() => {
            dialog.current?.close()
            leave.current?.()
          }}
        >
          Leave
        </button>
      </div>
    </dialog>
  )
}

/** The link of this app that the click follows in this tab; null: none, or one within the page. */
function linkThatLeaves(event: MouseEvent): HTMLAnchorElement | null {
  if (event.defaultPrevented || event.button !== 0) return null
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return null
  const link = event.target instanceof Element ? event.target.closest('a') : null
  if (!link?.href || (link.target !== '' && link.target !== '_self') || link.hasAttribute('download'))
    return null
  if (link.origin !== window.location.origin) return null
  const isHere = link.pathname === window.location.pathname && link.search === window.location.search
  return isHere ? null : link
}
