/** How a duration without a limit is written and ranked. */
import type { Parameter } from '@/lib/domain/instruments/instrument'

/** The answer to an item that may be unlimited, as it is stored in answers and exported. */
export const UNLIMITED = 'unlimited'

/**
 * The score that stands for *unlimited*, in minutes: one more than a day has, so that it ranks above every number. It is
 * a rank, not a duration: means, SDs and intervals are not computed where it occurs, and exports leave the value empty
 * and say `unlimited`. Example: 1440 minutes ranks below it.
 */
export const UNLIMITED_RANK = 1441

/**
 * Whether a value of a parameter means *unlimited*. Example: `isUnlimited({ kind: 'duration' }, 1441)` → true; of a
 * continuous parameter always false.
 */
export function isUnlimited(parameter: Pick<Parameter, 'kind'>, value: number | null): boolean {
  return parameter.kind === 'duration' && value === UNLIMITED_RANK
}

/**
 * Reads what people type for unlimited: the word, its first letters from `u` on, or ∞; case and blanks do not count.
 * Example: `isUnlimitedText('U')` → true; `isUnlimitedText('60')` → false.
 */
export function isUnlimitedText(text: string): boolean {
  const typed = text.trim().toLowerCase()
  return typed === '∞' || (typed !== '' && UNLIMITED.startsWith(typed))
}
