import { MME_DAY } from '@/lib/domain/instruments/analgesics'
import { deriveAnalgesicChange } from '@/lib/domain/medication/analgesic-change'
import { formatDecimal } from './numbers'
import { formatMissing } from './reasons'

/** One value of analgesic use with its baseline, and why it is missing where it is. */
export interface AnalgesicValue {
  readonly parameter: string
  readonly baseline: number | null
  readonly value: number | null
  /** The value is itself the baseline, so that there is no change. */
  readonly isBaseline?: boolean
  readonly missingReason?: string | null
}

/**
 * Analgesic use against baseline in words: the level, then morphine equivalents.
 * Example: level 2, at baseline 3 → `'Level 2, was 3 at baseline: fall'`.
 */
export function formatAnalgesicUse(use: AnalgesicValue): string {
  const { parameter, baseline, value, missingReason } = use
  const isMorphine = parameter === MME_DAY.code
  const show = (number: number) => formatDecimal(number, Number.isInteger(number) ? 0 : 1)
  const change = deriveAnalgesicChange(baseline, value)
  const named = isMorphine ? 'Morphine equivalents' : 'Level'
  if (value === null) {
    const reason = missingReason ? `missing, ${formatMissing(missingReason)}` : 'not recorded'
    return `${named} ${reason}`
  }
  const now = isMorphine ? `${named} ${show(value)} mg/day` : `${named} ${show(value)}`
  if (use.isBaseline) return now
  if (change.kind === 'unknown') return `${now}, no baseline: change unknown`
  return `${now}, was ${show(change.baseline)} at baseline: ${change.kind}`
}
