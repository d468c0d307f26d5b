import { afterEach, beforeEach, expect, it } from 'vitest'
import { compareReplay } from '@/db/replay'
import { eventReports } from '@/db/schema/logs'
import { contextFor, type SeededUser, seedStudy, seedUser } from '@/db/testing/factories'
import { seedEvents } from '@/db/testing/seed-events'
import { createTestDb, type TestDb } from '@/db/testing/test-db'
import { AddEventNote, CorrectEventReport, VoidEventReport } from '@/lib/schemas/event-reports'
import { addEventNote, correctEventReport, voidEventReport } from './event-reports'

const ABOUT = 'Seen by Dr Smith'

let test: TestDb
let coordinator: SeededUser
let mild: number

beforeEach(() => {
  test = createTestDb()
  const study = seedStudy(test.db)
  coordinator = seedUser(test.db, { role: 'coordinator', study, site: 'MEL' })
  mild = seedEvents(test.db, study).mild
  const typed = { ...key(), note: ABOUT, confirm: [`identifier:note=${ABOUT}`] }
  expect(addEventNote(ctx(), AddEventNote.parse(typed)).ok).toBe(true)
})
afterEach(() => test.remove())

const ctx = () => contextFor(test.db, coordinator)
const key = () => ({ study: 'SMALL', number: 'MEL-001', entry: mild })
function stored() {
  const row = test.db.select().from(eventReports).all().at(-1)
  if (!row) throw new Error('no report')
  return row
}
const seen = () => ({ ...key(), report: stored().id, version: stored().rowVersion })

/** Null where it was saved. */
function correct(patch: Readonly<Record<string, unknown>>): string | null {
  const now = { awareOn: '16 Apr 2026', awareTime: '18:00', note: ABOUT, reason: 'Typing error' }
  const result = correctEventReport(ctx(), CorrectEventReport.parse({ ...seen(), ...now, ...patch }))
  return result.ok ? null : result.error.code
}

it('what was confirmed of a text is stored, and asked again only of another text', () => {
  expect(stored().confirmations).toEqual({ 'identifier:note': 'asMarked' })
  expect(correct({})).toBeNull()
  expect(correct({ note: 'Seen by Dr Jones' })).toBe('unanswered')
  expect(correct({ note: 'Seen by Dr Jones', confirm: ['identifier:note=Seen by Dr Jones'] })).toBeNull()
  expect(compareReplay(test.db)).toEqual([])
})

it('what was confirmed of a reason is stored, too, with a void as well', () => {
  const reasonText = 'Told by Dr Smith'
  const confirm = [`identifier:reasonText=${reasonText}`]
  expect(correct({ awareTime: '17:00', reason: '', reasonText })).toBe('unanswered')
  expect(correct({ awareTime: '17:00', reason: '', reasonText, confirm })).toBeNull()
  const kept = { 'identifier:note': 'asMarked', 'identifier:reasonText': 'asMarked' }
  expect(stored().confirmations).toEqual(kept)
  const other = 'Written by Mrs Brown'
  const again = { reasonText: other, confirm: [`identifier:reasonText=${other}`] }
  expect(voidEventReport(ctx(), VoidEventReport.parse({ ...seen(), ...again })).ok).toBe(true)
  expect(stored()).toMatchObject({ confirmations: kept, voidReason: other })
  expect(compareReplay(test.db)).toEqual([])
})
