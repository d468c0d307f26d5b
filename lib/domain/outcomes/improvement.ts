import type { Parameter } from '@/lib/domain/instruments/instrument'
import { isMeasured, isUnlimited, rankDifference } from '@/lib/domain/instruments/unlimited'

/**
 * Tolerance of every comparison with a threshold, in points or percent: floating-point noise must not cost a
 * responder (7 → 4.9 is 30 %) nor make one.
 */
export const THRESHOLD_TOLERANCE = 1e-9

/** Why an improvement has no value. */
export type ImprovementProblem =
  | 'missing'
  | 'noBaseline'
  | 'baselineZero'
  | 'zeroDoesNotMeanNone'
  | 'noDirection'

/** An improvement, or why there is none. */
export type Improvement =
  | { readonly kind: 'improvement'; readonly value: number }
  | { readonly kind: 'undefined'; readonly reason: ImprovementProblem }

/**
 * Improvement in points of the scale, positive when better whichever way the scale runs. Missing visit or baseline,
 * or a scale without direction: undefined, with the reason. To *unlimited* it is more than any number of minutes
 * (`rankDifference`): a threshold is reached, but the figure is no duration. Source: clinical.md §3, change.
 * Example: NPRS 7 → 5 → 2.
 */
export function computeImprovementInPoints(
  parameter: Parameter,
  baseline: number | null,
  value: number | null,
): Improvement {
  if (parameter.higherIs === 'neither') return { kind: 'undefined', reason: 'noDirection' }
  if (value === null) return { kind: 'undefined', reason: 'missing' }
  if (baseline === null) return { kind: 'undefined', reason: 'noBaseline' }
  const [better, worse] = parameter.higherIs === 'worse' ? [baseline, value] : [value, baseline]
  return { kind: 'improvement', value: rankDifference(parameter, better, worse) }
}

/**
 * Change from baseline: visit − baseline, in the parameter's unit, whatever the direction of the scale; null
 * where either is missing or unlimited, or the parameter is a category or a profile. Source: clinical.md §3,
 * change. Example: NPRS 7 → 5 → −2.
 */
export function computeChange(
  parameter: Pick<Parameter, 'kind'>,
  baseline: number | null,
  value: number | null,
): number | null {
  if (!isMeasured(parameter) || baseline === null || value === null) return null
  if (isUnlimited(parameter, baseline) || isUnlimited(parameter, value)) return null
  return value - baseline
}

/**
 * Improvement in percent of baseline, positive when better; below −100 is possible. Only where zero means none.
 * A baseline of 0 is undefined, never 0 or infinite. Source: clinical.md §3, percent improvement.
 * Example: NPRS 8 → 6 → 25; 0 → 3 → undefined, `baselineZero`.
 */
export function computePercentImprovement(
  parameter: Parameter,
  baseline: number | null,
  value: number | null,
): Improvement {
  if (!parameter.zeroMeansNone) return { kind: 'undefined', reason: 'zeroDoesNotMeanNone' }
  const points = computeImprovementInPoints(parameter, baseline, value)
  if (points.kind === 'undefined' || baseline === null) return points
  if (baseline === 0) return { kind: 'undefined', reason: 'baselineZero' }
  return { kind: 'improvement', value: (100 * points.value) / baseline }
}

/** Whether a value reaches a threshold, within the tolerance. Example: `isAtLeast(29.9999999999, 30)` → true. */
export function isAtLeast(value: number, threshold: number): boolean {
  return value >= threshold - THRESHOLD_TOLERANCE
}

/** Whether a value is beyond a threshold by more than the tolerance. Example: `isAbove(1e-16, 0)` → false. */
export function isAbove(value: number, threshold: number): boolean {
  return value > threshold + THRESHOLD_TOLERANCE
}
