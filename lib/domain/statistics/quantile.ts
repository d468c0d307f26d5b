import { type Computed, computed, notComputed } from '@/lib/domain/statistics/computed'
import { assertSample } from '@/lib/domain/statistics/sample'

/** R steps down an order statistic only if it is more than this away (`fuzz` of `quantile.default`). */
const FUZZ = 4 * Number.EPSILON

/**
 * Sample quantile of type 7: linear interpolation at position 1 + (n - 1) p of the sorted values.
 * R: `quantile(x, p, type = 7)`. Unit: that of the values. `p`: 0 to 1.
 * Undefined: no value → `noValues`. Errors: RangeError when `p` is outside 0 to 1 or a value is not finite.
 * Source: Hyndman and Fan, Am Stat 1996;50:361. Checked against R to 1e-10 in describe.test.ts, any n.
 * Example: `quantileType7([1, 2, 3, 4], 0.25)` → 1.75.
 */
export function quantileType7(values: readonly number[], p: number): Computed<number> {
  assertSample(values)
  if (!(p >= 0 && p <= 1)) throw new RangeError(`Not a probability: ${p}`)
  if (values.length === 0) return notComputed('noValues')

  const sorted = Float64Array.from(values).sort()
  const position = (sorted.length - 1) * p
  const below = Math.floor(position + FUZZ)
  const fraction = position - below
  const lower = sorted[below] as number
  const upper = sorted[Math.min(below + 1, sorted.length - 1)] as number
  if (Math.abs(fraction) < FUZZ || lower === upper) return computed(lower)
  return computed((1 - fraction) * lower + fraction * upper)
}
