import type { CohortScore } from '@/lib/domain/outcomes/cohort-data'

/** Why a value that was received does not count in the view chosen. */
export type LeftOutReason = 'outsideWindow' | 'windowUnknown' | 'afterEvent' | 'eventUndated'

/** A score as an analysis view lets it count. */
export interface AnalysedScore extends CohortScore {
  /** Filled in by the method of missing data: nobody measured it. It has no date of its own. */
  readonly imputed?: true
  /** It was received and is left out by the view; unless filled in again, `value` is null. */
  readonly leftOut?: LeftOutReason
}

/**
 * Whether a value was received, whatever the view makes of it. Completeness is of these.
 * Example: a value left out for its window → true; one filled in → false.
 */
export function isReceived(score: AnalysedScore | undefined): boolean {
  if (score === undefined) return false
  return score.leftOut !== undefined || (score.value !== null && score.imputed === undefined)
}

/**
 * The measured value that counts, in the parameter's unit; null: none, or one that was filled in.
 * Example: a value carried forward → null.
 */
export function observedValue(score: AnalysedScore | undefined): number | null {
  return score === undefined || score.imputed === true ? null : score.value
}

/** The score without its value, which is left out for this reason. Example: `leaveOut(score, 'outsideWindow').value` → null. */
export function leaveOut(score: CohortScore, reason: LeftOutReason): AnalysedScore {
  return { ...score, value: null, leftOut: reason }
}
