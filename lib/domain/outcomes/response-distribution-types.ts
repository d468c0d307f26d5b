import type { CurveResolution } from '@/lib/domain/outcomes/curve-resolution'
import type { Interval } from '@/lib/domain/statistics/computed'

/** Percent improvement of one parameter at one visit, as a cumulative curve by arm. */
export interface ResponseDistribution {
  readonly parameter: string
  readonly visit: string
  readonly resolution: CurveResolution
  readonly arms: readonly ArmResponseDistribution[]
}

/** expected = defined + missing + undefinedBaselineZero + afterEvent. */
export interface ArmResponseDistribution {
  readonly arm: string
  readonly label: string
  readonly expected: number
  readonly defined: number
  /** Due, without a value at the visit or without a baseline: below the worst value, never 0 %. */
  readonly missing: number
  /** Value present, baseline 0: no percentage; below the worst value too. */
  readonly undefinedBaselineZero: number
  /** Composite strategy: value at or after an intercurrent event, or not known to be before it; below the worst too. */
  readonly afterEvent: number
  /** Values of windows still open; they are left out, as in responder rates. */
  readonly nEarly: number
  readonly steps: readonly ResponseStep[]
}

/** How many of those expected are better by at least so much. */
export interface ResponseStep {
  /** Percent, positive when better. */
  readonly percentImprovement: number
  readonly k: number
  readonly proportion: number
  /** Wilson, pointwise: it holds at one threshold at a time, not for the whole curve. */
  readonly wilson: Interval
}
