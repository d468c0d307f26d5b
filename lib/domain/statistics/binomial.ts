/**
 * The smallest count k with P(B <= k) >= `probability`, B being binomial. Range: 0 to `trials`.
 * R: `qbinom(probability, trials, share)`. `trials` >= 0, whole; `share` and `probability` strictly between 0 and 1.
 * Each weight comes from its neighbour by one ratio, outwards from the mode, so that nothing overflows and what
 * underflows is too small to count. Checked against R through the quantile intervals.
 * Example: `computeBinomialQuantile(0.025, 9, 0.5)` → 2.
 */
export function computeBinomialQuantile(probability: number, trials: number, share: number): number {
  const weights = new Float64Array(trials + 1)
  const mode = Math.min(trials, Math.floor((trials + 1) * share))
  const odds = share / (1 - share)
  weights[mode] = 1
  for (let k = mode; k < trials; k += 1) {
    weights[k + 1] = ((weights[k] as number) * (trials - k) * odds) / (k + 1)
  }
  for (let k = mode; k > 0; k -= 1) {
    weights[k - 1] = ((weights[k] as number) * k) / ((trials - k + 1) * odds)
  }
  const all = weights.reduce((sum, weight) => sum + weight, 0)
  let upTo = 0
  for (let k = 0; k < trials; k += 1) {
    upTo += weights[k] as number
    if (upTo / all >= probability) return k
  }
  return trials
}
