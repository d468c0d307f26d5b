/**
 * Hedges' correction of a standardised mean difference for small samples, J(df) = 1 - 3 / (4 df - 1).
 * Range: 0 at df 1, towards 1 as df grows. `df` >= 1; below that no effect size exists.
 * Source: Hedges, J Educ Stat 1981;6:107 (the approximation); clinical reference, statistics, convention 7.
 * Example: `computeSmallSampleCorrection(8)` → 0.903.
 */
export function computeSmallSampleCorrection(df: number): number {
  return 1 - 3 / (4 * df - 1)
}
