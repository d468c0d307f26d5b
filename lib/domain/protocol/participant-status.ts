import type { EndReason } from '@/lib/domain/protocol/follow-up'
import type { VisitProgress } from '@/lib/domain/protocol/visit-state'

/**
 * Where a participant stands in the study. `screening`: enrolled, neither treated nor a baseline visit begun;
 * `awaitingTreatment`: begun, not treated; `followUp`: a visit is still lacking something; `complete`: none is.
 * `screenFailure` and `declined` as recorded at registration; `withdrawn`, `lost` and `died`: what ended follow-up.
 */
export type ParticipantStatus =
  | 'screening'
  | 'awaitingTreatment'
  | 'followUp'
  | 'complete'
  | 'screenFailure'
  | 'declined'
  | 'withdrawn'
  | 'lost'
  | 'died'

export interface ParticipantStatusFacts {
  readonly outcome: 'enrolled' | 'screenFailure' | 'declined'
  /** The protocol plans treatments; without any, nobody awaits one. */
  readonly hasTreatments: boolean
  readonly isTreated: boolean
  /** A baseline visit was begun or declared missed. */
  readonly isBaselineBegun: boolean
  readonly visits: readonly VisitProgress[]
  /** What ended follow-up; null: still in it. */
  readonly ended: EndReason | null
}

/**
 * The status of one participant, whatever the day. Missing: no visit in the schedule → `complete` once treated.
 * Source: clinical.md §3, visit states. Example: treated, month 12 `partly` → `followUp`.
 */
export function deriveParticipantStatus(facts: ParticipantStatusFacts): ParticipantStatus {
  const { outcome, hasTreatments, isTreated, isBaselineBegun, visits, ended } = facts
  if (outcome !== 'enrolled') return outcome
  if (ended) return ended
  const isBefore = hasTreatments ? !isTreated : true
  if (isBefore && !isBaselineBegun) return 'screening'
  if (hasTreatments && !isTreated) return 'awaitingTreatment'
  return visits.some(progress => progress === 'untouched' || progress === 'partly') ? 'followUp' : 'complete'
}
