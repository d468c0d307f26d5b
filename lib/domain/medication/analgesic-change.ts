import { THRESHOLD_TOLERANCE } from '@/lib/domain/outcomes/improvement'

/** Analgesic level or morphine equivalents against baseline, or why that is not known. */
export type AnalgesicChange =
  | {
      readonly kind: 'rise' | 'unchanged' | 'fall'
      readonly baseline: number
      readonly value: number
    }
  | { readonly kind: 'unknown'; readonly reason: 'noBaseline' | 'missing' }

/**
 * Whether analgesic use rose or fell against baseline: derived from the two values, never typed. Level (0–3) and morphine
 * equivalents (mg a day) alike; higher is more, and a difference within 1e-9 is none.
 * Missing rule: no value at the visit → `missing`; no baseline → `noBaseline`.
 * Source: clinical.md §2, analgesic use, and §3, change. Example: baseline 3, now 2 → `fall`.
 */
export function deriveAnalgesicChange(baseline: number | null, value: number | null): AnalgesicChange {
  if (value === null) return { kind: 'unknown', reason: 'missing' }
  if (baseline === null) return { kind: 'unknown', reason: 'noBaseline' }
  const difference = value - baseline
  if (Math.abs(difference) <= THRESHOLD_TOLERANCE) return { kind: 'unchanged', baseline, value }
  return { kind: difference > 0 ? 'rise' : 'fall', baseline, value }
}
