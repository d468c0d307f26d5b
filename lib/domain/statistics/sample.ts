/** Beyond this, squares and sums of a sample could overflow; no outcome is measured on such a scale. */
const LARGEST_MAGNITUDE = 1e100

/**
 * Refuses what is no measurement. A missing value must have been left out by the caller.
 * Errors: throws a RangeError at NaN, an infinity or a magnitude above 1e100 (an impossible state).
 * Example: `assertSample([1, NaN])` throws.
 */
export function assertSample(values: readonly number[]): void {
  for (const value of values) {
    if (!(Math.abs(value) <= LARGEST_MAGNITUDE)) throw new RangeError(`Not a measured value: ${value}`)
  }
}

/**
 * Refuses what is no count of successes among trials.
 * Errors: throws a RangeError unless 0 <= successes <= trials, both whole numbers (an impossible state).
 * Example: `assertCount(3, 2)` throws.
 */
export function assertCount(successes: number, trials: number): void {
  const whole = Number.isSafeInteger(successes) && Number.isSafeInteger(trials)
  if (!whole || successes < 0 || successes > trials) {
    throw new RangeError(`Not a count among trials: ${successes} of ${trials}`)
  }
}

/**
 * Sum with the rounding error carried along (Neumaier), as near as R's long-double accumulation comes.
 * Example: `computeSum([1, 1e100, 1, -1e100])` → 2.
 */
export function computeSum(terms: ArrayLike<number>): number {
  let sum = 0
  let lost = 0
  // By index: an iterator costs more than the sum, over the thousands of samples of a report.
  for (let index = 0; index < terms.length; index += 1) {
    const term = terms[index] as number
    const next = sum + term
    lost += Math.abs(sum) >= Math.abs(term) ? sum - next + term : term - next + sum
    sum = next
  }
  return sum + lost
}

/**
 * Arithmetic mean. R: `mean(x)`. Needs at least one value; callers deal with none.
 * Two passes, as in R, so that equal values have exactly their own value as mean; the second takes the rough
 * mean away inside the compensated sum, so that a mean near 0 of large values keeps its digits.
 * Example: `computeMean([1, 2])` → 1.5.
 */
export function computeMean(values: readonly number[]): number {
  const n = values.length
  const rough = computeSum(values) / n
  const remainders = new Float64Array(2 * n).fill(-rough)
  remainders.set(values)
  return rough + computeSum(remainders) / n
}

/**
 * Sum of squared deviations from the mean. R: `sum((x - mean(x))^2)`. Needs at least one value. Range: >= 0.
 * Example: `computeSquaredDeviations([1, 3])` → 2.
 */
export function computeSquaredDeviations(values: readonly number[]): number {
  const mean = computeMean(values)
  return computeSum(values.map(value => (value - mean) ** 2))
}

/**
 * Whether a standard error is nothing but floating-point noise beside the means it belongs to.
 * Source: R's `t.test` ("data are essentially constant": stderr < 10 eps |mean|), and zero itself.
 * Example: `hasZeroVariance(1e-17, [2.1])` → true.
 */
export function hasZeroVariance(standardError: number, means: readonly number[]): boolean {
  const largest = Math.max(...means.map(Math.abs))
  return standardError === 0 || standardError < 10 * Number.EPSILON * largest
}
