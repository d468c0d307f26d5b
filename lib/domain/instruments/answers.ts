/** Reading answers as numbers, and the score of an instrument that is one item. */
import type { Answers } from '@/lib/domain/instruments/instrument'
import type { MissingReason, Score } from '@/lib/domain/shared/missing'

/**
 * Missing reasons that a person may choose at entry, where the item does not name its own.
 * `notInSource` belongs to imports, `notApplicable` to items that can fail to apply.
 */
export const ENTRY_MISSING_REASONS: readonly MissingReason[] = [
  'notDone',
  'notAsked',
  'declined',
  'illegible',
  'unknown',
]

/**
 * The number answered to an item; `undefined` when missing or not touched.
 * Throws on an answer that is no finite number: entry and import refuse those, so it cannot be stored.
 * Example: `readNumber({ NPRS_AVG: { value: 4 } }, 'NPRS_AVG')` → `4`.
 */
export function readNumber(answers: Answers, code: string): number | undefined {
  const answer = answers[code]
  if (!answer || 'missing' in answer) return undefined
  if (typeof answer.value !== 'number' || !Number.isFinite(answer.value)) {
    throw new Error(`Answer to ${code} is not a number`)
  }
  return answer.value
}

/**
 * The score of a parameter that is one item: the answer itself, or the reason given for its absence.
 * Missing rule: missing is missing; not touched → `undefined`, since there is no reason to store.
 * Example: `scoreItem({ VAS: { missing: 'declined' } }, 'VAS')` → `{ kind: 'missing', reason: 'declined' }`.
 */
export function scoreItem(answers: Answers, code: string): Score | undefined {
  const answer = answers[code]
  if (!answer) return undefined
  if ('missing' in answer) return { kind: 'missing', reason: answer.missing }
  const value = readNumber(answers, code)
  return value === undefined ? undefined : { kind: 'score', value }
}

/**
 * Scores of an instrument whose parameters are its items, each by `scoreItem`; untouched ones are left out.
 * Example: `scoreItems({ VAS: { value: 40 } }, ['VAS'])` → `{ VAS: { kind: 'score', value: 40 } }`.
 */
export function scoreItems(answers: Answers, codes: readonly string[]): Readonly<Record<string, Score>> {
  const scores: Record<string, Score> = {}
  for (const code of codes) {
    const score = scoreItem(answers, code)
    if (score) scores[code] = score
  }
  return scores
}
