import type { AnalysisSet } from '@/lib/domain/outcomes/analysis-set'
import { formatArmLetter } from '@/lib/domain/outcomes/masked-arms'
import { hasMaskedArms, type MaskingView, mayNameArms } from '@/lib/domain/protocol/masking'
import type { Protocol } from '@/lib/domain/protocol/protocol'

/** An arm of the result with the positions of its members in the analysis set. */
export interface ReportedArm {
  readonly code: string
  readonly label: string
  readonly members: readonly number[]
}

/** Code of the one arm in which a reader without results by arm sees everybody. */
export const POOLED_ARM = 'ALL'

/**
 * Whether a result pools all arms for this reader. A study of one arm has nothing to hide.
 * Example: `isPooled(threeArms, { participantArms: true, resultsByArm: false, armsNamed: false })` → true.
 */
export function isPooled(protocol: Protocol, masking: MaskingView): boolean {
  return !masking.resultsByArm && protocol.arms.length > 1
}

/**
 * Whether a result names participants: not where arms are pooled or masked, and not where results by arm are open to a
 * reader to whom the arm of a participant is not, since a line in an arm would tell it.
 * Source: clinical.md §3, interim results. Example: `namesParticipants(oneArm, view)` → true for every view.
 */
export function namesParticipants(protocol: Protocol, masking: MaskingView): boolean {
  return protocol.arms.length <= 1 || (mayNameArms(masking) && masking.participantArms)
}

/**
 * Whether results stand by arm, lettered or named, for a reader to whom the arm of a participant is closed. A small group
 * could tell it. Source: clinical.md §3, interim results.
 * Example: two arms, released by arm to a masked investigator → true; pooled, or open → false.
 */
export function hasClosedArms(protocol: Protocol, masking: MaskingView): boolean {
  return masking.resultsByArm && !namesParticipants(protocol, masking)
}

/**
 * The arms of a result in protocol order, empty ones included. Pooled: one arm `ALL` with everybody. Masked: `A`, `B` …,
 * in the order of the protocol given, which is that of the letters once `maskArms` was applied. In a study of one arm all
 * members belong to it, whether or not the allocation was recorded.
 * Source: interfaces.md, definitions; clinical.md §3, interim results.
 * Example: an arm of two members at positions 0 and 4 →
 * `{ code: 'PRT', label: 'Pain reprocessing therapy', members: [0, 4] }`.
 */
export function deriveReportedArms(
  protocol: Protocol,
  set: AnalysisSet,
  masking: MaskingView,
): ReportedArm[] {
  const everybody = set.members.map((_, position) => position)
  if (isPooled(protocol, masking)) return [{ code: POOLED_ARM, label: 'All arms', members: everybody }]
  const isMasked = protocol.arms.length > 1 && hasMaskedArms(masking)
  return protocol.arms.map((arm, place) => ({
    ...(isMasked ? nameMasked(place) : { code: arm.code, label: arm.name }),
    members:
      protocol.arms.length === 1
        ? everybody
        : everybody.filter(position => set.members[position]?.arm === arm.code),
  }))
}

function nameMasked(place: number) {
  const code = formatArmLetter(place)
  return { code, label: `Arm ${code}` }
}
