import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { contextFor, type SeededStudy, type SeededUser, seedStudy, seedUser } from '@/db/testing/factories'
import { SMALL_PROTOCOL, TWO_ARM_PROTOCOL } from '@/db/testing/small-protocol'
import { createTestDb, type TestDb } from '@/db/testing/test-db'
import { readCohort } from './cohort'
import { exportStudy } from './exports'
import { lockStudy, unlockStudy } from './locks'
import { readSetup } from './setup'

let test: TestDb
let study: SeededStudy

beforeEach(() => {
  test = createTestDb()
  study = seedStudy(test.db, { ...TWO_ARM_PROTOCOL, masking: 'open' })
})
afterEach(() => test.remove())

type Role = SeededUser['memberships'][number]['role']

let people = 0

const as = (role: Role, now = '2026-04-16T08:30:00.000Z') =>
  contextFor(test.db, seedUser(test.db, { role, study, name: `Person ${++people}` }), { now })

const lock = () =>
  lockStudy(as('dataManager', '2026-05-01T08:00:00.000Z'), { study: study.code, reason: 'Look' })

const unlock = (confirmed: boolean, reason = 'Query found') =>
  unlockStudy(as('dataManager', '2026-05-05T08:00:00.000Z'), { study: study.code, reason, confirmed })

const lastReason = () =>
  test.sqlite
    .prepare("SELECT reason FROM audit_entries WHERE chain = 'study/TWOARM' ORDER BY seq DESC LIMIT 1")
    .pluck()
    .get()

function seenBy(role: Role) {
  const cohort = readCohort(as(role, '2026-06-01T08:00:00.000Z'), { study: study.code })
  return cohort.ok && cohort.value.seenBeforeUnlock
}

describe('unlocking a study of several arms, whose lock opened results by arm', () => {
  it('is refused until it is confirmed', () => {
    expect(lock().ok).toBe(true)
    expect(unlock(false)).toMatchObject({
      error: { code: 'invalidInput', fields: [{ field: 'confirmed' }] },
    })
    expect(unlock(true).ok).toBe(true)
    expect(lastReason()).toBe('Query found (results by arm, opened by the lock, were seen by nobody)')
    expect(seenBy('investigator')).toEqual([])
  })

  it('leaves in the audit, and on the cohort page for good, that they were seen', () => {
    expect(lock().ok).toBe(true)
    for (const now of ['2026-05-02T10:00:00.000Z', '2026-05-03T10:00:00.000Z'])
      expect(readCohort(as('investigator', now), { study: study.code }).ok).toBe(true)
    // Open to the data manager before the lock too: no sight that the lock made possible.
    expect(readCohort(as('dataManager', '2026-05-03T11:00:00.000Z'), { study: study.code }).ok).toBe(true)
    const setup = readSetup(as('dataManager', '2026-05-04T08:00:00.000Z'), { study: study.code })
    expect(setup.ok && setup.value.sightsByLock).toBe(2)
    expect(unlock(true).ok).toBe(true)
    expect(lastReason()).toBe('Query found (results by arm, opened by the lock, were seen 2 times)')
    expect(seenBy('coordinator')).toEqual([
      {
        times: 2,
        first: '2026-05-02T10:00:00.000Z',
        last: '2026-05-03T10:00:00.000Z',
        unlockedAt: '2026-05-05T08:00:00.000Z',
      },
    ])
    // Locked and unlocked again without a look, the first time still stands.
    expect(lock().ok).toBe(true)
    expect(unlock(true).ok).toBe(true)
    expect(seenBy('statistician')).toHaveLength(1)
  })

  it('counts files with arms as sights too', () => {
    expect(lock().ok).toBe(true)
    const out = mkdtempSync(join(tmpdir(), 'longitude-locks-'))
    const request = { study: study.code, dataCut: '', flavour: 'analysis', out } as const
    expect(exportStudy(as('investigator', '2026-05-02T10:00:00.000Z'), request).ok).toBe(true)
    rmSync(out, { recursive: true })
    expect(unlock(true).ok).toBe(true)
    expect(lastReason()).toMatch(/were seen 1 time\)$/)
  })
})

it('a study of one arm has nothing to confirm, and its reason stands as it was written', () => {
  study = seedStudy(test.db, SMALL_PROTOCOL)
  expect(lock().ok).toBe(true)
  expect(unlock(false).ok).toBe(true)
  const setup = readSetup(as('dataManager'), { study: study.code })
  expect(setup.ok && setup.value.sightsByLock).toBeNull()
})

it('both want a reason and the right, and refuse what is already so', () => {
  expect(unlock(true)).toMatchObject({ error: { code: 'notPossible' } })
  expect(lock().ok).toBe(true)
  expect(lock()).toMatchObject({ error: { code: 'notPossible' } })
  expect(unlock(true, ' ')).toMatchObject({
    error: { fields: [{ field: 'reason', text: 'Choose or write why the study is unlocked.' }] },
  })
  const coordinator = as('coordinator')
  expect(unlockStudy(coordinator, { study: study.code, reason: 'x', confirmed: true })).toMatchObject({
    error: { code: 'notAllowed' },
  })
})
