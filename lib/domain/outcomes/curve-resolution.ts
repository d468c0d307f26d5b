/**
 * How finely a curve by arm is told. `visits`: only at the times of visits, or at round thresholds, so that no step of
 * it is one participant's own value or day.
 */
export type CurveResolution = 'exact' | 'coarse'

/**
 * The resolution at which curves are reported: coarse where results stand by arm for a reader to whom the arm of a
 * participant is masked, since days and values are known from a participant's own page and a step would tell the arm.
 * Source: clinical.md §3, interim results. Example: one arm → `'exact'` for every reader.
 */
export function deriveCurveResolution(cohort: {
  readonly arms: readonly unknown[]
  readonly namesParticipants: boolean
}): CurveResolution {
  return cohort.arms.length > 1 && !cohort.namesParticipants ? 'coarse' : 'exact'
}
