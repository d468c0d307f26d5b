'use client'

import { useRef, useState } from 'react'
import { controlId } from '@/app/_ui/form'
import { findFormDefinition } from '@/lib/domain/instruments/form-definition'
import { formatFormName } from '@/lib/format/answers'
import { formatFormKey, LATERALITIES, MAX_LOCATION, SIDES } from '@/lib/schemas/form-key'
import type { AddableForm } from '@/lib/schemas/visit-view'
import { nextOf } from './added-forms'
import { useEntry } from './entry-state'
import { textOf } from './posted'

/** Another one of a form, or one for another place of the body. Without JavaScript the page is saved first. */
export function AddForm({ addable }: { addable: AddableForm }) {
  const { view, start, sent, add } = useEntry()
  const [problem, setProblem] = useState<string | null>(null)
  const place = useRef<HTMLInputElement & HTMLSelectElement>(null)
  const side = useRef<HTMLSelectElement>(null)
  const { code, by, locations } = addable
  const definition = findFormDefinition({ forms: view.plans }, code)
  if (!definition) return null
  const name = formatFormName(definition)
  const id = controlId(`~add.${code}`, 'entry')
  const addHere = () => {
    const location = place.current?.value.trim() ?? ''
    const laterality = LATERALITIES.find(one => one === side.current?.value) ?? ''
    if (by === 'location' && location === '') {
      setProblem('Name the level or joint.')
      place.current?.focus()
      return
    }
    setProblem(null)
    const next = nextOf(view, { code, location, laterality })
    add(formatFormKey(by === 'location' ? { ...next, repeat: 1 } : next))
  }
  const shared = {
    id,
    name: `~add.${code}`,
    key: sent,
    defaultValue: textOf(start, `~add.${code}`),
    'aria-invalid': problem ? true : undefined,
    'aria-describedby': problem ? `${id}-error` : undefined,
  }
  const { key, ...control } = shared
  return (
    <fieldset
      className="addform"
      aria-label={`Another of ${name}`}
      onKeyDown={event => {
        if (event.key !== 'Enter' || event.ctrlKey || event.metaKey) return
        if (event.target instanceof HTMLButtonElement) return
        event.preventDefault()
        addHere()
      }}
    >
      {by === 'location' && (
        <>
          <label htmlFor={id}>Level or joint</label>
          {locations ? (
            <select key={key} ref={place} {...control}>
              <option value="">Choose…</option>
              {locations.map(location => (
                <option key={location}>{location}</option>
              ))}
            </select>
          ) : (
            <input
              key={key}
              ref={place}
              type="text"
              size={10}
              maxLength={MAX_LOCATION}
              autoComplete="off"
              {...control}
            />
          )}
          <select ref={side} name={`~side.${code}`} aria-label={`${name}: side`} defaultValue="">
            {LATERALITIES.map(one => (
              <option key={one} value={one}>
                {one === '' ? 'No side' : SIDES[one]}
              </option>
            ))}
          </select>
        </>
      )}
      <button
        type="submit"
        className="btn sm"
        name="goTo"
        value={`more:${code}`}
        onClick={event => {
          event.preventDefault()
          addHere()
        }}
      >
        {by === 'location' ? 'Add level or joint' : `Add another ${name.toLowerCase()}`}
      </button>
      {problem && (
        <small id={`${id}-error`} className="t-danger">
          {problem}
        </small>
      )}
    </fieldset>
  )
}
