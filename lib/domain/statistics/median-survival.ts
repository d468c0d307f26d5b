import { type Computed, computed, notComputed } from '@/lib/domain/statistics/computed'
import type { KaplanMeierStep } from '@/lib/domain/statistics/kaplan-meier'

/** A curve this near to one half is at one half, as in R's `quantile.survfit`. */
const TOLERANCE = Math.sqrt(Number.EPSILON)

/** Median time to the event, in the unit of the times. */
export interface MedianSurvival {
  readonly median: Computed<number>
  /** 95 % interval. */
  readonly ciLower: Computed<number>
  readonly ciUpper: Computed<number>
}

/**
 * Median time to the event: the first time at which survival is one half or less; where the curve stays at exactly one
 * half, the middle of that stretch. Its 95 % interval is where the two log-log bounds of survival do the same.
 * R: `survival::quantile(survfit(…, conf.type = "log-log"), .5)`.
 * Undefined: no steps → `noValues`; a curve that does not come down to one half → `notReached`, the end's own reason.
 * Valid for the steps of `computeKaplanMeier`. Source: Brookmeyer and Crowley, Biometrics 1982;38:29. Checked against
 * the published leukaemia data and R in kaplan-meier.test.ts.
 * Example: 21 children on 6-MP (Freireich 1963) → 23 weeks, from 13, upper end not reached.
 */
export function computeMedianSurvival(steps: readonly KaplanMeierStep[]): MedianSurvival {
  return {
    median: findHalf(steps, step => step.survival),
    ciLower: findHalf(steps, step => step.ciLower.value),
    ciUpper: findHalf(steps, step => step.ciUpper.value),
  }
}

function findHalf(
  steps: readonly KaplanMeierStep[],
  heightOf: (step: KaplanMeierStep) => number | null,
): Computed<number> {
  const last = steps.at(-1)
  if (last === undefined) return notComputed('noValues')
  const reached = steps.findIndex(step => isAtMost(heightOf(step), 0.5 + TOLERANCE))
  const first = steps[reached]
  if (first === undefined) return notComputed('notReached')
  if (isAtMost(heightOf(first), 0.5 - TOLERANCE)) return computed(first.time)
  const below = steps.slice(reached).find(step => isAtMost(heightOf(step), 0.5 - TOLERANCE))
  return computed(first.time / 2 + (below ?? last).time / 2)
}

function isAtMost(height: number | null, limit: number): boolean {
  return height !== null && height <= limit
}
