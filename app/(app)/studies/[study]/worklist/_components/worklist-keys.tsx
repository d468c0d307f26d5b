'use client'

import { useEffect } from 'react'
import { areLettersOn } from '@/app/_ui/letter-keys'
import { WORKLIST_GROUPS } from '@/lib/schemas/worklist'

/** Keys of the worklist: rows by J and K, groups by G and a digit. Without JavaScript the links do the same. */
export function WorklistKeys({ hasRows, hasSites }: { hasRows: boolean; hasSites: boolean }) {
  useEffect(() => {
    let isGroupNext = false
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || !areLettersOn()) return
      const key = event.key.toLowerCase()
      if (isGroupNext && /^[1-9]$/.test(key)) goToGroup(Number(key))
      isGroupNext = key === 'g'
      if (key === 'j' || key === 'k') {
        event.preventDefault()
        moveBy(key === 'j' ? 1 : -1)
      } else if (key === '/') {
        event.preventDefault()
        document.querySelector<HTMLElement>('[data-key="/"]')?.click()
      } else if (key === 's') {
        const site = document.querySelector<HTMLElement>('select[name="site"]')
        if (site) event.preventDefault()
        site?.focus()
      }
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
  return (
    <p className="hints">
      {hasRows && (
        <>
          <span>
            <kbd>J</kbd> <kbd>K</kbd> next, previous row
          </span>
          <span>
            <kbd>Enter</kbd> open the visit
          </span>
          <span>
            <kbd>G</kbd> then <kbd>1</kbd>–<kbd>4</kbd> go to group
          </span>
        </>
      )}
      {hasSites && (
        <span>
          <kbd>S</kbd> site
        </span>
      )}
      <span>
        <kbd>/</kbd> find participant
      </span>
    </p>
  )
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input, select, textarea')
}

/** The focus is the selection: the row's link has it, so that Enter opens the visit by itself. */
function moveBy(step: 1 | -1): void {
  const links = [...document.querySelectorAll<HTMLElement>('[data-row] [data-open]')]
  const here = links.findIndex(link => link.closest('[data-row]')?.contains(document.activeElement))
  const next = links[here < 0 ? (step > 0 ? 0 : links.length - 1) : here + step]
  next?.focus()
}

function goToGroup(number: number): void {
  const group = document.getElementById(WORKLIST_GROUPS[number - 1] ?? '')
  group?.scrollIntoView({ block: 'start' })
  group?.querySelector<HTMLElement>('[data-open]')?.focus({ preventScroll: true })
}
