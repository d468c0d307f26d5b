import { type Computed, computed, notComputed } from '@/lib/domain/statistics/computed'
import {
  assertSample,
  computeMean,
  computeSquaredDeviations,
  hasZeroVariance,
} from '@/lib/domain/statistics/sample'
import { computeSmallSampleCorrection } from '@/lib/domain/statistics/small-sample-correction'

/** Standardised mean change, in standard deviations of the change; negative when values fell. */
export interface PairedEffectSize {
  /** d_z: mean change over SD of change, uncorrected. */
  readonly dz: Computed<number>
  /** d_z times J(n - 1). */
  readonly hedgesGPaired: Computed<number>
}

/**
 * Effect sizes of a change within one group, from the changes (visit minus baseline).
 * R: `mean(change) / sd(change)`, and that times `1 - 3 / (4 * (n - 1) - 1)`.
 * Undefined: no change → `noValues`; one → `needsTwoValues`; changes that do not differ → `zeroVariance`.
 * With two changes g is 0, since J(1) = 0. Errors: RangeError at a non-finite change.
 * Source: clinical reference, statistics, conventions 5 and 7; Lakens, Front Psychol 2013;4:863 (d_z).
 * Checked against R to 1e-10 in change.test.ts, any n.
 * Example: changes -3 -5 0 -4 -5 0 -2 -1 -1 → dz -1.167, g -1.054.
 */
export function computePairedEffectSize(changes: readonly number[]): PairedEffectSize {
  assertSample(changes)
  const n = changes.length
  if (n < 2) {
    const none = notComputed(n === 0 ? 'noValues' : 'needsTwoValues')
    return { dz: none, hedgesGPaired: none }
  }
  const mean = computeMean(changes)
  const sd = Math.sqrt(computeSquaredDeviations(changes) / (n - 1))
  if (hasZeroVariance(sd / Math.sqrt(n), [mean])) {
    const constant = notComputed('zeroVariance')
    return { dz: constant, hedgesGPaired: constant }
  }
  const dz = mean / sd
  // `+ 0` turns the -0 of a fall at n = 2 into 0
  return { dz: computed(dz), hedgesGPaired: computed(dz * computeSmallSampleCorrection(n - 1) + 0) }
}
