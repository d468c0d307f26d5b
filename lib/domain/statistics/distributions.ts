import studentT from '@stdlib/stats-base-dists-t'

/** The .975 quantile of the standard normal distribution. R: `qnorm(.975)`. */
export const Z_975 = 1.959963984540054

/** With so many degrees of freedom Student's t is the normal distribution to the last digit of a double. */
const NORMAL_DF = 1e20

/**
 * Below this |t| the library's cdf, which works from t² / (df + t²), loses digits of 1 - p; two terms of the
 * density's series about 0 are exact there to 1e-16.
 */
const SMALL_T = 1e-4

/**
 * Two-sided p of a t statistic: P(|T| >= |t|). Range: 0 to 1; `df` > 0, whole or not.
 * R: `2 * pt(-abs(t), df)`. Checked against R to 1e-10 in distributions.test.ts, df 1 to 9999.
 * Example: `computeTwoSidedT(-3.5, 8)` → 0.00808.
 */
export function computeTwoSidedT(t: number, df: number): number {
  const size = Math.abs(t)
  if (size < SMALL_T) return 1 - 2 * size * studentT.pdf(0, df) * (1 - ((df + 1) * size ** 2) / (6 * df))
  return Math.min(1, 2 * studentT.cdf(-size, df))
}

/**
 * The .975 quantile of Student's t, the factor of a 95 % interval. `df` > 0, whole or not.
 * R: `qt(.975, df)`. Checked against R to 1e-10 in distributions.test.ts, df 1 to 9999.
 * Example: `computeT975(8)` → 2.306.
 */
export function computeT975(df: number): number {
  return studentT.quantile(0.975, df)
}

/**
 * Two-sided p of a standard normal statistic: P(|Z| >= |z|). Range: 0 to 1. R: `2 * pnorm(-abs(z))`.
 * Checked against R to 1e-10 in distributions.test.ts, |z| to 35; 0 beyond 37.6.
 * Example: `computeTwoSidedNormal(1.96)` → 0.05.
 */
export function computeTwoSidedNormal(z: number): number {
  return Math.min(1, 2 * studentT.cdf(-Math.abs(z), NORMAL_DF))
}
