import { beforeEach, describe, expect, it } from 'vitest'
import { BOB, listRows, openAccountDesk, withToken } from '@/db/testing/account-desk'
import { contextFor, type SeededStudy, type SeededUser, seedUser } from '@/db/testing/factories'
import { accepted } from '@/db/testing/results'
import type { TestDb } from '@/db/testing/test-db'
import { describeError } from '@/lib/domain/shared/errors'
import type { AddUser } from '@/lib/schemas/users'
import type { Role } from '@/lib/server/context'
import type { Ctx } from './context'
import { giveRole, takeRole } from './memberships'
import { makeFirstAdministratorLink, readLink } from './one-time-links'
import { addSite } from './sites'
import { activateUser, addUser, deactivateUser, listUsers, makeLink } from './users'

let test: TestDb
let study: SeededStudy
let administrator: SeededUser
let admin: Ctx
beforeEach(() => {
  ;({ test, study, administrator, admin } = openAccountDesk())
  return () => test.remove()
})

const add = (input: Partial<AddUser> = {}, ctx = admin) =>
  withToken(accepted(addUser(ctx, { ...BOB, ...input })))
const content = () =>
  JSON.stringify(
    ['users', 'memberships', 'sites', 'one_time_links', 'audit_entries'].map(table => listRows(test, table)),
  )

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
    expect(
      JSON.stringify(listRows(test, 'one_time_links')) + JSON.stringify(listRows(test, 'submission_keys')),
    ).not.toContain(token)
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
    expect(readLink(admin, first.token).ok).toBe(true)
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
