import type { AnalysisSet } from '@/lib/domain/outcomes/analysis-set'
import type { Protocol } from '@/lib/domain/protocol/protocol'

/** Whether this reader sees results by arm. `pooled`: arms are hidden, all participants are one group without ids. */
export type OutcomeMasking = 'byArm' | 'pooled'

/** An arm of the result with the positions of its members in the analysis set. */
export interface ReportedArm {
  readonly code: string
  readonly label: string
  readonly members: readonly number[]
}

/** Code of the one arm in which masked readers see everybody. */
export const POOLED_ARM = 'ALL'

/**
 * Whether arms are hidden in the result. A study of one arm has nothing to hide.
 * Example: `isMasked(threeArms, 'pooled')` → true.
 */
export function isMasked(protocol: Protocol, masking: OutcomeMasking): boolean {
  return masking === 'pooled' && protocol.arms.length > 1
}

/**
 * The arms of a result in protocol order, empty ones included. Masked: one arm `ALL` with everybody. In a study of
 * one arm all members belong to it, whether or not the allocation was recorded.
 * Source: interfaces.md, definitions; clinical.md §3, interim results.
 * Example: an arm of two members at positions 0 and 4 → `{ code: 'PRT', label: 'Pain reprocessing therapy', members: [0, 4] }`.
 */
export function deriveReportedArms(
  protocol: Protocol,
  set: AnalysisSet,
  masking: OutcomeMasking,
): ReportedArm[] {
  const everybody = set.members.map((_, position) => position)
  if (isMasked(protocol, masking)) return [{ code: POOLED_ARM, label: 'All arms', members: everybody }]
  return protocol.arms.map(arm => ({
    code: arm.code,
    label: arm.name,
    members:
      protocol.arms.length === 1
        ? everybody
        : everybody.filter(position => set.members[position]?.arm === arm.code),
  }))
}
