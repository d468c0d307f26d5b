import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openDatabase } from '@/db/client'
import { keepPassword } from '@/db/commands/sessions'
import { type SeededUser, seedUser } from '@/db/testing/factories'
import { createTestDb, TEST_NOW, type TestDb } from '@/db/testing/test-db'
import { addSeconds } from './clock'
import { operatorContext } from './context'
import { checkPassword, hashPassword } from './passwords'
import { hashSecret, readSession, signIn, signOut } from './sessions'
import { deactivateUser } from './users'

const PASSWORD = 'correct horse battery staple'
const MINUTE = 60

let test: TestDb
let hashed: string
beforeAll(async () => {
  hashed = await hashPassword(PASSWORD)
})
let ann: SeededUser
let email: string
beforeEach(() => {
  test = createTestDb()
  ann = account('Ann')
  email = String(test.sqlite.prepare('SELECT email FROM users').pluck().get())
  return () => test.remove()
})

function account(name: string): SeededUser {
  const user = seedUser(test.db, { role: 'administrator', name })
  test.db.transaction(tx => keepPassword(tx, user.userId, hashed, TEST_NOW))
  return user
}

const at = (seconds: number) => addSeconds(TEST_NOW, seconds)
const attempt = (change: { email?: string; password?: string; address?: string; now?: string } = {}) =>
  signIn(test.db, {
    email,
    password: PASSWORD,
    address: '192.0.2.1',
    now: TEST_NOW,
    requestId: 'r',
    ...change,
  })
async function enter(change: Parameters<typeof attempt>[0] = {}): Promise<string | null> {
  const entered = await attempt(change)
  if (!entered.ok) throw new Error(entered.error.code)
  return entered.value
}
const acts = () =>
  test.sqlite.prepare('SELECT act FROM audit_entries WHERE entity IS NULL ORDER BY id').pluck().all()

async function signedIn(change: Parameters<typeof enter>[0] = {}): Promise<string> {
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
    account('Bob')
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

describe('lockout (D4)', () => {
  const fail = async (times: number, change: Parameters<typeof enter>[0] = {}) => {
    for (let count = 0; count < times; count += 1) await enter({ password: 'wrong', ...change })
  }

  it('closes an account for 15 minutes at the fifth failure, to the right password too', async () => {
    await fail(4)
    expect(acts()).not.toContain('signInLockedOut')
    await fail(1)
    expect(acts().at(-1)).toBe('signInLockedOut')
    expect(await enter({ now: at(15 * MINUTE - 1) })).toBeNull()
    expect(await enter({ now: at(15 * MINUTE) })).not.toBeNull()
  })

  it('is not ended early by an attempt after the first failures grew old', async () => {
    await fail(1)
    await fail(4, { now: at(14 * MINUTE) })
    await fail(1, { now: at(16 * MINUTE) })
    expect(await enter({ now: at(28 * MINUTE) })).toBeNull()
    expect(await enter({ now: at(29 * MINUTE) })).not.toBeNull()
  })

  it('is not drawn out by attempts during it', async () => {
    await fail(5)
    await fail(10, { now: at(14 * MINUTE) })
    expect(await enter({ now: at(15 * MINUTE) })).not.toBeNull()
  })

  it('holds from every address, and for an account that does not exist alike', async () => {
    await fail(5, { address: '192.0.2.2' })
    expect(await enter({ address: '192.0.2.3' })).toBeNull()
    await fail(5, { email: 'nobody@example.org' })
    expect(acts().at(-1)).toBe('signInLockedOut')
  })

  it('forgets failures after 15 minutes, and after a good sign-in', async () => {
    await fail(4)
    await fail(4, { now: at(15 * MINUTE) })
    expect(await enter({ now: at(15 * MINUTE) })).not.toBeNull()
    await fail(4, { now: at(16 * MINUTE) })
    expect(await enter({ now: at(16 * MINUTE) })).not.toBeNull()
  })

  it('closes an address at the thirtieth failure, whichever accounts were tried', async () => {
    for (let count = 0; count < 30; count += 1) await fail(1, { email: `guess${count}@example.org` })
    expect(await enter()).toBeNull()
    expect(await enter({ address: '192.0.2.9' })).not.toBeNull()
    expect(await enter({ now: at(15 * MINUTE) })).not.toBeNull()
  })

  it('does not keep counters of made-up accounts for ever', async () => {
    for (let count = 0; count < 10; count += 1) await fail(1, { email: `guess${count}@example.org` })
    await fail(1, { now: at(60 * MINUTE) })
    expect(test.sqlite.prepare('SELECT count(*) FROM sign_in_counters').pluck().get()).toBe(2)
  })
})

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
    account('Bob')
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
    const answers = await Promise.all([attempt(), signOut(test.db, secret, at(1), 'r')])
    free()
    expect(answers).toEqual([
      { ok: false, error: { code: 'busy' } },
      { ok: false, error: { code: 'busy' } },
    ])
  }, 20_000)
})

describe('a password (D4)', () => {
  it.each([
    ['short horse', /at least 12/],
    ['x'.repeat(129), /at most 128/],
    ['password1234', /first things an attacker tries/],
    ['aaaaaaaaaaaabb', /five different/],
    ['my ann.smith word', /e-mail address/],
  ])('%s is refused', (password, text) => {
    expect(checkPassword(password, 'ann.smith@example.org')).toMatch(text)
  })

  it.each([
    'correct horse battery',
    'ünïcödé wörds ärê fïne',
    `${'long enough '.repeat(10)}12345678`,
    'aB3$aB3$aB3$x',
  ])('%s is accepted, with no rule of composition', password =>
    expect(checkPassword(password, 'ann@example.org')).toBeNull(),
  )
})
