import { afterEach, beforeEach, expect, it } from 'vitest'
import { MONTH_1, openDoubleEntryDesk, postCorrection, postPain } from '@/db/testing/double-entry-desk'
import { contextFor, type SeededStudy, type SeededUser } from '@/db/testing/factories'
import { accepted } from '@/db/testing/results'
import type { TestDb } from '@/db/testing/test-db'
import { SettleDoubleEntry } from '@/lib/schemas/double-entry'
import { saveSecondEntry } from './double-entry'
import { readDifferences, settleDifferences } from './double-entry-settling'
import { saveVisit } from './visits'
import { readWorklist } from './worklist'

let test: TestDb
let study: SeededStudy
let first: SeededUser
let second: SeededUser
beforeEach(() => {
  ;({ test, study, first, second } = openDoubleEntryDesk())
})
afterEach(() => test.remove())

const wanted = () =>
  accepted(readWorklist(contextFor(test.db, first), { study: study.code, site: null })).doubleEntry.map(
    item => item.wants,
  )
const differing = () => {
  const read = readDifferences(contextFor(test.db, first), MONTH_1)
  return read.ok ? read.value.forms.length : null
}

it('a decision stays while answers do, whatever else of the form is corrected; a changed answer opens it', () => {
  expect(saveVisit(contextFor(test.db, first), postPain('6', '8')).ok).toBe(true)
  expect(saveSecondEntry(contextFor(test.db, second), postPain('5', '8')).ok).toBe(true)
  const chosen = { '~versions': ['1-1'], NPRS_AVG: ['first'] }
  const decision = SettleDoubleEntry.parse({ ...MONTH_1, reason: 'Source checked', nprs: chosen })
  expect(settleDifferences(contextFor(test.db, second), decision).ok).toBe(true)
  expect([wanted(), differing()]).toEqual([[], 0])
  const mode = postCorrection('6', '1', { mode: ['phone'] })
  expect(saveVisit(contextFor(test.db, first), mode)).toMatchObject({ ok: true, value: { written: 1 } })
  expect([wanted(), differing()]).toEqual([[], 0])
  const answer = postCorrection('7', '2', { mode: ['phone'] })
  expect(saveVisit(contextFor(test.db, first), answer).ok).toBe(true)
  expect([wanted(), differing()]).toEqual([['decision'], 1])
})

it('is asked of nobody whose role at that site does not allow it, whatever it is elsewhere', () => {
  expect(saveVisit(contextFor(test.db, first), postPain('6', '8')).ok).toBe(true)
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
