import { expect } from 'vitest'
import type { Computed } from '@/lib/domain/statistics/computed'

/** How far we may be from R, relative to R's number. */
const RELATIVE = 1e-10

/**
 * Passes when `actual` is R's number to 1e-10 of it. `scale`: for a number that comes of subtracting larger
 * ones (an interval's end near 0), the size of these, to which the 1e-10 then refers.
 */
export function expectClose(actual: number | null, expected: number, scale = 0): void {
  const tolerance = RELATIVE * Math.max(Math.abs(expected), scale)
  expect(actual).not.toBeNull()
  expect(Math.abs((actual as number) - expected), `${actual} against ${expected}`).toBeLessThanOrEqual(
    tolerance,
  )
}

/** As `expectClose`; where R has no answer (null), a reason must stand in place of the value. */
export function expectComputed(actual: Computed<number>, expected: number | null, scale = 0): void {
  if (expected === null) {
    expect(actual.value).toBeNull()
    expect(actual.reason).toBeTypeOf('string')
  } else {
    expectClose(actual.value, expected, scale)
  }
}
