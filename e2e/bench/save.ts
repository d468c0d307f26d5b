import { join } from 'node:path'
import Database from 'better-sqlite3'
import { contextFor, seedStudy, seedUser } from '@/db/testing/factories'
import { seedOutcomes } from '@/db/testing/seed-outcomes'
import { createTestDb, type TestDb } from '@/db/testing/test-db'
import { verifyAudit } from '@/lib/server/audit'
import { operatorContext } from '@/lib/server/context'
import { saveVisit } from '@/lib/server/visits'
import { type Figure, figureOf, medianTime, quantile, time } from './measure'

const PARTICIPANTS = 600
const WRITTEN = ['visits', 'assessments', 'scores', 'audit_entries'] as const

const numberOf = (index: number) => `MEL-${String(index + 1).padStart(3, '0')}`

/** A study of its own whose participants wait for their 1-month visit, and somebody who enters it. */
export function makeWaitingStudy() {
  const test = createTestDb()
  const study = seedStudy(test.db)
  const people = Array.from({ length: PARTICIPANTS }, (_, index) => ({
    number: numberOf(index),
    enrolledOn: '2026-02-20',
    doses: { DOSE1: '2026-03-10' },
  }))
  seedOutcomes(test.db, study, people)
  const coordinator = seedUser(test.db, { role: 'coordinator', study, site: 'MEL' })
  return { test, save: (index: number) => saveOne(test, coordinator, study.code, index) }
}

/** As the page posts it: the date and one form. */
function saveOne(test: TestDb, actor: ReturnType<typeof seedUser>, study: string, index: number): void {
  const settings = { date: '', mode: '', source: '', before: '', version: '', notDone: '' } as const
  const saved = saveVisit(contextFor(test.db, actor), {
    study,
    number: numberOf(index),
    visit: 'M1',
    goTo: 'list',
    site: '',
    reason: null,
    page: { ...settings, date: '2026-04-10' },
    expectedVersion: null,
    forms: {
      nprs: { settings, expectedVersion: null, raw: { NPRS_AVG: [String(index % 9)], NPRS_WORST: ['9'] } },
    },
    confirmed: [],
    over: {},
    picks: {},
  })
  if (!saved.ok) throw new Error(`the save was refused: ${JSON.stringify(saved.error)}`)
}

/** A visit through the use case against the very same rows, audit rows included, by the driver alone. */
export function benchSave(): Figure[] {
  const { test, save } = makeWaitingStudy()
  const copy = join(test.file, '../floor.db')
  test.sqlite.exec(`VACUUM INTO '${copy}'`)
  const before = Object.fromEntries(WRITTEN.map(table => [table, lastRow(test, table)]))
  const spent = Array.from({ length: PARTICIPANTS }, (_, index) => time(() => save(index)))

  const floor = openFloor(copy)
  const rows = WRITTEN.map(table => {
    const found = test.sqlite.prepare(`SELECT * FROM ${table} WHERE rowid > ? ORDER BY rowid`).raw()
    const all = found.all(before[table]) as unknown[][]
    const insert = floor.prepare(`INSERT INTO ${table} VALUES (${all[0]?.map(() => '?').join(', ') ?? ''})`)
    return { insert, all, perSave: all.length / PARTICIPANTS }
  })
  const floors = Array.from({ length: PARTICIPANTS }, (_, index) =>
    time(() => {
      floor
        .transaction(() => {
          for (const { insert, all, perSave } of rows)
            for (const row of all.slice(index * perSave, (index + 1) * perSave)) insert.run(...row)
        })
        .immediate()
    }),
  )
  floor.close()
  const verify = benchVerify(test)
  test.remove()
  const measured = { value: quantile(spent, 0.5), floor: quantile(floors, 0.5), goal: 3, unit: 'ms' }
  return [figureOf('save of a visit', measured), verify]
}

/** The chains verified against reading their rows. */
function benchVerify(test: TestDb): Figure {
  const ctx = operatorContext(test.db)
  const read = test.sqlite.prepare('SELECT * FROM audit_entries ORDER BY chain, seq')
  const value = medianTime(5, () => {
    const report = verifyAudit(ctx, { study: null, anchors: null })
    if (!report.ok || !report.value.sound) throw new Error('the audit is not sound')
  })
  const floor = medianTime(5, () => read.all())
  return figureOf('verifying the audit', { value, floor, goal: null, unit: 'ms' })
}

function lastRow(test: TestDb, table: string): number {
  return Number(test.sqlite.prepare(`SELECT coalesce(max(rowid), 0) FROM ${table}`).pluck().get())
}

/** Durable as the product is. */
function openFloor(file: string): Database.Database {
  const floor = new Database(file)
  floor.pragma('journal_mode = WAL')
  floor.pragma('synchronous = FULL')
  floor.pragma('foreign_keys = ON')
  return floor
}
