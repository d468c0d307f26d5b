'use client'

import { useEffect, useState } from 'react'
import { areLettersOn, switchLetters } from '@/app/_ui/letter-keys'

const KEYS: readonly (readonly [string, readonly string[]])[] = [
  ['Next, previous question', ['Tab', 'Shift Tab']],
  ['Go on', ['Enter']],
  ['Next problem', ['F8']],
  ['Clear a choice', ['Del']],
  ['Save and next', ['Ctrl', 'Enter']],
]

/** They act in the controls of an item alone, and can be switched off. */
const LETTERS: readonly (readonly [string, readonly string[]])[] = [
  ['Choose and go on', ['0–9']],
  ['Ten', ['T']],
  ['Tick, leave unticked', ['1', '0']],
  ['Unlimited', ['U']],
  ['Today, in a blank date', ['T']],
  ['Not done', ['N']],
  ['History', ['H']],
]

export function KeyList() {
  const [isOn, setOn] = useState<boolean | null>(null)
  useEffect(() => setOn(areLettersOn()), [])
  return (
    <section className="kb">
      <h3>Keys</h3>
      <Keys keys={KEYS} />
      <h3>In the answer of a question</h3>
      <Keys keys={LETTERS} />
      {isOn !== null && (
        <label className="check">
          <input
            type="checkbox"
            checked={isOn}
            onChange={event => {
              switchLetters(event.target.checked)
              setOn(areLettersOn())
            }}
          />
          Letters and digits are keys
        </label>
      )}
    </section>
  )
}

function Keys({ keys }: { keys: typeof KEYS }) {
  return (
    <ul>
      {keys.map(([name, caps]) => (
        <li key={name}>
          {name}
          <span>
            {caps.map(cap => (
              <kbd key={cap}>{cap}</kbd>
            ))}
          </span>
        </li>
      ))}
    </ul>
  )
}
