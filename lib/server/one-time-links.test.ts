import { beforeEach, describe, expect, it } from 'vitest'
import { BOB, openAccountDesk, PASSWORD, typeSignIn, withToken } from '@/db/testing/account-desk'
import { seedStudy, seedUser } from '@/db/testing/factories'
import { accepted } from '@/db/testing/results'
import { createTestDb, TEST_NOW, type TestDb } from '@/db/testing/test-db'
import { addSeconds } from './clock'
import { type Ctx, operatorContext } from './context'
import { makeFirstAdministrator, makeFirstAdministratorLink, readLink, setPassword } from './one-time-links'
import { readSession, signIn } from './sessions'
import { addUser, deactivateUser, makeLink } from './users'

let test: TestDb
let admin: Ctx
beforeEach(() => {
  ;({ test, admin } = openAccountDesk())
  return () => test.remove()
})

const add = () => withToken(accepted(addUser(admin, BOB)))
const open = (now = TEST_NOW) => ({ db: test.db, now, requestId: 'r' })
const enter = async (email: string) => accepted(await signIn(test.db, typeSignIn(email)))

describe('a one-time link', () => {
  it('sets a password once, after which the person signs in', async () => {
    const { token } = add()
    expect(readLink(open(), token)).toMatchObject({
      ok: true,
      value: { name: 'Bob', email: 'bob@example.org' },
    })
    expect((await setPassword(open(), { token, password: PASSWORD })).ok).toBe(true)
    expect(await setPassword(open(), { token, password: 'another good password' })).toMatchObject({
      error: { code: 'linkUnusable' },
    })
    const secret = await enter('bob@example.org')
    expect(readSession(test.db, secret ?? '', TEST_NOW)).toMatchObject({ name: 'Bob' })
  })

  it('is used once even when two use it at the same moment', async () => {
    const { token } = add()
    const both = await Promise.all([
      setPassword(open(), { token, password: PASSWORD }),
      setPassword(open(), { token, password: 'another good password' }),
    ])
    expect(both.filter(({ ok }) => ok)).toHaveLength(1)
  })

  it('refuses a weak password, and can be used again then', async () => {
    const { token } = add()
    expect(await setPassword(open(), { token, password: 'short' })).toMatchObject({
      error: { code: 'invalidInput' },
    })
    expect((await setPassword(open(), { token, password: PASSWORD })).ok).toBe(true)
  })

  it.each([
    ['72 hours are over', (token: string) => readLink(open(addSeconds(TEST_NOW, 72 * 3600)), token)],
    [
      'a newer one was made',
      (token: string, userId: number) => makeLink(admin, { userId }).ok && readLink(open(), token),
    ],
    [
      'the account was deactivated',
      (token: string, userId: number) =>
        deactivateUser(admin, { userId, reason: 'Left' }).ok && readLink(open(), token),
    ],
    ['it was never made', () => readLink(open(), 'x'.repeat(43))],
  ])('cannot be used when %s', (_, read) => {
    const { token, userId } = add()
    expect(read(token, userId)).toEqual({ ok: false, error: { code: 'linkUnusable' } })
  })

  it('ends the sessions that were open (D3)', async () => {
    const { token, userId } = add()
    await setPassword(open(), { token, password: PASSWORD })
    const secret = (await enter('bob@example.org')) ?? ''
    const again = makeLink(admin, { userId })
    const next = withToken(accepted(again)).token
    expect(readSession(test.db, secret, TEST_NOW)).not.toBeNull()
    await setPassword(open(), { token: next, password: 'another good password' })
    expect(readSession(test.db, secret, TEST_NOW)).toBeNull()
    expect(await enter('bob@example.org')).toBeNull()
  })
})

describe('the first administrator (D1)', () => {
  it('is waited for while there are accounts but no administrator', () => {
    const empty = createTestDb()
    const ctx = { ...operatorContext(empty.db), now: TEST_NOW }
    const made = makeFirstAdministratorLink(ctx)
    const token = made.ok ? made.value.token : ''
    seedUser(empty.db, { role: 'coordinator', study: seedStudy(empty.db), site: 'MEL' })
    expect(readLink(ctx, token)).toMatchObject({ ok: true, value: { purpose: 'firstAdministrator' } })
    seedUser(empty.db, { role: 'administrator' })
    expect(readLink(ctx, token)).toMatchObject({ ok: false })
    empty.remove()
  })

  it('is made by a link on an empty database, once', async () => {
    const empty = createTestDb()
    const ctx = { db: empty.db, now: TEST_NOW, requestId: 'r' }
    const made = makeFirstAdministratorLink({ ...operatorContext(empty.db), now: TEST_NOW })
    const token = made.ok ? made.value.token : ''
    const ada = { token, email: 'ada@example.org', name: 'Ada', password: PASSWORD }
    const both = await Promise.all([
      makeFirstAdministrator(ctx, ada),
      makeFirstAdministrator(ctx, { ...ada, email: 'eve@example.org' }),
    ])
    expect(both.filter(({ ok }) => ok)).toHaveLength(1)
    expect(empty.sqlite.prepare('SELECT email FROM users').pluck().all()).toHaveLength(1)
    expect(makeFirstAdministratorLink(operatorContext(empty.db)).ok).toBe(false)
    empty.remove()
  })

  it('is not made by the link of another purpose', async () => {
    const { token } = add()
    const ada = { token, email: 'eve@example.org', name: 'Eve', password: PASSWORD }
    expect(await makeFirstAdministrator(open(), ada)).toMatchObject({ error: { code: 'linkUnusable' } })
  })
})
