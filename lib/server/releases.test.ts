import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { auditEntries } from '@/db/schema/audit'
import { contextFor, type SeededStudy, seedStudy, seedUser } from '@/db/testing/factories'
import { SMALL_PROTOCOL, TWO_ARM_PROTOCOL } from '@/db/testing/small-protocol'
import { createTestDb, type TestDb } from '@/db/testing/test-db'
import { readCohort } from './cohort'
import type { Role } from './context'
import { lockStudy, unlockStudy } from './locks'
import { readReleases, releaseResults, withdrawRelease } from './releases'

let test: TestDb
let study: SeededStudy
beforeEach(() => {
  test = createTestDb()
  study = seedStudy(test.db, TWO_ARM_PROTOCOL)
})
afterEach(() => test.remove())

let people = 0
const as = (role: Role, options: { readonly now?: string; readonly name?: string } = {}) =>
  contextFor(
    test.db,
    seedUser(test.db, { role, study, name: options.name ?? `Person ${++people}` }),
    options.now === undefined ? {} : { now: options.now },
  )

const RELEASE = {
  level: 'armsMasked',
  audience: 'statistician',
  reason: 'Committee meets',
  confirmed: true,
} as const
const release = (changes: Partial<Omit<Parameters<typeof releaseResults>[1], 'study'>> = {}) =>
  releaseResults(as('dataManager'), { ...RELEASE, ...changes, study: study.code })
const withdraw = (
  changes: { reason?: string; confirmed?: boolean; release?: number; version?: number } = {},
) =>
  withdrawRelease(as('dataManager'), {
    ...{ study: study.code, release: 1, version: 1, reason: 'Meeting is over', confirmed: true },
    ...changes,
  })
const look = (role: Role, options: { readonly now?: string; readonly name?: string } = {}) => {
  const cohort = readCohort(as(role, options), { study: study.code })
  if (!cohort.ok) throw new Error(cohort.error.code)
  return cohort.value
}
const read = (role: Role = 'dataManager') => {
  const releases = readReleases(as(role), { study: study.code })
  if (!releases.ok) throw new Error(releases.error.code)
  return releases.value
}
const lookEntries = () =>
  test.db
    .select()
    .from(auditEntries)
    .all()
    .filter(({ act }) => act === 'look')
    .map(({ details }) => JSON.parse(details))

describe('a release', () => {
  it('is the data manager’s alone', () => {
    for (const role of ['coordinator', 'investigator', 'monitor', 'statistician'] as const) {
      const refused = releaseResults(as(role), { ...RELEASE, study: study.code })
      expect(refused).toMatchObject({ error: { code: 'notAllowed' } })
    }
    const elsewhere = seedStudy(test.db, SMALL_PROTOCOL)
    const stranger = contextFor(test.db, seedUser(test.db, { role: 'dataManager', study: elsewhere }))
    expect(releaseResults(stranger, { ...RELEASE, study: study.code })).toMatchObject({
      error: { code: 'notFound' },
    })
    expect(readReleases(stranger, { study: study.code })).toMatchObject({ error: { code: 'notFound' } })
    expect(read('statistician').releases).toEqual([])
  })

  it('is refused without a reason, unconfirmed, twice the same, and in a study of one arm', () => {
    expect(release({ reason: ' ' })).toMatchObject({ error: { fields: [{ field: 'reason' }] } })
    expect(release({ confirmed: false })).toMatchObject({ error: { fields: [{ field: 'confirmed' }] } })
    expect(release().ok).toBe(true)
    expect(release()).toMatchObject({ error: { code: 'notPossible' } })
    expect(release({ audience: 'all' }).ok).toBe(true)
    study = seedStudy(test.db, SMALL_PROTOCOL)
    expect(release()).toMatchObject({ error: { code: 'notPossible' } })
    expect(read()).toMatchObject({ arms: 1, releases: [], mayRelease: false })
  })

  it('stands in the audit of the study with level, audience, reason and who', () => {
    expect(release().ok).toBe(true)
    const entry = test.db
      .select()
      .from(auditEntries)
      .all()
      .findLast(({ entity }) => entity === 'result_releases')
    expect(entry).toMatchObject({ chain: 'study/TWOARM', act: 'insert', role: 'dataManager' })
    expect(JSON.parse(entry?.changes ?? '')).toMatchObject({
      level: [null, 'armsMasked'],
      audience: [null, 'statistician'],
      reason: [null, 'Committee meets'],
    })
  })

  it('neither begins nor ends while the study is locked', () => {
    expect(release().ok).toBe(true)
    expect(lockStudy(as('dataManager'), { study: study.code, reason: 'Final analysis' }).ok).toBe(true)
    expect(release({ audience: 'all' })).toMatchObject({ error: { code: 'locked' } })
    expect(withdraw()).toMatchObject({ error: { code: 'locked' } })
    expect(read()).toMatchObject({ isLocked: true, mayRelease: false })
  })
})

