import { afterEach, beforeEach, expect, it } from 'vitest'
import { contextFor, seedStudy, seedUser } from '@/db/testing/factories'
import { seedEnrolled } from '@/db/testing/seed-visits'
import { createTestDb, type TestDb } from '@/db/testing/test-db'
import { MendedQuery } from '@/lib/schemas/mending'
import type { Ctx } from '../context'
import { readMendedNote } from './mended-note'

let test: TestDb
let ctx: Ctx
beforeEach(() => {
  test = createTestDb()
  const study = seedStudy(test.db)
  const coordinator = seedUser(test.db, { role: 'coordinator', study, site: 'MEL' })
  seedEnrolled(test.db, study, { number: 'MEL-001', site: 'MEL' })
  seedEnrolled(test.db, study, { number: 'SYD-001', site: 'SYD' })
  ctx = contextFor(test.db, coordinator) as Ctx
})
afterEach(() => test.remove())

const told = (address: Record<string, unknown>) =>
  readMendedNote(
    ctx,
    'SMALL',
    MendedQuery.parse({ mended: 'moved', from: 'MEL-001', fromVisit: 'M6', ...address }),
  )

it('says what was moved or exchanged, and from where', () => {
  expect(told({})).toBe('Moved here from MEL-001, 6 months.')
  expect(told({ mended: 'exchanged' })).toBe('Exchanged with MEL-001, 6 months.')
  expect(told({ mended: 'formMoved' })).toBe('Form moved here from MEL-001, 6 months.')
  expect(told({ mended: 'doseMoved', fromVisit: '' })).toBe('Dose moved here from MEL-001.')
})

it.each([
  ['no such act', { mended: 'Your account was closed' }],
  ['text in place of a number', { from: 'Call 555 0100' }],
  ['text in place of a visit', { fromVisit: 'call 555 0100' }],
  ['a participant of a foreign site', { from: 'SYD-001' }],
  ['a list', { from: ['MEL-001', 'MEL-002'] }],
])('an address with %s says nothing', (_, address) => {
  expect(told(address)).toBeNull()
})
