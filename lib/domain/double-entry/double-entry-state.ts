/**
 * Where the double entry of one form stands. `none`: not asked for, or the form is not received yet; `pending`: a second
 * person has not entered it; `differs`: the entries differ and nobody decided; `settled`: equal, or decided.
 */
export type DoubleEntryState = 'none' | 'pending' | 'differs' | 'settled'

/**
 * Where the double entry of one form stands. A decision holds for the version of the first entry that it was made of: a
 * later change of it that leaves the two equal is settled, any other is open again.
 * Missing rule: `second: null`: there is no second entry. Errors: none. Source: the study's protocol,
 * `doubleEntry.forms`.
 * Example: received, decided at version 3, now version 4 with one difference → `differs`.
 */
export function deriveDoubleEntryState(facts: {
  readonly isAsked: boolean
  readonly isReceived: boolean
  /** Version of the first entry. */
  readonly firstVersion: number
  readonly second: {
    /** Version of the first entry that was found equal or decided, or a later one with the same answers; null: none. */
    readonly settledVersion: number | null
    /** How many items differ now. */
    readonly differenceCount: number
  } | null
}): DoubleEntryState {
  const { second } = facts
  if (!facts.isAsked) return 'none'
  if (second === null) return facts.isReceived ? 'pending' : 'none'
  if (second.differenceCount === 0 || second.settledVersion === facts.firstVersion) return 'settled'
  return 'differs'
}

/**
 * Where the double entry of a visit stands: as that of its form that is furthest from settled. In order: `differs`,
 * `pending`, `settled`, `none`. Missing rule: no form → `none`. Errors: none.
 * Source: the study's protocol, `doubleEntry.forms`. Example: `['settled', 'pending', 'none']` → `pending`.
 */
export function deriveLeastSettled(states: readonly DoubleEntryState[]): DoubleEntryState {
  return FURTHEST_FIRST.find(state => states.includes(state)) ?? 'none'
}

const FURTHEST_FIRST: readonly DoubleEntryState[] = ['differs', 'pending', 'settled']