describe('withdrawing a release', () => {
  it('closes results again; the reason says how often they were seen', () => {
    expect(release().ok).toBe(true)
    expect(look('statistician').armsMasked).toBe(true)
    expect(look('statistician').openedBy).toMatchObject({ id: 1, reason: 'Committee meets' })
    expect(withdraw({ confirmed: false })).toMatchObject({ error: { fields: [{ field: 'confirmed' }] } })
    expect(withdraw({ reason: '' })).toMatchObject({ error: { fields: [{ field: 'reason' }] } })
    expect(withdraw({ release: 9 })).toMatchObject({ error: { code: 'notFound' } })
    expect(withdraw().ok).toBe(true)
    expect(look('statistician')).toMatchObject({ isPooled: true, armsMasked: false, openedBy: null })
    expect(withdraw()).toMatchObject({ error: { code: 'notPossible' } })
    const reason = 'Meeting is over (results by arm, opened by it, were seen 2 times)'
    expect(read().releases).toMatchObject([{ id: 1, sights: 2, withdrawn: { reason } }])
  })

  it('by somebody who saw it as it was before is refused as stale', () => {
    expect(release().ok).toBe(true)
    expect(withdraw({ version: 7 })).toMatchObject({ error: { code: 'conflict' } })
  })

  it('of another study is not found', () => {
    expect(release().ok).toBe(true)
    study = seedStudy(test.db, { ...TWO_ARM_PROTOCOL, study: { ...TWO_ARM_PROTOCOL.study, code: 'OTHER' } })
    expect(withdraw()).toMatchObject({ error: { code: 'notFound' } })
  })
})

describe('looks by arm', () => {
  it('say whether arms were named, and which release opened them', () => {
    expect(release().ok).toBe(true)
    look('statistician')
    look('dataManager')
    look('coordinator')
    expect(lookEntries()).toMatchObject([
      { byArm: true, armsNamed: false, release: 1, openedByLock: false },
      { byArm: true, armsNamed: true, release: null, openedByLock: false },
    ])
  })

  it('are counted with people, first and last, while the study was not locked', () => {
    expect(look('coordinator').looksByArm).toEqual({
      times: 0,
      people: 0,
      maskedTimes: 0,
      first: null,
      last: null,
    })
    expect(release().ok).toBe(true)
    const reader = as('statistician', { now: '2026-05-02T10:00:00.000Z' })
    for (let time = 0; time < 2; time += 1) expect(readCohort(reader, { study: study.code }).ok).toBe(true)
    look('dataManager', { now: '2026-05-03T10:00:00.000Z' })
    const counted = {
      times: 3,
      people: 2,
      maskedTimes: 2,
      first: '2026-05-02T10:00:00.000Z',
      last: '2026-05-03T10:00:00.000Z',
    }
    expect(look('coordinator').looksByArm).toEqual(counted)
    expect(lockStudy(as('dataManager'), { study: study.code, reason: 'Final analysis' }).ok).toBe(true)
    expect(look('investigator').looksByArm).toEqual(counted)
    const unlock = { study: study.code, reason: 'Query', confirmed: true }
    expect(unlockStudy(as('dataManager'), unlock).ok).toBe(true)
    expect(look('coordinator').looksByArm).toEqual(counted)
    expect(read().looks).toEqual(counted)
  })

  it('are told by person to the data manager alone', () => {
    expect(release().ok).toBe(true)
    look('statistician', { name: 'Ada Stone' })
    expect(read('dataManager').viewers).toMatchObject([
      { name: 'Ada Stone', role: 'statistician', times: 1, maskedTimes: 1, lockedTimes: 0 },
    ])
    for (const role of ['statistician', 'investigator', 'coordinator', 'monitor'] as const)
      expect(read(role)).toMatchObject({ viewers: null, mayRelease: false, looks: { times: 1 } })
  })

  it('in a study of one arm are none', () => {
    study = seedStudy(test.db, SMALL_PROTOCOL)
    expect(look('statistician').looksByArm).toBeNull()
  })
})
