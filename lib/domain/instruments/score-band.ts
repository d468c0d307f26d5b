import type { Parameter } from '@/lib/domain/instruments/instrument'

/**
 * The named range in which a score lies; `null` where the parameter has none. A prorated score between two
 * bands of whole numbers belongs to the higher one. Source: the parameter's `bands.source`. Checked against
 * the limits of clinical.md §2.
 * Example: ODI 40 → `'moderate'`; DASS depression 9.33 → `'mild'`.
 */
export function deriveBand(parameter: Pick<Parameter, 'bands'>, value: number): string | null {
  return parameter.bands?.list.find(({ upTo }) => value <= upTo)?.label ?? null
}
