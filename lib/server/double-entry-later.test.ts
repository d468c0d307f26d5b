import { afterEach, beforeEach, expect, it } from 'vitest'
import { contextFor, type SeededStudy, type SeededUser, seedStudy, seedUser } from '@/db/testing/factories'
import { seedOutcomes } from '@/db/testing/seed-outcomes'
import { SMALL_PROTOCOL } from '@/db/testing/small-protocol'
import { createTestDb, type TestDb } from '@/db/testing/test-db'
import { SettleDoubleEntry } from '@/lib/schemas/double-entry'
import { SaveVisit } from '@/lib/schemas/visits'
import { saveSecondEntry } from './double-entry'
import { readDifferences, settleDifferences } from './double-entry-settling'
import { saveVisit } from './visits'
import { readWorklist } from './worklist'

const PROTOCOL = { ...SMALL_PROTOCOL, doubleEntry: { forms: ['nprs'] } }
const VISIT = { study: PROTOCOL.study.code, number: 'MEL-001', visit: 'M1' }

let test: TestDb
let study: SeededStudy
let first: SeededUser
let second: SeededUser
beforeEach(() => {
  test = createTestDb()
  study = seedStudy(test.db, PROTOCOL)
  const person = { number: 'MEL-001', enrolledOn: '2026-02-20', doses: { DOSE1: '2026-03-10' } }
  seedOutcomes(test.db, study, [person])
  first = seedUser(test.db, { role: 'coordinator', study, site: 'MEL', name: 'First' })
  second = seedUser(test.db, { role: 'coordinator', study, site: 'MEL', name: 'Second' })
})
afterEach(() => test.remove())

const typed = (average: string, more: Record<string, unknown> = {}, page: Record<string, unknown> = {}) =>
  SaveVisit.parse({
    ...VISIT,
    '~visit': { date: ['10 Apr 2026'], ...page },
    nprs: { NPRS_AVG: [average], NPRS_WORST: ['8'], ...more },
    reason: 'Typing error',
  })
const wanted = () => {
  const list = readWorklist(contextFor(test.db, first), { study: study.code, site: null })
  return list.ok ? list.value.doubleEntry.map(item => item.wants) : null
}
const differing = () => {
  const read = readDifferences(contextFor(test.db, first), VISIT)
  return read.ok ? read.value.forms.length : null
}

it('a decision stays while answers do, whatever else of the form is corrected; a changed answer opens it', () => {
  expect(saveVisit(contextFor(test.db, first), typed('6')).ok).toBe(true)
  expect(saveSecondEntry(contextFor(test.db, second), typed('5')).ok).toBe(true)
  const chosen = { '~versions': ['1-1'], NPRS_AVG: ['first'] }
  const decision = SettleDoubleEntry.parse({ ...VISIT, reason: 'Source checked', nprs: chosen })
  expect(settleDifferences(contextFor(test.db, second), decision).ok).toBe(true)
  expect([wanted(), differing()]).toEqual([[], 0])
  const mode = typed('6', { '~version': ['1'] }, { version: ['1'], mode: ['phone'] })
  expect(saveVisit(contextFor(test.db, first), mode)).toMatchObject({ ok: true, value: { written: 1 } })
  expect([wanted(), differing()]).toEqual([[], 0])
  const answer = typed('7', { '~version': ['2'] }, { version: ['1'], mode: ['phone'] })
  expect(saveVisit(contextFor(test.db, first), answer).ok).toBe(true)
  expect([wanted(), differing()]).toEqual([['decision'], 1])
})

it('is asked of nobody whose role at that site does not allow it, whatever it is elsewhere', () => {
  expect(saveVisit(contextFor(test.db, first), typed('6')).ok).toBe(true)
  const ctx = contextFor(test.db, second)
  if (ctx.actor.kind !== 'user') throw new Error('a user')
  const [own] = ctx.actor.memberships
  if (!own) throw new Error('a membership')
  const memberships = [
    { ...own, role: 'monitor' as const },
    { ...own, siteId: study.sites.SYD ?? null },
  ]
  const list = readWorklist(
    { ...ctx, actor: { ...ctx.actor, memberships } },
    { study: study.code, site: null },
  )
  expect(list).toMatchObject({ ok: true, value: { doubleEntry: [] } })
})
