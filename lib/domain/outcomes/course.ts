import type { Parameter } from '@/lib/domain/instruments/instrument'
import { deriveBaseline } from '@/lib/domain/outcomes/baseline'
import type { CohortParticipant, CohortScore } from '@/lib/domain/outcomes/cohort-data'
import { chooseVisitScore, derivePrimaryScores } from '@/lib/domain/outcomes/primary-scores'
import type { Protocol } from '@/lib/domain/protocol/protocol'

/** One parameter of one participant, as every result by visit reads it. */
export interface Course {
  /** In the parameter's unit; null: there is none. */
  readonly baseline: number | null
  /** The one score of each visit that has any. */
  readonly scores: ReadonlyMap<string, CohortScore>
}

/**
 * The course of one parameter of one participant, by the very rules of the cohort: one place throughout
 * (`derivePrimaryScores`), one score a visit (`chooseVisitScore`), the protocol's baseline (`deriveBaseline`).
 * Missing rule: a visit without any score is absent. Source: clinical.md §3. Checked against `layOutCohort`.
 * Example: scored at L4/5 at three visits and at L5/S1 at one → the scores at L4/5, and their baseline.
 *
 * @param rows the participant's scores of one parameter, any place and visit
 */
export function deriveCourse(
  rows: readonly CohortScore[],
  participant: Pick<CohortParticipant, 'dayZero' | 'doses'>,
  plan: Protocol['baseline'],
  parameter?: Pick<Parameter, 'kind'>,
): Course {
  const primary = derivePrimaryScores(rows)
  const scores = new Map<string, CohortScore>()
  for (const row of primary) scores.set(row.visit, chooseVisitScore(scores.get(row.visit), row))
  return { baseline: deriveBaseline(primary, participant, plan, parameter), scores }
}
