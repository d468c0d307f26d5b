import { beforeEach, describe, expect, it } from 'vitest'
import { contextFor, type SeededStudy, type SeededUser, seedStudy, seedUser } from '@/db/testing/factories'
import { createTestDb, TEST_NOW, type TestDb } from '@/db/testing/test-db'
import { describeError } from '@/lib/domain/shared/errors'
import type { AddUser } from '@/lib/schemas/users'
import type { Role } from '@/lib/server/context'
import { addSeconds } from './clock'
import { type Ctx, operatorContext } from './context'
import { giveRole, takeRole } from './memberships'
import { makeFirstAdministrator, makeFirstAdministratorLink, readLink, setPassword } from './one-time-links'
import { readSession, signIn } from './sessions'
import { addSite } from './sites'
import { activateUser, addUser, deactivateUser, listUsers, makeLink } from './users'

const PASSWORD = 'correct horse battery staple'

let test: TestDb
let study: SeededStudy
let administrator: SeededUser
let admin: Ctx
beforeEach(() => {
  test = createTestDb()
  study = seedStudy(test.db)
  administrator = seedUser(test.db, { role: 'administrator', name: 'Ada' })
  admin = contextFor(test.db, administrator)
  return () => test.remove()
})

const BOB: AddUser = {
  email: 'bob@example.org',
  name: 'Bob',
  role: 'coordinator',
  study: 'SMALL',
  site: 'MEL',
}
const content = () =>
  JSON.stringify(['users', 'memberships', 'sites', 'one_time_links', 'audit_entries'].map(all))
const all = (table: string) => test.sqlite.prepare(`SELECT * FROM ${table}`).all()

function add(input: Partial<AddUser> = {}, ctx = admin) {
  const added = addUser(ctx, { ...BOB, ...input })
  if (!added.ok) throw new Error(JSON.stringify(added.error))
  const token = added.value.link?.split('token=')[1] ?? ''
  return { ...added.value, token }
}

const open = (now = TEST_NOW) => ({ db: test.db, now, requestId: 'r' })
async function enter(email: string, password = PASSWORD): Promise<string | null> {
  const attempt = { email, password, address: '192.0.2.1', now: TEST_NOW, requestId: 'r' }
  const entered = await signIn(test.db, attempt)
  if (!entered.ok) throw new Error(entered.error.code)
  return entered.value
}

describe('who is not an administrator', () => {
  const roles: Role[] = ['dataManager', 'coordinator', 'investigator', 'monitor', 'statistician']
  it.each(roles)('a %s adds, lists and changes no accounts and no sites (D2, D5)', role => {
    const ctx = contextFor(test.db, seedUser(test.db, { role, study }))
    const { userId } = administrator
    const before = content()
    const refused = [
      listUsers(ctx),
      addUser(ctx, BOB),
      makeLink(ctx, { userId }),
      deactivateUser(ctx, { userId, reason: 'x' }),
      activateUser(ctx, { userId, reason: 'x' }),
      giveRole(ctx, { userId, role: 'coordinator', study: 'SMALL', site: null }),
      takeRole(ctx, { userId, membershipId: 1, reason: 'x' }),
      addSite(ctx, { study: 'SMALL', code: 'BRI', name: 'Brisbane', timeZone: null }),
      makeFirstAdministratorLink(ctx),
    ]
    for (const answer of refused) expect(answer.ok).toBe(false)
    expect(content()).toBe(before)
  })

  it('learns nothing of accounts and studies that exist: the same answer for both', () => {
    const ctx = contextFor(test.db, seedUser(test.db, { role: 'monitor', study }))
    expect(addUser(ctx, { ...BOB, study: 'NONE' })).toEqual(addUser(ctx, BOB))
    expect(makeLink(ctx, { userId: 999 })).toEqual(makeLink(ctx, { userId: administrator.userId }))
  })
})

