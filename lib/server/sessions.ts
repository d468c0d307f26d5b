import { createHash, randomBytes } from 'node:crypto'
import type { WriteContext } from '@/db/audit-entry'
import { type Db, type Tx, withoutWaiting } from '@/db/client'
import {
  clearSignInCounter,
  clearStaleSignInCounters,
  keepSignInCounter,
  openSession,
  renewSession,
  revokeSession,
} from '@/db/commands/sessions'
import { findSession, findSignInCounter, findUserByEmail, listMemberships } from '@/db/queries/users'
import { recordAct } from '@/db/write'
import type { AppError } from '@/lib/domain/shared/errors'
import type { UserId } from '@/lib/domain/shared/ids'
import { ok, type Result } from '@/lib/domain/shared/result'
import { addSeconds, type Instant } from './clock'
import type { Actor } from './context'
import { faultOf, log } from './log'
import { verifyPassword } from './passwords'
import { retryWhileBusy } from './patience'
import { inTransaction } from './transaction'

const IDLE_SECONDS = 30 * 60
const ABSOLUTE_SECONDS = 12 * 60 * 60
/** A request renews `last seen` at most once a minute, so that reading does not write each time. */
const RENEW_SECONDS = 60

const LOCK_SECONDS = 15 * 60
const FAILURES_PER_ACCOUNT = 5
const FAILURES_PER_ADDRESS = 30

/** More than any address or password that can be stored; what is longer is cut and matches nothing. */
const LONGEST_EMAIL = 254
const LONGEST_PASSWORD = 512

/** SHA-256 of a random secret; only this is stored. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}

/** 256 random bits, fit for an address. */
export function makeSecret(): string {
  return randomBytes(32).toString('base64url')
}

export function actAs(
  userId: UserId | null,
  name: string,
  role: string,
  at: Instant,
  requestId: string,
): WriteContext {
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
 * Refused where neither session nor attempt can be written down.
 */
export async function signIn(db: Db, attempt: Attempt): Promise<Result<string | null, AppError>> {
  const email = attempt.email.trim().toLowerCase().slice(0, LONGEST_EMAIL)
  const known = findUserByEmail(db, email)
  const matches = await verifyPassword(
    known?.passwordHash ?? null,
    attempt.password.slice(0, LONGEST_PASSWORD),
  )
  const { now, requestId } = attempt
  return retryWhileBusy(db, () =>
    inTransaction({ db, now, requestId }, tx => {
      const user = findUserByEmail(tx, email)
      // While the password was checked it may have been changed, or the account deactivated.
      const isProven = matches && user?.active === true && user.passwordHash === known?.passwordHash
      return ok(decide(tx, attempt, email, user, isProven))
    }),
  )
}

/** The session id, or null; either way the attempt is on record. */
function decide(
  tx: Tx,
  attempt: Attempt,
  email: string,
  user: ReturnType<typeof findUserByEmail>,
  isProven: boolean,
): string | null {
  const { now, requestId } = attempt
  const account = `account:${email}`
  const address = `address:${attempt.address}`
  const w = actAs(user?.id ?? null, user?.name ?? 'Unknown account', 'none', now, requestId)
  const note = (act: 'signIn' | 'signInLockedOut' | 'signInFailed') =>
    recordAct(tx, w, { chain: 'system' }, act, { address: attempt.address })
  if (isLocked(tx, account, now) || isLocked(tx, address, now)) {
    note('signInLockedOut')
    return null
  }
  if (!isProven || !user) {
    clearStaleSignInCounters(tx, addSeconds(now, -LOCK_SECONDS), now)
    const accountLocked = countFailure(tx, account, FAILURES_PER_ACCOUNT, now)
    const addressLocked = countFailure(tx, address, FAILURES_PER_ADDRESS, now)
    note(accountLocked || addressLocked ? 'signInLockedOut' : 'signInFailed')
    return null
  }
  clearSignInCounter(tx, account)
  const made = makeSecret()
  openSession(tx, {
    idHash: hashSecret(made),
    userId: user.id,
    createdAt: now,
    lastSeenAt: now,
    expiresAt: addSeconds(now, ABSOLUTE_SECONDS),
  })
  note('signIn')
  return made
}

function isLocked(tx: Tx, key: string, now: Instant): boolean {
  return (findSignInCounter(tx, key)?.lockedUntil ?? '') > now
}

/** Counts one failure of a key that is not locked; true when this one locks it. Failures count for 15 minutes. */
function countFailure(tx: Tx, key: string, limit: number, now: Instant): boolean {
  const counter = findSignInCounter(tx, key)
  const failures = (counter?.failures ?? 0) + 1
  const lockedUntil = failures >= limit ? addSeconds(now, LOCK_SECONDS) : null
  keepSignInCounter(tx, { key, failures, firstFailureAt: counter?.firstFailureAt ?? now, lockedUntil })
  return lockedUntil !== null
}

/** The person behind a session id, or null: unknown, revoked, idle for 30 min, older than 12 h, or deactivated. */
export function readSession(db: Db, secret: string, now: Instant): Actor | null {
  const idHash = hashSecret(secret)
  const row = findSession(db, idHash)
  if (!row?.active || row.revokedAt !== null || row.expiresAt <= now) return null
  if (addSeconds(row.lastSeenAt, IDLE_SECONDS) <= now) return null
  if (addSeconds(row.lastSeenAt, RENEW_SECONDS) <= now) renew(db, idHash, now)
  return { kind: 'user', userId: row.userId, name: row.name, memberships: listMemberships(db, row.userId) }
}

/** Until when renewing is not tried again, for each database that did not take it. */
const renewAgainAt = new WeakMap<Db, Instant>()

/**
 * A page must stay readable, at once, while an import holds the database or its disk is full: the session is then not
 * renewed, and for a minute nobody's is.
 */
function renew(db: Db, idHash: string, now: Instant): void {
  if ((renewAgainAt.get(db) ?? '') > now) return
  try {
    withoutWaiting(db, () => db.transaction(tx => renewSession(tx, idHash, now), { behavior: 'immediate' }))
  } catch (error) {
    renewAgainAt.set(db, addSeconds(now, RENEW_SECONDS))
    log('warn', 'sessionNotRenewed', { fault: faultOf(error) })
  }
}

/** Ends one session. */
export function signOut(
  db: Db,
  secret: string,
  now: Instant,
  requestId: string,
): Promise<Result<null, AppError>> {
  const idHash = hashSecret(secret)
  return retryWhileBusy(db, () =>
    inTransaction({ db, now, requestId }, tx => {
      const row = findSession(tx, idHash)
      if (row && row.revokedAt === null) {
        revokeSession(tx, idHash, now)
        recordAct(tx, actAs(row.userId, row.name, 'none', now, requestId), { chain: 'system' }, 'signOut', {})
      }
      return ok(null)
    }),
  )
}
