import { and, eq, isNull, lte, or, type SQL } from 'drizzle-orm'
import type { Tx } from '@/db/client'
import { credentials, oneTimeLinks, sessions, signInCounters } from '@/db/schema/sessions'
import { deleteOperational, insertOperational, updateOperational } from '@/db/write'
import type { UserId } from '@/lib/domain/shared/ids'

/** Operational rows only: the acts that belong to them are written by the use case. */
export function openSession(tx: Tx, session: typeof sessions.$inferInsert): void {
  insertOperational(tx, 'sessions', session)
}

export function renewSession(tx: Tx, idHash: string, lastSeenAt: string): void {
  updateOperational(tx, 'sessions', eq(sessions.idHash, idHash), { lastSeenAt })
}

export function revokeSession(tx: Tx, idHash: string, revokedAt: string): void {
  updateOperational(tx, 'sessions', eq(sessions.idHash, idHash), { revokedAt })
}

/** Returns how many sessions were open. */
export function revokeSessionsOf(tx: Tx, userId: UserId, revokedAt: string): number {
  const open = and(eq(sessions.userId, userId), isNull(sessions.revokedAt)) as ReturnType<typeof eq>
  return updateOperational(tx, 'sessions', open, { revokedAt })
}

export function keepSignInCounter(
  tx: Tx,
  counter: { key: string; failures: number; firstFailureAt: string; lockedUntil: string | null },
): void {
  const { key, ...row } = counter
  if (updateOperational(tx, 'sign_in_counters', eq(signInCounters.key, key), row) === 0) {
    insertOperational(tx, 'sign_in_counters', counter)
  }
}

export function clearSignInCounter(tx: Tx, key: string): void {
  deleteOperational(tx, 'sign_in_counters', eq(signInCounters.key, key))
}

/** Forgets failures that no longer count, so that made-up accounts do not fill the table. */
export function clearStaleSignInCounters(tx: Tx, firstFailureBefore: string, now: string): void {
  const stale = and(
    lte(signInCounters.firstFailureAt, firstFailureBefore),
    or(isNull(signInCounters.lockedUntil), lte(signInCounters.lockedUntil, now)),
  ) as ReturnType<typeof eq>
  deleteOperational(tx, 'sign_in_counters', stale)
}

export function keepOneTimeLink(tx: Tx, link: typeof oneTimeLinks.$inferInsert): void {
  insertOperational(tx, 'one_time_links', link)
}

/** A newer link, or the use of one, ends all earlier ones for the same purpose and person. */
export function endOneTimeLinks(
  tx: Tx,
  purpose: 'firstAdministrator' | 'setPassword',
  userId: UserId | null,
  usedAt: string,
): void {
  const of = userId === null ? isNull(oneTimeLinks.userId) : eq(oneTimeLinks.userId, userId)
  const open = and(eq(oneTimeLinks.purpose, purpose), of, isNull(oneTimeLinks.usedAt)) as ReturnType<
    typeof eq
  >
  updateOperational(tx, 'one_time_links', open, { usedAt })
}

export function keepPassword(tx: Tx, userId: UserId, passwordHash: string, changedAt: string): void {
  if (
    updateOperational(tx, 'credentials', eq(credentials.userId, userId), { passwordHash, changedAt }) === 0
  ) {
    insertOperational(tx, 'credentials', { userId, passwordHash, changedAt })
  }
}

/** After a restore: a session or link that was ended since the backup must not come back to life. */
export function endAllAccess(tx: Tx, at: string): void {
  updateOperational(tx, 'sessions', isNull(sessions.revokedAt), { revokedAt: at })
  updateOperational(tx, 'one_time_links', isNull(oneTimeLinks.usedAt), { usedAt: at })
}

/** Forgets sessions and one-time links that ended before that instant; that there were any stays in the audit. */
export function forgetEndedAccess(tx: Tx, before: string): void {
  const either = (...ended: SQL[]) => or(...ended) as SQL
  deleteOperational(tx, 'sessions', either(lte(sessions.revokedAt, before), lte(sessions.expiresAt, before)))
  deleteOperational(
    tx,
    'one_time_links',
    either(lte(oneTimeLinks.usedAt, before), lte(oneTimeLinks.expiresAt, before)),
  )
}
