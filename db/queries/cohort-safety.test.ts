import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type SeededStudy, seedStudy } from '@/db/testing/factories'
import { seedEntry } from '@/db/testing/seed-logs'
import { seedEnrolled, seedVisit } from '@/db/testing/seed-visits'
import { createTestDb, type TestDb } from '@/db/testing/test-db'
import type { ParticipantId } from '@/lib/domain/shared/ids'
import { loadSafety } from './cohort-safety'

let test: TestDb
let study: SeededStudy
let first: ParticipantId
let second: ParticipantId

beforeEach(() => {
  test = createTestDb()
  study = seedStudy(test.db)
  first = seedEnrolled(test.db, study, { number: 'MEL-001', site: 'MEL' })
  second = seedEnrolled(test.db, study, { number: 'SYD-001', site: 'SYD', dosedOn: null })
  for (const id of [first, second]) seedEntry(test, id, 'adverseEvents', { AETERM: 'Fever', AETOXGR: '2' })
  seedEntry(test, first, 'harvests', { HARVEST_DATE: '2025-09-20' })
})
afterEach(() => test.remove())

describe('facts of safety', () => {
  it('are those of the whole study, whoever was treated', () => {
    const data = loadSafety(test.db, { studyId: study.id })
    expect(data.events.map(({ participant, term, grade }) => [participant, term, grade])).toEqual([
      [first, 'Fever', 2],
      [second, 'Fever', 2],
    ])
    expect(data.harvests).toEqual([{ participant: first, date: '2025-09-20' }])
    expect(data.doses).toEqual([{ participant: first, date: '2025-10-16' }])
  })

  it('have the last scheduled visit of each, with its day where it was held', () => {
    const last = study.protocol.visits.at(-1)?.code ?? ''
    const lastOf = (id: ParticipantId) =>
      loadSafety(test.db, { studyId: study.id }).lastVisits.find(({ participant }) => participant === id)
    const before = lastOf(first)
    expect(before?.heldOn).toBeNull()
    expect(before?.windowEnd).not.toBeNull()
    seedVisit(test.db, study, first, { code: last, date: '2026-10-16', forms: {} })
    expect(lastOf(first)).toEqual({ ...before, heldOn: '2026-10-16' })
  })

  it('leave out what was voided and who asked for no further use', () => {
    test.sqlite
      .prepare("UPDATE log_entries SET voided_at = '2026-01-01T00:00:00.000Z' WHERE log = 'harvests'")
      .run()
    test.sqlite.prepare('UPDATE participant_statuses SET restricted = 1 WHERE participant_id = ?').run(second)
    const data = loadSafety(test.db, { studyId: study.id })
    expect(data.harvests).toEqual([])
    expect(data.events.map(({ participant }) => participant)).toEqual([first])
    expect(data.lastVisits.map(({ participant }) => participant)).toEqual([first])
  })
})
