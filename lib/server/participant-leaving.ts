import { listOverrides } from '@/db/queries/eligibility-overrides'
import { firstConsent, readLeaving } from '@/db/queries/schedule'
import { listUnmetCriteria } from '@/lib/domain/checks/override'
import { deriveConsentStanding } from '@/lib/domain/protocol/consent'
import type { ParticipantLeaving } from '@/lib/schemas/participant-leaving'
import type { Ctx } from './context'
import type { OpenParticipant } from './participants'
import { authorise, type Permission } from './policy'

/** To be called with a participant who was opened already. */
export function readParticipantLeaving(ctx: Ctx, opened: OpenParticipant): ParticipantLeaving {
  const { study, participant, protocol, today } = opened
  const { consents, approvals } = readLeaving(ctx.db, participant.id, firstConsent(participant))
  const isInFollowUp = participant.outcome === 'enrolled' && participant.followUpEnd === null
  const overrides = listOverrides(ctx.db, [participant.id])
  const isOpen = study.lockedAt === null
  const may = (permission: Permission) =>
    authorise(ctx, permission, { studyId: study.id, siteId: participant.siteId }).ok
  return {
    consent: deriveConsentStanding(protocol, { consents, approvals, isInFollowUp }, today),
    followUpEnd: participant.followUpEnd,
    isRestricted: participant.restricted === true,
    unmet: listUnmetCriteria(protocol, participant.eligibility),
    overrides: overrides.map(({ criterion, reason, decidedBy, decidedOn }) => ({
      criterion,
      reason,
      decidedBy,
      decidedOn,
    })),
    may: {
      override:
        isOpen &&
        participant.outcome === 'screenFailure' &&
        participant.consentDate !== null &&
        may('overrideEligibility'),
      voidOverride: isOpen && overrides.length > 0 && may('overrideEligibility'),
      enterLog: isOpen && may('enterLog'),
      readHistory: mayReadRestricted(ctx, opened),
    },
  }
}

/** The history of who asked for no further use is open to those who read the audit trail. */
export function mayReadRestricted(
  ctx: Ctx,
  { study, participant }: Pick<OpenParticipant, 'study' | 'participant'>,
): boolean {
  return authorise(ctx, 'readAudit', { studyId: study.id, siteId: participant.siteId }).ok
}
