import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { assertSchema, DatabaseUnfit, migrateDatabase, readMigrationState } from './client'
import { seedStudy } from './testing/factories'
import { seedRecords } from './testing/seed-records'
import { createTestDb, type TestDb } from './testing/test-db'

let test: TestDb
let folder: string
beforeEach(() => {
  test = createTestDb()
  folder = mkdtempSync(join(tmpdir(), 'longitude-migrations-'))
  cpSync(join(process.cwd(), 'db', 'migrations'), folder, { recursive: true })
})
afterEach(() => {
  test.remove()
  rmSync(folder, { recursive: true })
})

/** Adds a migration after those that there are. */
function plant(sql: string): void {
  const journal = join(folder, 'meta', '_journal.json')
  const content = JSON.parse(readFileSync(journal, 'utf8')) as { entries: { idx: number; when: number }[] }
  const last = content.entries.at(-1)
  if (!last) throw new Error('there is a first migration')
  const tag = `${String(last.idx + 1).padStart(4, '0')}_planted`
  content.entries.push({ ...last, idx: last.idx + 1, when: last.when + 1, tag } as typeof last)
  writeFileSync(journal, JSON.stringify(content))
  writeFileSync(join(folder, `${tag}.sql`), sql)
}

const count = (table: string) => test.sqlite.prepare(`SELECT count(*) FROM ${table}`).pluck().get()

/** A parent table made anew, as drizzle-kit writes it; without its guard the children would go with the old one. */
const RECREATE = (options: {
  strict: boolean
  copy: boolean
}) => `PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE __new_visits (
  id integer PRIMARY KEY AUTOINCREMENT NOT NULL,
  participant_id integer NOT NULL REFERENCES participants(id) ON DELETE CASCADE,
  code text NOT NULL, visit_date text, missed_reason text,
  row_version integer DEFAULT 1 NOT NULL, voided_at text, void_reason text
)${options.strict ? ' STRICT' : ''};--> statement-breakpoint
${options.copy ? 'INSERT INTO __new_visits SELECT id, participant_id, code, visit_date, missed_reason, row_version, voided_at, void_reason FROM visits;--> statement-breakpoint\n' : ''}DROP TABLE visits;--> statement-breakpoint
ALTER TABLE __new_visits RENAME TO visits;--> statement-breakpoint
PRAGMA foreign_keys=ON;`

describe('a migration that makes a parent table anew', () => {
  it('keeps the children, and foreign keys are enforced again afterwards', () => {
    seedRecords(test.db, seedStudy(test.db))
    plant(RECREATE({ strict: true, copy: true }))
    migrateDatabase(test, folder)
    expect([count('visits'), count('assessments')]).toEqual([1, 1])
    expect(test.sqlite.pragma('foreign_keys', { simple: true })).toBe(1)
    expect(() => test.sqlite.exec('DELETE FROM visits')).toThrow(/FOREIGN KEY/)
  })

  it.each([
    ['loses rows that others point at', RECREATE({ strict: true, copy: false }), /2 rows that point at rows/],
    ['forgets that tables are STRICT', RECREATE({ strict: false, copy: true }), /not STRICT: visits/],
    ['drops a trigger', 'DROP TRIGGER audit_entries_no_update;', /audit_entries_no_update is missing/],
  ])('is refused where it %s, and the database stays as it was', (_, sql, why) => {
    seedRecords(test.db, seedStudy(test.db))
    const { applied, known } = readMigrationState(test)
    plant(sql)
    expect(() => migrateDatabase(test, folder)).toThrow(why)
    expect(readMigrationState(test, folder)).toEqual({ applied, known: known + 1 })
    expect([count('visits'), count('assessments')]).toEqual([1, 1])
    expect(() => assertSchema(test)).not.toThrow()
    expect(test.sqlite.pragma('foreign_keys', { simple: true })).toBe(1)
  })
})

it('a database that a newer version made is refused and left as it is', () => {
  const { applied, known } = readMigrationState(test)
  plant('CREATE TABLE later (a integer) STRICT;')
  migrateDatabase(test, folder)
  expect(readMigrationState(test)).toEqual({ applied: applied + 1, known })
  expect(() => migrateDatabase(test)).toThrow(DatabaseUnfit)
  expect(() => migrateDatabase(test)).toThrow(/newer version/)
  expect(count('later')).toBe(0)
})
