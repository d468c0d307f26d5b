import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { listActs, openSignInDesk, PASSWORD, type SignInAttempt, typeSignIn } from '@/db/testing/account-desk'
import { accepted } from '@/db/testing/results'
import { TEST_NOW, type TestDb } from '@/db/testing/test-db'
import { addSeconds } from './clock'
import { hashPassword } from './passwords'
import { signIn } from './sessions'

const MINUTE = 60

let hashed: string
beforeAll(async () => {
  hashed = await hashPassword(PASSWORD)
})
let test: TestDb
let email: string
beforeEach(() => {
  ;({ test, email } = openSignInDesk(hashed))
  return () => test.remove()
})

const at = (seconds: number) => addSeconds(TEST_NOW, seconds)
const enter = async (change: Partial<SignInAttempt> = {}) =>
  accepted(await signIn(test.db, typeSignIn(email, change)))
const acts = () => listActs(test)

describe('lockout (D4)', () => {
  const fail = async (times: number, change: Partial<SignInAttempt> = {}) => {
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
