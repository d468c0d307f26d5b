import { listOverrides } from '@/db/queries/eligibility-overrides'
import { firstConsent, readLeaving } from '@/db/queries/schedule'
import { listUnmetCriteria } from '@/lib/domain/checks/override'
import { type ConsentStanding, deriveConsentStanding } from '@/lib/domain/protocol/consent'
import type { Criterion } from '@/lib/domain/protocol/protocol'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { Ctx } from './context'
import type { OpenParticipant } from './participants'
import { authorise, type Permission } from './policy'

/** Consent, leaving and eligibility of one participant, as the page tells them. */
export interface ParticipantLeaving {
  readonly consent: ConsentStanding
  /** Last day of follow-up, latest possible; null: still in it. */
  readonly followUpEnd: CalendarDate | null
  readonly isRestricted: boolean
  /** Criteria that keep, or kept, the person out. */
  readonly unmet: readonly Criterion[]
  readonly overrides: readonly {
    readonly criterion: string
    readonly reason: string
    readonly decidedBy: string
    readonly decidedOn: CalendarDate
  }[]
  readonly may: {
    readonly override: boolean
    readonly voidOverride: boolean
    readonly enterLog: boolean
    readonly readHistory: boolean
  }
}

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
