import { createHash, randomBytes } from 'node:crypto'
import { and, eq, isNull } from 'drizzle-orm'
import type { Db, Tx } from '@/db/client'
import { findSession, findUserByEmail, findSignInCounter, listMemberships } from '@/db/queries/users'
import { sessions, signInCounters } from '@/db/schema/sessions'
import { deleteOperational, insertOperational, recordAct, updateOperational, type WriteContext } from '@/db/write'
import type { UserId } from '@/lib/domain/shared/ids'
import { addSeconds, type Instant } from './clock'
import type { Actor } from './context'
import { verifyPassword } from './passwords'

const IDLE_SECONDS = 30 * 60
const ABSOLUTE_SECONDS = 12 * 60 * 60
/** A request renews `last seen` at most once a minute, so that reading does not write each time. */
const RENEW_SECONDS = 60

const LOCK_SECONDS = 15 * 60
const FAILURES_PER_ACCOUNT = 5
const FAILURES_PER_ADDRESS = 30

/** SHA-256 of a random secret; only this is stored. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}

/** 256 random bits, fit for an address. */
export function makeSecret(): string {
  return randomBytes(32).toString('base64url')
}

export function actAs(userId: UserId | null, name: string, role: string, at: Instant, requestId: string): WriteContext {
  return { userId, name, role, now: at, requestId }
}

interface Attempt {
  readonly email: string
  readonly password: string
  readonly address: string
  readonly now: Instant
  readonly requestId: string
}

/**
 * Signs in: the random session id, or null. The answer and its time are the same for a wrong password, an unknown,
 * a deactivated and a locked account. Locks out for 15 minutes after 5 failures of an account or 30 of an address.
 */
export async function signIn(db: Db, attempt: Attempt): Promise<string | null> {
  const email = attempt.email.trim().toLowerCase()
  const keys = [`account:${email}`, `address:${attempt.address}`] as const
  const user = findUserByEmail(db, email)
  const matches = await verifyPassword(user?.passwordHash ?? null, attempt.password)
  return db.transaction(
    (tx) => {
      const w = actAs(user?.id ?? null, user?.name ?? 'Unknown account', 'none', attempt.now, attempt.requestId)
      const locked = keys.some((key) => (findSignInCounter(tx, key)?.lockedUntil ?? '') > attempt.now)
      if (locked || !matches || !user?.active) {
        const nowLocked = countFailure(tx, keys[0], FAILURES_PER_ACCOUNT, attempt.now) || locked
        const addressLocked = countFailure(tx, keys[1], FAILURES_PER_ADDRESS, attempt.now)
        const act = nowLocked || addressLocked ? 'signInLockedOut' : 'signInFailed'
        recordAct(tx, w, { chain: 'system' }, act, { address: attempt.address })
        return null
      }
      deleteOperational(tx, 'sign_in_counters', eq(signInCounters.key, keys[0]))
      const secret = makeSecret()
      insertOperational(tx, 'sessions', {
        idHash: hashSecret(secret),
        userId: user.id,
        createdAt: attempt.now,
        lastSeenAt: attempt.now,
        expiresAt: addSeconds(attempt.now, ABSOLUTE_SECONDS),
      })
      recordAct(tx, w, { chain: 'system' }, 'signIn', { address: attempt.address })
      return secret
    },
    { behavior: 'immediate' },
  )
}

/** Counts one failure; true when the account or address is locked by it. A window of failures lasts 15 minutes. */
function countFailure(tx: Tx, key: string, limit: number, now: Instant): boolean {
  const counter = findSignInCounter(tx, key)
  const stale = !counter || addSeconds(counter.firstFailureAt, LOCK_SECONDS) <= now
  const failures = stale ? 1 : counter.failures + 1
  const lockedUntil = failures >= limit ? addSeconds(now, LOCK_SECONDS) : null
  const row = { failures, firstFailureAt: stale ? now : counter.firstFailureAt, lockedUntil }
  if (counter) updateOperational(tx, 'sign_in_counters', eq(signInCounters.key, key), row)
  else insertOperational(tx, 'sign_in_counters', { key, ...row })
  return lockedUntil !== null
}

/** The person behind a session id, or null: unknown, revoked, idle for 30 min, older than 12 h, or deactivated. */
export function readSession(db: Db, secret: string, now: Instant): Actor | null {
  const idHash = hashSecret(secret)
  const row = findSession(db, idHash)
  if (!row?.active || row.revokedAt !== null || row.expiresAt <= now) return null
  if (addSeconds(row.lastSeenAt, IDLE_SECONDS) <= now) return null
  if (addSeconds(row.lastSeenAt, RENEW_SECONDS) <= now) {
    db.transaction((tx) => updateOperational(tx, 'sessions', eq(sessions.idHash, idHash), { lastSeenAt: now }), {
      behavior: 'immediate',
    })
  }
  return { kind: 'user', userId: row.userId, name: row.name, memberships: listMemberships(db, row.userId) }
}

/** Ends one session. */
export function signOut(db: Db, secret: string, now: Instant, requestId: string): void {
  const idHash = hashSecret(secret)
  db.transaction(
    (tx) => {
      const row = findSession(tx, idHash)
      if (!row || row.revokedAt !== null) return
      updateOperational(tx, 'sessions', eq(sessions.idHash, idHash), { revokedAt: now })
      recordAct(tx, actAs(row.userId, row.name, 'none', now, requestId), { chain: 'system' }, 'signOut', {})
    },
    { behavior: 'immediate' },
  )
}

/** Ends every session of a person: at deactivation, password change or by an administrator. */
export function revokeSessions(tx: Tx, userId: UserId, now: Instant): void {
  updateOperational(tx, 'sessions', and(eq(sessions.userId, userId), isNull(sessions.revokedAt)) ?? eq(sessions.userId, userId), {
    revokedAt: now,
  })
}
