import type { DoubleEntryState } from './double-entry-state'

/**
 * Whether a form waits for its second entry by this person, who until then must not see the first: two
 * entries are independent only as long as the second is made blind. Who typed an answer of the first knows it
 * and is no second person, nor is who may not enter. Missing rule: none. Errors: none. Source: the study's
 * protocol, `doubleEntry.forms`.
 * Example: pending, may enter, typed nothing of it → true; the same form once it differs → false.
 */
export function isForSecondPerson(facts: {
  readonly state: DoubleEntryState
  readonly mayEnter: boolean
  /** Typed an answer of the first entry. */
  readonly isAuthor: boolean
}): boolean {
  return facts.state === 'pending' && facts.mayEnter && !facts.isAuthor
}
