import { beforeEach, describe, expect, it } from 'vitest'
import { BOB, listRows, openAccountDesk, PASSWORD, typeSignIn, withToken } from '@/db/testing/account-desk'
import type { SeededUser } from '@/db/testing/factories'
import { accepted } from '@/db/testing/results'
import { TEST_NOW, type TestDb } from '@/db/testing/test-db'
import type { AddUser } from '@/lib/schemas/users'
import type { Ctx } from './context'
import { takeRole } from './memberships'
import { setPassword } from './one-time-links'
import { readSession, signIn } from './sessions'
import { activateUser, addUser, deactivateUser, listUsers } from './users'

let test: TestDb
let administrator: SeededUser
let admin: Ctx
beforeEach(() => {
  ;({ test, administrator, admin } = openAccountDesk())
  return () => test.remove()
})

const add = (input: Partial<AddUser> = {}) => withToken(accepted(addUser(admin, { ...BOB, ...input })))

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
    await setPassword(admin, { token, password: PASSWORD })
    const secret = accepted(await signIn(test.db, typeSignIn(BOB.email))) ?? ''
    const [bob] = listRows(test, 'memberships').slice(-1) as { id: number }[]
    const membershipId = bob?.id ?? 0
    expect(takeRole(admin, { userId, membershipId })).toMatchObject({ error: { code: 'reasonRequired' } })
    expect(takeRole(admin, { userId: administrator.userId, membershipId, reason: 'x' }).ok).toBe(false)
    expect(takeRole(admin, { userId, membershipId, reason: 'Changed duties' }).ok).toBe(true)
    expect(readSession(test.db, secret, TEST_NOW)).toMatchObject({ memberships: [] })
    expect(listRows(test, 'memberships')).toContainEqual(
      expect.objectContaining({ id: membershipId, void_reason: 'Changed duties' }),
    )
  })
})
