import type { CohortParticipant } from '@/lib/domain/outcomes/cohort-data'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import { compareText } from '@/lib/domain/shared/compare-text'

/** The set that a result speaks of; every number names it. */
export type AnalysisSetName = 'randomised' | 'treated' | 'enrolled'

/** The participants who count, by subject. */
export interface AnalysisSet {
  readonly name: AnalysisSetName
  readonly members: readonly CohortParticipant[]
}

/**
 * The set by default: with several arms the randomised (an arm is allocated, treated or not); with one arm the
 * treated (a dose was given, dated or not), or the enrolled where the protocol has no treatments.
 * Participants who left stay in. Expects data to which the data cut has been applied. Ordered by subject
 * (code units), so that the same facts give the same bytes.
 * Source: clinical.md §3, sets and denominators.
 * Example: in a single-arm study of 10 enrolled and 9 treated → `{ name: 'treated', members: [9] }`.
 */
export function deriveAnalysisSet(
  protocol: Protocol,
  participants: readonly CohortParticipant[],
): AnalysisSet {
  const name = nameAnalysisSet(protocol)
  const members = participants.filter(participant => isInSet(name, participant))
  return {
    name,
    members: members.sort((a, b) => compareText(a.subject, b.subject) || a.participant - b.participant),
  }
}

/**
 * The set that a protocol's results speak of. Source: clinical.md §3, sets and denominators.
 * Example: two arms → `'randomised'`.
 */
export function nameAnalysisSet(protocol: Protocol): AnalysisSetName {
  if (protocol.arms.length > 1) return 'randomised'
  return protocol.treatments.length > 0 ? 'treated' : 'enrolled'
}

function isInSet(name: AnalysisSetName, participant: CohortParticipant): boolean {
  if (name === 'randomised') return participant.allocated
  return name === 'treated' ? participant.doses.length > 0 : participant.enrolled
}