describe('adding an account', () => {
  it('writes account and role into the system chain and gives a link that is not stored', () => {
    const { link, token } = add()
    expect(link).toMatch(/^\/set-password\?token=[\w-]{43}$/)
    expect(JSON.stringify(all('one_time_links')) + JSON.stringify(all('submission_keys'))).not.toContain(
      token,
    )
    const acts = test.sqlite.prepare(
      "SELECT act, entity FROM audit_entries WHERE chain = 'system' ORDER BY id DESC LIMIT 3",
    )
    expect(acts.raw().all()).toEqual([
      ['oneTimeLinkMade', null],
      ['insert', 'memberships'],
      ['insert', 'users'],
    ])
  })

  it('sent twice stores one account, and the second answer has no link (C2)', () => {
    const ctx = contextFor(test.db, administrator, { submissionKey: 'key' })
    const first = add({}, ctx)
    const second = add({}, ctx)
    expect(second.userId).toBe(first.userId)
    expect(second.link).toBeNull()
    expect(readLink(open(), first.token).ok).toBe(true)
  })

  it.each([
    ['an address that has an account', { email: 'bob@example.org' }, 'alreadyExists'],
    ['a study that does not exist', { email: 'x@example.org', study: 'NONE' }, 'invalidInput'],
    ['a site that does not exist', { email: 'x@example.org', site: 'NONE' }, 'invalidInput'],
    [
      'a role in a study without a study',
      { email: 'x@example.org', study: null, site: null },
      'invalidInput',
    ],
  ])('refuses %s and writes nothing', (_, input, code) => {
    add()
    const before = content()
    expect(addUser(admin, { ...BOB, ...input })).toMatchObject({ ok: false, error: { code } })
    expect(content()).toBe(before)
  })

  it('an address that has an account is told where a further role is given', () => {
    add()
    const again = addUser(admin, { ...BOB, email: 'bob@example.org' })
    expect(again.ok ? null : describeError(again.error)).toBe(
      'Not saved. The account bob@example.org exists already. Give it a further role on Users and sites, or on the command line with “user give-role”.',
    )
  })

  it('keeps account management and clinical work apart (D5)', () => {
    const { userId } = add()
    expect(giveRole(admin, { userId, role: 'administrator', study: null, site: null }).ok).toBe(false)
    const clinical = {
      userId: administrator.userId,
      role: 'coordinator',
      study: 'SMALL',
      site: null,
    } as const
    expect(giveRole(admin, clinical).ok).toBe(false)
    expect(giveRole(admin, { userId, role: 'monitor', study: 'SMALL', site: null }).ok).toBe(true)
    expect(giveRole(admin, { userId, role: 'monitor', study: 'SMALL', site: null }).ok).toBe(false)
  })
})

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
    const next = again.ok ? (again.value.link?.split('token=')[1] ?? '') : ''
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

describe('deactivating', () => {
  it('wants a reason, keeps the account, and is undone by activating', () => {
    const { userId } = add()
    expect(deactivateUser(admin, { userId, reason: ' ' })).toMatchObject({
      error: { code: 'reasonRequired' },
    })
    expect(deactivateUser(admin, { userId, reason: 'Left the unit' }).ok).toBe(true)
    const shown = (active: boolean) => ({
      value: expect.arrayContaining([expect.objectContaining({ id: userId, active })]),
    })
    expect(listUsers(admin)).toMatchObject(shown(false))
    expect(activateUser(admin, { userId, reason: 'Came back' }).ok).toBe(true)
    expect(listUsers(admin)).toMatchObject(shown(true))
  })

  it('spares the last active administrator, and their role', () => {
    const { userId } = administrator
    const membershipId = Number(test.sqlite.prepare('SELECT id FROM memberships').pluck().get())
    expect(deactivateUser(admin, { userId, reason: 'x' })).toMatchObject({ error: { code: 'notPossible' } })
    expect(takeRole(admin, { userId, membershipId, reason: 'x' })).toMatchObject({
      error: { code: 'notPossible' },
    })
    const second = add({ email: 'eve@example.org', role: 'administrator', study: null, site: null })
    expect(deactivateUser(admin, { userId: second.userId, reason: 'x' }).ok).toBe(true)
    expect(deactivateUser(admin, { userId, reason: 'x' }).ok).toBe(false)
    expect(activateUser(admin, { userId: second.userId, reason: 'x' }).ok).toBe(true)
    expect(deactivateUser(admin, { userId, reason: 'x' }).ok).toBe(true)
  })

  it('a role that was taken away is gone at the next request, and stays in history', async () => {
    const { token, userId } = add()
    await setPassword(open(), { token, password: PASSWORD })
    const secret = (await enter('bob@example.org')) ?? ''
    const [bob] = all('memberships').slice(-1) as { id: number }[]
    const membershipId = bob?.id ?? 0
    expect(takeRole(admin, { userId, membershipId })).toMatchObject({ error: { code: 'reasonRequired' } })
    expect(takeRole(admin, { userId: administrator.userId, membershipId, reason: 'x' }).ok).toBe(false)
    expect(takeRole(admin, { userId, membershipId, reason: 'Changed duties' }).ok).toBe(true)
    expect(readSession(test.db, secret, TEST_NOW)).toMatchObject({ memberships: [] })
    expect(all('memberships')).toContainEqual(
      expect.objectContaining({ id: membershipId, void_reason: 'Changed duties' }),
    )
  })
})

describe('adding a site', () => {
  const brisbane = { study: 'SMALL', code: 'BRI', name: 'Brisbane', timeZone: null }
  it('takes the time zone of the study unless one is given', () => {
    expect(addSite(admin, brisbane).ok).toBe(true)
    expect(all('sites')).toContainEqual(
      expect.objectContaining({ code: 'BRI', time_zone: 'Australia/Melbourne' }),
    )
  })

  it('refuses a code twice and a study that does not exist', () => {
    addSite(admin, brisbane)
    expect(addSite(admin, brisbane)).toMatchObject({ error: { code: 'alreadyExists' } })
    expect(addSite(admin, { ...brisbane, study: 'NONE' })).toMatchObject({ error: { code: 'notFound' } })
  })
})
