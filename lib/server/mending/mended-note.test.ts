import { afterEach, beforeEach, expect, it } from 'vitest'
import { contextFor, seedStudy, seedUser } from '@/db/testing/factories'
import { seedEnrolled, seedVisit } from '@/db/testing/seed-visits'
import { createTestDb, type TestDb } from '@/db/testing/test-db'
import { SaveLogEntry } from '@/lib/schemas/logs'
import { MendedQuery } from '@/lib/schemas/mending'
import type { Ctx } from '../context'
import { saveLogEntry } from '../logs'
import { readLeftBehind, readMendedNote } from './mended-note'
import { readVisitMending } from './mending-view'

let test: TestDb
let ctx: Ctx
beforeEach(() => {
  test = createTestDb()
  const study = seedStudy(test.db)
  const coordinator = seedUser(test.db, { role: 'coordinator', study, site: 'MEL' })
  const id = seedEnrolled(test.db, study, { number: 'MEL-001', site: 'MEL' })
  seedVisit(test.db, study, id, { code: 'M6', date: '2026-04-10', forms: {} })
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

it('lists the entries of logs that still name the visit at the place it left, which no move takes along', () => {
  const post = (log: string, fields: Record<string, string>) => {
    const answers = Object.fromEntries(Object.entries(fields).map(([code, text]) => [code, [text]]))
    const entry = { study: 'SMALL', number: 'MEL-001', log, entry: 'new', answers, confirm: [] }
    const first = saveLogEntry(ctx, SaveLogEntry.parse(entry))
    const asked = !first.ok && first.error.code === 'unanswered' ? first.error.questions : []
    const confirm = asked.map(({ code }) => code)
    expect(first.ok || saveLogEntry(ctx, SaveLogEntry.parse({ ...entry, confirm })).ok).toBe(true)
  }
  const contact = { DATE: '10 Apr 2026', HOW: 'phone', RESULT: 'noAnswer' }
  post('contacts', { ...contact, VISIT: 'M6' })
  post('contacts', { ...contact, VISIT: 'M1' })
  post('appointments', { VISIT: 'M6', DATE: '20 Apr 2026', MODE: 'clinic', STATUS: 'booked' })
  const query = (mended: string, from = 'MEL-001') => MendedQuery.parse({ mended, from, fromVisit: 'M6' })
  const references = [
    { id: 3, path: 'appointments', one: 'appointment', text: '6 months, booked' },
    { id: 1, path: 'contacts', one: 'contact attempt', text: expect.stringContaining('about 6 months') },
  ]
  expect(readLeftBehind(ctx, 'SMALL', query('moved'))).toEqual({ number: 'MEL-001', references })
  expect(readLeftBehind(ctx, 'SMALL', query('formMoved'))).toBeNull()
  expect(readLeftBehind(ctx, 'SMALL', query('moved', 'SYD-001'))).toBeNull()
  const address = { study: 'SMALL', number: 'MEL-001', form: null, toNumber: '', toVisit: '' }
  const page = readVisitMending(ctx, { ...address, visit: 'M6' })
  expect(page.ok && page.value.references).toEqual(references)
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
