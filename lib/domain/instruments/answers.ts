/** Reading answers as numbers, and the score of an instrument that is one item. */
import type { Answers } from '@/lib/domain/instruments/instrument'
import { UNLIMITED, UNLIMITED_RANK } from '@/lib/domain/instruments/unlimited'
import type { MissingReason, Score, ScoreMissingReason } from '@/lib/domain/shared/missing'

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
 * The number answered to an item; `undefined` when missing or not touched. *Unlimited* reads as `UNLIMITED_RANK`.
 * Throws on an answer that is no finite number: entry and import refuse those, so it cannot be stored.
 * Example: `readNumber({ NPRS_AVG: { value: 4 } }, 'NPRS_AVG')` → `4`.
 */
export function readNumber(answers: Answers, code: string): number | undefined {
  const answer = answers[code]
  if (!answer || 'missing' in answer) return undefined
  if (answer.value === UNLIMITED) return UNLIMITED_RANK
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

/**
 * The numbers answered to several items, those without one left out. Example: items A 2, B declined → `[2]`.
 */
export function readNumbers(answers: Answers, codes: readonly string[]): readonly number[] {
  return codes.flatMap(code => readNumber(answers, code) ?? [])
}

/**
 * Why a score of several items is missing: the reason itself when no item was answered and all reasons given agree,
 * else `tooFewItems`; `undefined` when nothing was recorded of any of them.
 * Example: all ten sections declined → `declined`; one declined and nine answered → `tooFewItems`.
 */
export function deriveAbsence(answers: Answers, codes: readonly string[]): ScoreMissingReason | undefined {
  const recorded = codes.flatMap(code => answers[code] ?? [])
  const reasons = new Set(recorded.map(answer => ('missing' in answer ? answer.missing : null)))
  const [only] = reasons
  if (recorded.length === 0) return undefined
  return reasons.size === 1 && only ? only : 'tooFewItems'
}

/**
 * Scores several items by a rule of their numbers, which gives `null` where too few are answered; then the reason is
 * `deriveAbsence`. `undefined`: nothing was recorded.
 * Example: `scoreByRule({ A: { missing: 'declined' } }, ['A', 'B'], () => null)` → missing, `declined`.
 */
export function scoreByRule(
  answers: Answers,
  codes: readonly string[],
  rule: (values: readonly number[]) => number | null,
): Score | undefined {
  const absence = deriveAbsence(answers, codes)
  if (absence === undefined) return undefined
  const values = readNumbers(answers, codes)
  const value = values.length === 0 ? null : rule(values)
  return value === null ? { kind: 'missing', reason: absence } : { kind: 'score', value }
}

/** Adds what several numbers come to. Example: `sumOf([1, 2])` → 3. */
export function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0)
}
