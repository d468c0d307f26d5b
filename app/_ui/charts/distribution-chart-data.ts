/** Share of participants who improved by at least x percent, by arm. */
export interface DistributionChartData {
  readonly arms: readonly DistributionArm[]
}

export interface DistributionArm {
  readonly code: string
  /** Everyone expected. */
  readonly n: number
  /** Of them without an improvement, in words, e.g. `missing 4, baseline 0: 1`; '' where everyone has one. */
  readonly withoutValue: string
  /** The worst improvement first; shares of n, 0 to 1. */
  readonly steps: readonly {
    readonly improvement: number
    readonly share: number
    readonly lower: number
    readonly upper: number
  }[]
}

/** Improvements below this are drawn at it, as bars are. */
export const LOWEST_IMPROVEMENT = -100
