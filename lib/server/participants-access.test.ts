import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { contextFor, type SeededStudy, type SeededUser, seedStudy, seedUser } from '@/db/testing/factories'
import { ELIGIBLE, openRegistrationDesk } from '@/db/testing/registration-desk'
import { accepted, refused } from '@/db/testing/results'
import { TWO_ARM_PROTOCOL } from '@/db/testing/small-protocol'
import type { TestDb } from '@/db/testing/test-db'
import type { RegisterParticipantInput } from '@/lib/schemas/participants'
import { openParticipant, registerParticipant } from './participants'

let test: TestDb
let study: SeededStudy
let coordinator: SeededUser
beforeEach(() => {
  ;({ test, study, coordinator } = openRegistrationDesk())
})
afterEach(() => test.remove())

const register = (patch: Partial<RegisterParticipantInput> = {}, actor: SeededUser = coordinator) =>
  registerParticipant(contextFor(test.db, actor), { ...ELIGIBLE, ...patch })

describe('who may register (D2)', () => {
  it.each(['dataManager', 'investigator', 'monitor', 'statistician'] as const)('a %s may not', role => {
    expect(refused(register({}, seedUser(test.db, { role, study }))).code).toBe('notAllowed')
  })

  it('an administrator may not', () => {
    expect(refused(register({}, seedUser(test.db, { role: 'administrator' }))).code).toBe('notAllowed')
  })

  it('a coordinator of another site gets the answer for a site that is not there', () => {
    const sydney = seedUser(test.db, { role: 'coordinator', study, site: 'SYD', name: 'Sydney' })
    const foreign = refused(register({ site: 'MEL' }, sydney))
    expect(foreign).toEqual({ code: 'notFound', what: 'The site' })
    expect(refused(register({ site: 'NOWHERE' }, sydney))).toEqual(foreign)
    accepted(register({ site: 'SYD' }, sydney))
  })
})

describe('a participant of a foreign study or site answers as an absent one (D2)', () => {
  it('for every permission', () => {
    const { number } = accepted(register())
    const other = seedStudy(test.db, TWO_ARM_PROTOCOL)
    const strangers = [
      seedUser(test.db, { role: 'coordinator', study, site: 'SYD', name: 'Sydney' }),
      seedUser(test.db, { role: 'coordinator', study: other, name: 'Other' }),
    ]
    for (const stranger of strangers) {
      const ctx = contextFor(test.db, stranger)
      for (const permission of ['readParticipants', 'recordTreatment', 'mendRecord'] as const) {
        const foreign = refused(openParticipant(ctx, 'SMALL', number, permission))
        expect(foreign).toEqual({ code: 'notFound', what: 'The participant' })
        expect(refused(openParticipant(ctx, 'SMALL', 'MEL-999', permission))).toEqual(foreign)
        expect(refused(openParticipant(ctx, 'NONE', number, permission))).toEqual(foreign)
      }
    }
  })
})
