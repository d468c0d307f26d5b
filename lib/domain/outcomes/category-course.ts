import type { Parameter } from '@/lib/domain/instruments/instrument'
import type { CategoryCount } from '@/lib/domain/outcomes/summary-types'

/**
 * How many participants are in each named range of a score, of those with a value; ranges nobody is in are listed with
 * 0. `level` is the upper end of the range in the parameter's unit, itself in it. Empty where the score has no ranges. A value above the last range belongs to it.
 * Source: the parameter's `bands.source`; limits as `deriveBand`. Checked against clinical.md §2.
 * Example: ODI 20, 40 and 41 → minimal 1, moderate 1, severe 1 of 3.
 */
export function countBands({ bands }: Pick<Parameter, 'bands'>, values: readonly number[]): CategoryCount[] {
  if (!bands) return []
  const counts = bands.list.map(() => 0)
  for (const value of values) {
    const band = bands.list.findIndex(({ upTo }) => value <= upTo)
    const index = band < 0 ? counts.length - 1 : band
    counts[index] = (counts[index] ?? 0) + 1
  }
  return bands.list.map(({ upTo, label }, index) => ({
    level: upTo,
    label,
    k: counts[index] ?? 0,
    n: values.length,
  }))
}
