import Database from 'better-sqlite3'
import { beforeEach, describe, expect, it } from 'vitest'
import { seedStudy } from '@/db/testing/factories'
import { seedRecords } from '@/db/testing/seed-records'
import { createTestDb, type TestDb } from '@/db/testing/test-db'
import { examineDatabase } from './doctor'

let test: TestDb
beforeEach(() => {
  test = createTestDb()
  seedRecords(test.db, seedStudy(test.db))
  return () => test.remove()
})

const unsound = () => examineDatabase(test).filter(({ findings }) => findings.length > 0)

/** Tampering as somebody with the file in hand would do it. */
function tamper(sql: string): void {
  const other = new Database(test.file)
  other.pragma('foreign_keys = OFF')
  other.exec(sql)
  other.close()
}

describe('the doctor', () => {
  it('finds nothing wrong with a database that the product wrote', () => {
    expect(unsound()).toEqual([])
  })

  it.each([
    ['a value of a record', "UPDATE visits SET visit_date = '2026-01-16'", ['replay']],
    ['a dose', "UPDATE treatments SET given_on = '2026-01-16'", ['replay', 'schedules']],
    ['an answer', "UPDATE assessments SET answers = '{}'", ['replay', 'scores']],
    ['a score', "UPDATE scores SET value = 1 WHERE parameter = 'NPRS_AVG'", ['scores']],
    ['a score that is missing', 'DELETE FROM scores', ['scores']],
    ['a window', "UPDATE scheduled_visits SET window_end = '2030-01-01'", ['schedules']],
    ['a row without its parent', 'DELETE FROM visits', ['foreignKeys', 'replay']],
    ['a missing trigger', 'DROP TRIGGER audit_entries_no_update', ['schema']],
    [
      'an entry that was changed',
      "DROP TRIGGER audit_entries_no_update; UPDATE audit_entries SET actor = 'Eve' WHERE id = 4",
      ['schema', 'audit'],
    ],
    [
      'entries that were removed at the end',
      'DROP TRIGGER audit_entries_no_delete; DELETE FROM audit_entries WHERE id > 8',
      ['schema', 'audit', 'replay'],
    ],
  ])('finds %s', (_, sql, checks) => {
    tamper(sql)
    const found = unsound().map(({ check }) => check)
    for (const check of checks) expect(found).toContain(check)
  })
})
