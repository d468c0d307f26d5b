import { afterEach, beforeEach, expect, it } from 'vitest'
import { eventReports } from '@/db/schema/logs'
import { contextFor, type SeededStudy, type SeededUser, seedStudy, seedUser } from '@/db/testing/factories'
import { seedEvents } from '@/db/testing/seed-events'
import { createTestDb, type TestDb } from '@/db/testing/test-db'
import { AddEventNote, VoidEventReport } from '@/lib/schemas/event-reports'
import { addEventNote, voidEventReport } from './event-reports'

let test: TestDb
let study: SeededStudy
let coordinator: SeededUser

beforeEach(() => {
  test = createTestDb()
  study = seedStudy(test.db)
  coordinator = seedUser(test.db, { role: 'coordinator', study, site: 'MEL' })
  const { serious } = seedEvents(test.db, study)
  const known = { awareOn: '16 Apr 2026', awareTime: '17:00', note: 'Improving' }
  const added = AddEventNote.parse({ study: 'SMALL', number: 'MEL-001', entry: serious, ...known })
  expect(addEventNote(contextFor(test.db, coordinator), added).ok).toBe(true)
})
afterEach(() => test.remove())

/** Takes off the first or the second report; null where it was taken off. */
function takeOff(position: 0 | 1, reasonText: string, user = coordinator): string | null {
  const row = test.db.select().from(eventReports).all()[position]
  const key = { study: 'SMALL', number: 'MEL-001', entry: row?.entryId }
  const typed = { ...key, report: row?.id, version: row?.rowVersion, reasonText }
  const result = voidEventReport(contextFor(test.db, user), VoidEventReport.parse(typed))
  return result.ok ? null : result.error.code
}

it('a follow-up is voided with a reason, once', () => {
  expect(takeOff(1, '')).toBe('reasonRequired')
  expect(takeOff(1, 'Told to Dr Smith')).toBe('unanswered')
  expect(takeOff(1, 'Recorded twice')).toBeNull()
  expect(takeOff(1, 'Recorded twice')).toBe('voided')
})

it('the first report of an event with a criterion is not', () => {
  expect(takeOff(0, 'Not serious after all')).toBe('notPossible')
})

it('and only by who mends records', () => {
  for (const role of ['investigator', 'monitor'] as const)
    expect(takeOff(1, 'Recorded twice', seedUser(test.db, { role, study, site: 'MEL' }))).toBe('notAllowed')
  expect(takeOff(1, 'Twice', seedUser(test.db, { role: 'coordinator', study, site: 'SYD' }))).toBe('notFound')
  expect(takeOff(1, 'Twice', seedUser(test.db, { role: 'dataManager', study }))).toBeNull()
})
