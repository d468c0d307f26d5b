import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openDatabase } from '@/db/client'
import { keepPassword } from '@/db/commands/sessions'
import {
  listActs,
  openSignInDesk,
  PASSWORD,
  type SignInAttempt,
  seedSigner,
  typeSignIn,
} from '@/db/testing/account-desk'
import type { SeededUser } from '@/db/testing/factories'
import { accepted } from '@/db/testing/results'
import { TEST_NOW, type TestDb } from '@/db/testing/test-db'
import { addSeconds } from './clock'
import { operatorContext } from './context'
import { hashPassword } from './passwords'
import { hashSecret, readSession, signIn, signOut } from './sessions'
import { deactivateUser } from './users'

const MINUTE = 60

let hashed: string
beforeAll(async () => {
  hashed = await hashPassword(PASSWORD)
})
let test: TestDb
let ann: SeededUser
let email: string
beforeEach(() => {
  ;({ test, ann, email } = openSignInDesk(hashed))
  return () => test.remove()
})

const at = (seconds: number) => addSeconds(TEST_NOW, seconds)
const enter = async (change: Partial<SignInAttempt> = {}) =>
  accepted(await signIn(test.db, typeSignIn(email, change)))
const acts = () => listActs(test)

async function signedIn(change: Partial<SignInAttempt> = {}): Promise<string> {
  const secret = await enter(change)
  if (secret === null) throw new Error('not signed in')
  return secret
}

describe('signing in', () => {
  it('gives a session whose secret is not stored, and is audited', async () => {
    const secret = await signedIn({ email: ` ${email.toUpperCase()} ` })
    expect(readSession(test.db, secret, TEST_NOW)).toMatchObject({
      kind: 'user',
      userId: ann.userId,
      name: 'Ann',
    })
    expect(test.sqlite.prepare('SELECT id_hash FROM sessions').pluck().all()).toEqual([hashSecret(secret)])
    expect(acts()).toEqual(['signIn'])
  })

  it('gives a new id each time (D3)', async () => {
    expect(await signedIn()).not.toBe(await signedIn())
  })

  it('keeps passwords as argon2id', () => {
    expect(hashed).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  })

  it.each([
    ['a wrong password', { password: 'incorrect horse' }],
    ['an unknown account', { email: 'nobody@example.org' }],
    ['an empty password', { password: '' }],
    ['an endless password', { password: PASSWORD.repeat(1000) }],
  ])('answers %s with nothing, and says so in the audit (A6)', async (_, change) => {
    expect(await enter(change)).toBeNull()
    expect(acts()).toEqual(['signInFailed'])
  })

  it('of a deactivated account is refused with the right password', async () => {
    seedSigner(test, 'Bob', hashed)
    deactivate(ann)
    expect(await enter()).toBeNull()
  })

  it('is refused when the password was changed while it was checked', async () => {
    const other = await hashPassword('another good password')
    const attempt = enter()
    test.db.transaction(tx => keepPassword(tx, ann.userId, other, TEST_NOW))
    expect(await attempt).toBeNull()
  })
})

function deactivate(user: SeededUser): void {
  const ctx = { ...operatorContext(test.db), now: TEST_NOW }
  const done = deactivateUser(ctx, { userId: user.userId, reason: 'Left the unit' })
  if (!done.ok) throw new Error(done.error.code)
}

describe('a session (D3)', () => {
  it('ends after 30 minutes without a request', async () => {
    const secret = await signedIn()
    expect(readSession(test.db, secret, at(30 * MINUTE - 1))).not.toBeNull()
    const idle = await signedIn()
    expect(readSession(test.db, idle, at(30 * MINUTE))).toBeNull()
  })

  it('ends after 12 hours however busy it is', async () => {
    const secret = await signedIn()
    const end = 12 * 60 * MINUTE
    for (let seconds = 0; seconds < end; seconds += 20 * MINUTE) {
      expect(readSession(test.db, secret, at(seconds))).not.toBeNull()
    }
    expect(readSession(test.db, secret, at(end - 1))).not.toBeNull()
    expect(readSession(test.db, secret, at(end))).toBeNull()
  })

  it('ends at sign-out, which is audited once', async () => {
    const secret = await signedIn()
    await signOut(test.db, secret, at(1), 'r')
    await signOut(test.db, secret, at(2), 'r')
    expect(readSession(test.db, secret, at(1))).toBeNull()
    expect(acts()).toEqual(['signIn', 'signOut'])
  })

  it('ends at deactivation, and does not come back when the account is activated again', async () => {
    seedSigner(test, 'Bob', hashed)
    const secret = await signedIn()
    deactivate(ann)
    expect(readSession(test.db, secret, at(1))).toBeNull()
    test.sqlite.exec('UPDATE users SET active = 1')
    expect(readSession(test.db, secret, at(1))).toBeNull()
  })

  it('is read at once although another process writes, and is not renewed for a minute', async () => {
    const secret = await signedIn()
    const free = block()
    const start = performance.now()
    expect(readSession(test.db, secret, at(5 * MINUTE))).not.toBeNull()
    // The connection's own wait is 5 s.
    expect(performance.now() - start).toBeLessThan(1000)
    free()
    expect(readSession(test.db, secret, at(6 * MINUTE - 1))).not.toBeNull()
    expect(lastSeen()).toBe(TEST_NOW)
    expect(readSession(test.db, secret, at(6 * MINUTE))).not.toBeNull()
    expect(lastSeen()).toBe(at(6 * MINUTE))
    expect(test.sqlite.pragma('busy_timeout', { simple: true })).toBe(5000)
  })

  it('is not opened by a guessed or empty secret', () => {
    expect(readSession(test.db, '', TEST_NOW)).toBeNull()
    expect(readSession(test.db, 'x'.repeat(43), TEST_NOW)).toBeNull()
  })
})

const lastSeen = () => test.sqlite.prepare('SELECT max(last_seen_at) FROM sessions').pluck().get()

/** Another connection that holds the write lock until the returned function is called. */
function block(): () => void {
  const other = openDatabase(test.file)
  other.sqlite.exec('BEGIN IMMEDIATE')
  return () => other.close()
}

describe('while another process writes', () => {
  it('signing in and out are refused as busy, not thrown, when it lasts too long', async () => {
    const secret = await signedIn()
    const free = block()
    test.sqlite.pragma('busy_timeout = 0')
    const answers = await Promise.all([
      signIn(test.db, typeSignIn(email)),
      signOut(test.db, secret, at(1), 'r'),
    ])
    free()
    expect(answers).toEqual([
      { ok: false, error: { code: 'busy' } },
      { ok: false, error: { code: 'busy' } },
    ])
  }, 20_000)
})
