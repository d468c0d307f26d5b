import type { WriteContext } from '@/db/audit-entry'
import type { AppError } from '@/lib/domain/shared/errors'
import type { SiteId, StudyId } from '@/lib/domain/shared/ids'
import { err, ok, type Result } from '@/lib/domain/shared/result'
import { ROLES } from '@/lib/schemas/users'
import type { Ctx, Membership, Role } from './context'

/** Who may do what. Deny by default: a role that is not named in a line is refused. */
export const POLICY = {
  manageUsers: ['administrator'],
  manageSites: ['administrator'],
  configureStudy: ['dataManager'],
  lockStudy: ['dataManager'],
  unlockStudy: ['dataManager'],
  releaseResults: ['dataManager'],
  readStudy: ['dataManager', 'coordinator', 'investigator', 'monitor', 'statistician'],
  readParticipants: ['dataManager', 'coordinator', 'investigator', 'monitor'],
  registerParticipant: ['coordinator'],
  recordAllocation: ['coordinator', 'dataManager'],
  recordTreatment: ['coordinator'],
  enterVisit: ['coordinator'],
  enterLog: ['coordinator'],
  judgeEvent: ['investigator'],
  judgeExpectedness: ['dataManager'],
  reportEvent: ['coordinator', 'investigator', 'dataManager'],
  overrideEligibility: ['investigator'],
  settleDoubleEntry: ['coordinator', 'dataManager'],
  mendRecord: ['coordinator', 'dataManager'],
  readCohort: ['dataManager', 'coordinator', 'investigator', 'statistician'],
  exportData: ['dataManager', 'coordinator', 'investigator', 'statistician'],
  importData: ['dataManager'],
  readAudit: ['dataManager', 'investigator', 'monitor'],
  readUse: ['dataManager'],
  readSystemAudit: ['administrator'],
} as const satisfies Record<string, readonly Role[]>

export type Permission = keyof typeof POLICY

/** What is said when a person who knows the study is refused. */
const ACT_NAMES: Readonly<Record<Permission, string>> = {
  manageUsers: 'manage users',
  manageSites: 'manage sites',
  configureStudy: 'change the study',
  lockStudy: 'lock the study',
  unlockStudy: 'unlock the study',
  releaseResults: 'release results by arm',
  readStudy: 'read the study',
  readParticipants: 'read participants',
  registerParticipant: 'register a participant',
  recordAllocation: 'record an allocation',
  recordTreatment: 'record a treatment',
  enterVisit: 'enter a visit',
  enterLog: 'enter a log',
  judgeEvent: 'judge seriousness and relation of an adverse event',
  judgeExpectedness: 'judge whether an adverse event was expected',
  reportEvent: 'report an adverse event to the sponsor',
  overrideEligibility: 'override eligibility',
  settleDoubleEntry: 'settle a double entry',
  mendRecord: 'void or move a record',
  readCohort: 'read the cohort',
  exportData: 'export data',
  importData: 'import data',
  readAudit: 'read the audit trail',
  readUse: 'read who looked at results, exported and imported',
  readSystemAudit: 'read the audit trail of the system',
}

export interface Grant {
  /** Passed to every write, so that the audit names the role that allowed it. */
  readonly write: WriteContext
  /** Sites whose participants may be seen; `all` of the study. */
  readonly sites: 'all' | readonly SiteId[]
  /** Every role of the person in the study; what one of them may not know, the person may not know. */
  readonly roles: readonly (Role | 'operator')[]
}

/**
 * May this person do this in this study (and at this site)? A study or site that the person has no part in answers as
 * an absent one; a role that does not allow it answers `notAllowed`. Where several roles allow it, the act is in the first
 * of them in the order of `ROLES`, whatever the order in which they were given.
 */
export function authorise(
  ctx: Ctx,
  permission: Permission,
  scope: { studyId: StudyId | null; siteId?: SiteId },
): Result<Grant, AppError> {
  const { actor } = ctx
  if (actor.kind === 'operator')
    return ok({ write: writeContext(ctx, null, 'Operator', 'operator'), sites: 'all', roles: ['operator'] })
  const inStudy = actor.memberships.filter(m => m.studyId === null || m.studyId === scope.studyId)
  if (inStudy.length === 0) return err({ code: 'notFound', what: 'The page' })
  const allowing = inStudy.filter(m => (POLICY[permission] as readonly Role[]).includes(m.role))
  const here = allowing.filter(
    m => scope.siteId === undefined || m.siteId === null || m.siteId === scope.siteId,
  )
  const role = ROLES.find(one => here.some(membership => membership.role === one))
  if (!role) {
    const knowsSite = inStudy.some(
      m => scope.siteId === undefined || m.siteId === null || m.siteId === scope.siteId,
    )
    return err(
      knowsSite ? { code: 'notAllowed', act: ACT_NAMES[permission] } : { code: 'notFound', what: 'The page' },
    )
  }
  return ok({
    write: writeContext(ctx, actor.userId, actor.name, role),
    sites: sitesOf(allowing),
    roles: rolesOf(inStudy),
  })
}

/** Whether a link to something should be shown at all. */
export function mayEver(ctx: Ctx, permission: Permission, studyId: StudyId | null): boolean {
  return authorise(ctx, permission, { studyId }).ok
}

/** An administrator has no part in what a study holds, so that this role neither opens nor closes any of it. */
function rolesOf(memberships: readonly Membership[]): readonly Role[] {
  return ROLES.filter(role => role !== 'administrator' && memberships.some(one => one.role === role))
}

function sitesOf(memberships: readonly Membership[]): 'all' | readonly SiteId[] {
  const ids: SiteId[] = []
  for (const { siteId } of memberships) {
    if (siteId === null) return 'all'
    ids.push(siteId)
  }
  return ids
}

function writeContext(ctx: Ctx, userId: WriteContext['userId'], name: string, role: string): WriteContext {
  return { userId, name, role, now: ctx.now, requestId: ctx.requestId }
}
