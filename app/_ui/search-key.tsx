'use client'

import { useEffect } from 'react'
import { areLettersOn } from './letter-keys'

/** `/` goes to the search of the page, unless a text is being written or letters are switched off. */
export function SearchKey() {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const { target } = event
      const isTyping = target instanceof HTMLElement && target.matches('input, select, textarea')
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || isTyping || !areLettersOn())
        return
      const search = document.querySelector<HTMLInputElement>('main input[type="search"]')
      if (!search) return
      event.preventDefault()
      search.focus()
      search.select()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
  return <kbd className="slash">/</kbd>
}
