import { and, asc, eq, isNull } from 'drizzle-orm'
import type { Db, Tx } from '@/db/client'
import { credentials, oneTimeLinks, sessions, signInCounters } from '@/db/schema/sessions'
import { sites, studies } from '@/db/schema/studies'
import { memberships, users } from '@/db/schema/users'
import type { MembershipId, UserId } from '@/lib/domain/shared/ids'

export function findUser(db: Db | Tx, id: UserId) {
  return db.select().from(users).where(eq(users.id, id)).get()
}

/** `email` in lower case. */
export function findUserByEmail(db: Db | Tx, email: string) {
  return db
    .select({
      id: users.id,
      email: users.email,
      name: users.name,
      active: users.active,
      passwordHash: credentials.passwordHash,
    })
    .from(users)
    .leftJoin(credentials, eq(credentials.userId, users.id))
    .where(eq(users.email, email))
    .get()
}

export function listMemberships(db: Db | Tx, userId: UserId) {
  return db
    .select({ studyId: memberships.studyId, siteId: memberships.siteId, role: memberships.role })
    .from(memberships)
    .where(and(eq(memberships.userId, userId), isNull(memberships.voidedAt)))
    .orderBy(asc(memberships.id))
    .all()
}

/** Every account with its roles, one row per role; accounts without a role come once with nulls. */
export function listUsersWithRoles(db: Db | Tx) {
  return db
    .select({
      id: users.id,
      email: users.email,
      name: users.name,
      active: users.active,
      rowVersion: users.rowVersion,
      hasPassword: credentials.changedAt,
      membershipId: memberships.id,
      membershipVersion: memberships.rowVersion,
      role: memberships.role,
      study: studies.code,
      site: sites.code,
    })
    .from(users)
    .leftJoin(credentials, eq(credentials.userId, users.id))
    .leftJoin(memberships, and(eq(memberships.userId, users.id), isNull(memberships.voidedAt)))
    .leftJoin(studies, eq(studies.id, memberships.studyId))
    .leftJoin(sites, eq(sites.id, memberships.siteId))
    .orderBy(asc(users.name), asc(users.id), asc(memberships.id))
    .all()
}

export function findSession(db: Db | Tx, idHash: string) {
  return db
    .select({
      idHash: sessions.idHash,
      userId: sessions.userId,
      lastSeenAt: sessions.lastSeenAt,
      expiresAt: sessions.expiresAt,
      revokedAt: sessions.revokedAt,
      name: users.name,
      active: users.active,
    })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(eq(sessions.idHash, idHash))
    .get()
}

export function findOneTimeLink(db: Db | Tx, tokenHash: string) {
  return db.select().from(oneTimeLinks).where(eq(oneTimeLinks.tokenHash, tokenHash)).get()
}

export function findSignInCounter(db: Db | Tx, key: string) {
  return db.select().from(signInCounters).where(eq(signInCounters.key, key)).get()
}

/** A role that was not taken away. */
export function findMembership(db: Db | Tx, id: MembershipId) {
  return db
    .select({
      id: memberships.id,
      userId: memberships.userId,
      role: memberships.role,
      rowVersion: memberships.rowVersion,
    })
    .from(memberships)
    .where(and(eq(memberships.id, id), isNull(memberships.voidedAt)))
    .get()
}

/** Name of every account, and account, study and site of every role, the voided too: the audit speaks of them. */
export function listAccountsAbout(db: Db | Tx) {
  const people = db.select({ id: users.id, name: users.name }).from(users).all()
  const parts = db
    .select({ id: memberships.id, name: users.name, study: studies.code, site: sites.code })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .leftJoin(studies, eq(studies.id, memberships.studyId))
    .leftJoin(sites, eq(sites.id, memberships.siteId))
    .all()
  return {
    users: new Map<number, string>(people.map(({ id, name }) => [id, name])),
    memberships: new Map<number, (typeof parts)[number]>(parts.map(part => [part.id, part])),
  }
}

/** Active accounts with the role of an administrator. */
function listAdministrators(db: Db | Tx): readonly { readonly id: UserId }[] {
  return db
    .selectDistinct({ id: users.id })
    .from(users)
    .innerJoin(memberships, and(eq(memberships.userId, users.id), isNull(memberships.voidedAt)))
    .where(and(eq(users.active, true), eq(memberships.role, 'administrator'), isNull(memberships.studyId)))
    .all()
}

/** Whether somebody can manage accounts; until then the link to the first administrator holds. */
export function hasAdministrator(db: Db | Tx): boolean {
  return listAdministrators(db).length > 0
}

/** Whether this person is an active administrator and the only one. */
export function isLastAdministrator(db: Db | Tx, id: UserId): boolean {
  const administrators = listAdministrators(db)
  return administrators.length === 1 && administrators[0]?.id === id
}
