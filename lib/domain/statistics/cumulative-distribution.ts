import { type Computed, computed, type Interval, notComputed } from '@/lib/domain/statistics/computed'
import { computeWilson } from '@/lib/domain/statistics/proportion'
import { roundForRanks } from '@/lib/domain/statistics/ranks'
import { assertSample } from '@/lib/domain/statistics/sample'

/** A share of everybody who counts, with its pointwise 95 % interval (Wilson); all 0 to 1. */
export interface CumulativeShare {
  readonly k: number
  readonly proportion: number
  readonly ci: Interval
}

/** The distribution at one observed improvement. */
export interface CumulativeStep {
  readonly improvement: number
  /** Improved by no more than this, or missing. Rises from step to step, to 1. */
  readonly atMost: CumulativeShare
  /** Improved by at least this: the responder rate at this threshold, missing as non-responders. Falls. */
  readonly atLeast: CumulativeShare
}

/** Distribution of improvement over everybody who counts, missing ones among them. */
export interface CumulativeDistribution {
  readonly n: number
  /** Drawn below the worst improvement; never an improvement of 0. */
  readonly missing: CumulativeShare
  /** One a distinct improvement, the worst first. */
  readonly steps: readonly CumulativeStep[]
}

/**
 * Empirical cumulative distribution of improvement with pointwise 95 % bands (Wilson's interval at each step; they hold
 * at one threshold at a time, not for the whole curve). Improvements are rounded to 9 decimals, so that floating-point
 * noise makes no step. Unit: that of the improvements, as a rule per cent, positive when better.
 * R: `ecdf(x)(v)`, with missing as -Inf, and `prop.test(k, n, correct = FALSE)$conf.int`.
 * Missing rule: missing count in every denominator and lie below the worst value. Nobody at all → `noValues`; all
 * missing → no step. Valid for any n.
 * Errors: RangeError at an improvement that is not finite or a number of missing that is no count.
 * Source: clinical reference, statistics; Farrar, J Pain Symptom Manage 2006;31:369 (the curve). Checked against R to
 * 1e-10 in cumulative-distribution.test.ts.
 * Example: improvements 0, 50, 50 and one missing → at 0: 2 of 4 at most, 3 of 4 at least.
 */
export function computeCumulativeBands(
  improvements: readonly number[],
  nMissing: number,
): Computed<CumulativeDistribution> {
  assertSample(improvements)
  const n = improvements.length + nMissing
  const missing = computeShare(nMissing, n)
  if (missing === null) return notComputed('noValues')
  const sorted = Float64Array.from(improvements, roundForRanks).sort()
  const steps: CumulativeStep[] = []
  for (let start = 0; start < sorted.length; ) {
    const improvement = sorted[start] as number
    let end = start + 1
    while (sorted[end] === improvement) end += 1
    const atMost = computeShare(nMissing + end, n)
    const atLeast = computeShare(sorted.length - start, n)
    if (atMost && atLeast) steps.push({ improvement, atMost, atLeast })
    start = end
  }
  return computed({ n, missing, steps })
}

function computeShare(k: number, n: number): CumulativeShare | null {
  const ci = computeWilson(k, n).value
  return ci && { k, proportion: k / n, ci }
}
