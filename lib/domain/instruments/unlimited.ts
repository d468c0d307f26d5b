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

/** Whether values are numbers that can be compared and, unless unlimited, subtracted: no category, no profile. */
export function isMeasured(parameter: Pick<Parameter, 'kind'>): boolean {
  return parameter.kind === 'continuous' || parameter.kind === 'duration'
}

/**
 * Difference of two values as ranks compare it, in the parameter's unit: from or to *unlimited* it is larger than any
 * difference of numbers (± `UNLIMITED_RANK`), and none between two unlimited ones. For ranks and thresholds, never for
 * means. Example: of a duration, `rankDifference(p, UNLIMITED_RANK, 1440)` → 1441; `rankDifference(p, 60, 20)` → 40.
 */
export function rankDifference(parameter: Pick<Parameter, 'kind'>, value: number, from: number): number {
  const [isHigh, wasHigh] = [isUnlimited(parameter, value), isUnlimited(parameter, from)]
  if (isHigh === wasHigh) return value - from
  return isHigh ? UNLIMITED_RANK : -UNLIMITED_RANK
}

/**
 * Reads what people type for unlimited: the word, its first letters from `u` on, or ∞; case and blanks do not count.
 * Example: `isUnlimitedText('U')` → true; `isUnlimitedText('60')` → false.
 */
export function isUnlimitedText(text: string): boolean {
  const typed = text.trim().toLowerCase()
  return typed === '∞' || (typed !== '' && UNLIMITED.startsWith(typed))
}
