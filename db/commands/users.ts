import type { WriteContext } from '@/db/audit-entry'
import type { Tx } from '@/db/client'
import type { memberships } from '@/db/schema/users'
import { insertRecord, updateRecord, voidRecord } from '@/db/write'
import type { MembershipId, SiteId, StudyId, UserId } from '@/lib/domain/shared/ids'

type Role = (typeof memberships.$inferSelect)['role']

/** `email` in lower case. */
export function insertUser(tx: Tx, w: WriteContext, user: { email: string; name: string }): UserId {
  return insertRecord(tx, w, 'users', { ...user, active: true }).id
}

export function setUserActive(
  tx: Tx,
  w: WriteContext,
  user: { id: UserId; rowVersion: number },
  active: boolean,
  reason: string | null,
): void {
  updateRecord(tx, w, 'users', user.id, user.rowVersion, { active }, reason)
}

/** A role at all sites has no site; the administrators' has no study either. */
export function insertMembership(
  tx: Tx,
  w: WriteContext,
  membership: { userId: UserId; studyId: StudyId | null; siteId: SiteId | null; role: Role },
): MembershipId {
  return insertRecord(tx, w, 'memberships', membership).id
}

export function voidMembership(
  tx: Tx,
  w: WriteContext,
  membership: { id: MembershipId; rowVersion: number },
  reason: string,
): void {
  voidRecord(tx, w, 'memberships', membership.id, membership.rowVersion, reason)
}
