import { join } from 'node:path'
import { contextFor, seedStudy, seedUser } from '@/db/testing/factories'
import { seedOutcomes } from '@/db/testing/seed-outcomes'
import { SMALL_PROTOCOL } from '@/db/testing/small-protocol'
import { createTestDb, type TestDb } from '@/db/testing/test-db'
import type { FormPlan, Protocol } from '@/lib/domain/protocol/protocol'
import { verifyAudit } from '@/lib/server/audit'
import { operatorContext } from '@/lib/server/context'
import { saveVisit } from '@/lib/server/visits'
import { type Figure, figureOf, medianTime, quantile, time } from './measure'
import { openFloor } from './open-floor'

const PARTICIPANTS = 600
const WRITTEN = ['visits', 'assessments', 'scores', 'audit_entries'] as const

const numberOf = (index: number) => `MEL-${String(index + 1).padStart(3, '0')}`

/** Forty values: two ratings, ten sections of ODI, and a form of the study's own with 28 fields. */
const LONG_FORM: FormPlan = {
  code: 'LONG',
  label: 'Long form',
  repeating: false,
  fields: Array.from({ length: 28 }, (_, index) => ({
    code: `V${index + 1}`,
    label: `Value ${index + 1}`,
    type: 'integer',
    range: [0, 100],
  })),
}

const LONG_PROTOCOL: Protocol = {
  ...SMALL_PROTOCOL,
  visits: SMALL_PROTOCOL.visits.map(visit =>
    visit.code === 'M1' ? { ...visit, instruments: ['nprs', 'odi'], forms: [LONG_FORM.code] } : visit,
  ),
  forms: [...SMALL_PROTOCOL.forms, LONG_FORM],
}

/** A study of its own whose participants wait for their 1-month visit, and somebody who enters it. */
export function makeWaitingStudy(protocol: Protocol = SMALL_PROTOCOL) {
  const test = createTestDb()
  const study = seedStudy(test.db, protocol)
  const people = Array.from({ length: PARTICIPANTS }, (_, index) => ({
    number: numberOf(index),
    enrolledOn: '2026-02-20',
    doses: { DOSE1: '2026-03-10' },
  }))
  seedOutcomes(test.db, study, people)
  const coordinator = seedUser(test.db, { role: 'coordinator', study, site: 'MEL' })
  const ratings = (index: number) => ({ nprs: { NPRS_AVG: [String(index % 9)], NPRS_WORST: ['9'] } })
  const forms = (index: number): TypedValues => ({
    ...ratings(index),
    ...(protocol === LONG_PROTOCOL && {
      odi: Object.fromEntries(
        Array.from({ length: 10 }, (_, item) => [
          `ODI_${String(item + 1).padStart(2, '0')}`,
          [String((index + item) % 6)],
        ]),
      ),
      LONG: Object.fromEntries(
        LONG_FORM.fields.map(({ code }, item) => [code, [String((index + item) % 100)]]),
      ),
    }),
  })
  return { test, study, save: (index: number) => saveOne(test, coordinator, study.code, index, forms(index)) }
}

type TypedValues = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>

/** As the page posts it: the date and the forms. */
function saveOne(
  test: TestDb,
  actor: ReturnType<typeof seedUser>,
  study: string,
  index: number,
  values: TypedValues,
): void {
  const settings = { date: '', mode: '', source: '', before: '', version: '', notDone: '' } as const
  const saved = saveVisit(contextFor(test.db, actor), {
    study,
    number: numberOf(index),
    visit: 'M1',
    goTo: 'list',
    site: '',
    reason: null,
    page: { ...settings, rest: '', date: '2026-04-10' },
    expectedVersion: null,
    forms: Object.fromEntries(
      Object.entries(values).map(([form, raw]) => [form, { settings, expectedVersion: null, raw }]),
    ),
    more: null,
    confirmations: {},
    over: {},
    picks: {},
  })
  if (!saved.ok) throw new Error(`the save was refused: ${JSON.stringify(saved.error)}`)
}

/** A visit of two values and one of 40, and the audit of them. */
export function benchSave(): Figure[] {
  const { figure, test } = measureSaves('save of a visit', SMALL_PROTOCOL)
  const verify = benchVerify(test)
  test.remove()
  const long = measureSaves('save of a visit with 40 values', LONG_PROTOCOL)
  long.test.remove()
  return [figure, long.figure, verify]
}

/** A visit through the use case against the very same rows, audit rows included, by the driver alone. */
function measureSaves(name: string, protocol: Protocol) {
  const { test, save } = makeWaitingStudy(protocol)
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
  const measured = { value: quantile(spent, 0.5), floor: quantile(floors, 0.5), goal: 3, unit: 'ms' }
  return { figure: figureOf(name, measured), test }
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
