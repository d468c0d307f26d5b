import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { contextFor, type SeededStudy, type SeededUser, seedStudy, seedUser } from '@/db/testing/factories'
import { TWO_ARM_PROTOCOL } from '@/db/testing/small-protocol'
import { createTestDb, type TestDb } from '@/db/testing/test-db'
import { authorise } from './policy'
import { openStudy } from './studies'

let test: TestDb
let study: SeededStudy

beforeEach(() => {
  test = createTestDb()
  study = seedStudy(test.db, TWO_ARM_PROTOCOL)
})
afterEach(() => test.remove())

type Membership = SeededUser['memberships'][number]

/** A person with these roles, and the same person with the roles the other way round. */
function bothOrders(...roles: readonly (readonly [Membership['role'], site?: string])[]) {
  const user = seedUser(test.db, { role: 'coordinator', study })
  const memberships = roles.map(([role, site]) => ({
    studyId: study.id,
    siteId: site === undefined ? null : (study.sites[site] ?? null),
    role,
  }))
  return [memberships, memberships.toReversed()].map(each =>
    contextFor(test.db, { ...user, memberships: each }),
  )
}

describe('a person with two roles in a study', () => {
  it('acts in the same role, at the same sites, whichever was given first', () => {
    const [one, other] = bothOrders(['investigator'], ['coordinator', 'MEL']).map(ctx => {
      const may = authorise(ctx, 'readParticipants', { studyId: study.id })
      return may.ok && { role: may.value.write.role, sites: may.value.sites }
    })
    expect(one).toEqual({ role: 'coordinator', sites: 'all' })
    expect(other).toEqual(one)
  })

  it('acts at a site in a role held there', () => {
    const scope = { studyId: study.id, ...(study.sites.SYD && { siteId: study.sites.SYD }) }
    for (const ctx of bothOrders(['coordinator', 'MEL'], ['investigator', 'SYD'])) {
      const may = authorise(ctx, 'readParticipants', scope)
      expect(may.ok && may.value.write.role).toBe('investigator')
    }
  })

  it('is blinded by the one that is, whichever was given first and whichever allows the reading', () => {
    for (const ctx of bothOrders(['dataManager'], ['coordinator', 'MEL'])) {
      for (const permission of ['readParticipants', 'readCohort', 'importData'] as const) {
        const opened = openStudy(ctx, study.code, permission)
        expect(opened.ok && opened.value.view, permission).toEqual({
          participantArms: false,
          resultsByArm: false,
          armsNamed: false,
        })
      }
    }
  })

  it('is not blinded by administering accounts, which is no part in the study', () => {
    for (const ctx of bothOrders(['administrator'], ['dataManager'])) {
      const opened = openStudy(ctx, study.code, 'readParticipants')
      expect(opened.ok && opened.value.view).toEqual({
        participantArms: true,
        resultsByArm: true,
        armsNamed: true,
      })
    }
  })
})
