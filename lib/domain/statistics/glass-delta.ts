import { type Computed, computed, notComputed } from '@/lib/domain/statistics/computed'
import {
  assertSample,
  computeMean,
  computeSquaredDeviations,
  hasZeroVariance,
} from '@/lib/domain/statistics/sample'

/** Baseline and change (visit minus baseline) of one participant who has both, in the unit of the parameter. */
export interface BaselineAndChange {
  readonly baseline: number
  readonly change: number
}

/**
 * Glass's delta of a change within one group: mean change over the SD of the same participants' baseline. Unit: baseline
 * standard deviations; negative when values fell. Always to be labelled as such: it is neither d_z nor Hedges' g, and
 * takes no small-sample correction.
 * R: `mean(change) / sd(baseline)`.
 * Undefined: nobody → `noValues`; one → `needsTwoValues`; baselines that do not differ → `zeroVariance`.
 * Missing rule: who lacks either value is left out by the caller. Valid for any n >= 2.
 * Errors: RangeError at a value that is not finite. Source: Glass, Educ Res 1976;5:3; clinical reference, statistics.
 * Checked against R to 1e-10 in change.test.ts.
 * Example: baseline 6 7 5 8 6 7 4 6 7, mean change -2.333 → -1.941.
 */
export function computeGlassDelta(participants: readonly BaselineAndChange[]): Computed<number> {
  const baselines = participants.map(({ baseline }) => baseline)
  const changes = participants.map(({ change }) => change)
  assertSample(baselines)
  assertSample(changes)
  const n = participants.length
  if (n < 2) return notComputed(n === 0 ? 'noValues' : 'needsTwoValues')
  const sd = Math.sqrt(computeSquaredDeviations(baselines) / (n - 1))
  if (hasZeroVariance(sd / Math.sqrt(n), [computeMean(baselines)])) return notComputed('zeroVariance')
  return computed(computeMean(changes) / sd)
}
