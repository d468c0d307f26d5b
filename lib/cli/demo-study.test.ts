import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Connection, openDatabase } from '@/db/client'
import { addDays, type CalendarDate, calendarDateIn } from '@/lib/domain/shared/calendar-date'
import { now } from '@/lib/server/clock'
import { readSummary } from '@/lib/server/cohort'
import { operatorContext } from '@/lib/server/context'
import { setUpDatabase } from '@/lib/server/database'
import { examineDatabase } from '@/lib/server/doctor'
import { readWorklist } from '@/lib/server/worklist'
import { makeDemoStudy } from './demo-study'
import { unwrap } from './run'

const TODAY = calendarDateIn('Australia/Melbourne', now())
const password = () => 'blue harbour ladder nine'
const folder = mkdtempSync(join(tmpdir(), 'longitude-demo-'))
let demo: Connection

async function makeDemo(name: string, reference: CalendarDate): Promise<Connection> {
  const connection = openDatabase(join(folder, name))
  setUpDatabase(connection, { demo: true })
  await makeDemoStudy(connection.db, reference, password)
  return connection
}

beforeAll(async () => {
  demo = await makeDemo('today.db', TODAY)
})
afterAll(() => {
  demo.close()
  rmSync(folder, { recursive: true, force: true })
})

type Cell = string | number | null

/** Score of a parameter at two visits, of everybody who has both. */
function pairs(parameter: string, from: string, to: string) {
  return demo.sqlite
    .prepare(
      `SELECT p.number AS number, a.value AS before, b.value AS after FROM participants p
       JOIN scores a ON a.participant_id = p.id AND a.parameter = ? AND a.visit = ?
       JOIN scores b ON b.participant_id = p.id AND b.parameter = a.parameter AND b.visit = ?
       WHERE a.value IS NOT NULL AND b.value IS NOT NULL ORDER BY p.number`,
    )
    .all(parameter, from, to) as { number: string; before: number; after: number }[]
}

const numbers = (sql: string) => demo.sqlite.prepare(sql).pluck().all() as string[]

describe('the demonstration agrees with the published margins (Future Science OA 2022;8(5):FSO794)', () => {
  const pain = () => pairs('NPRS_AVG', 'BL', 'M12')

  it('nine were treated and followed to 12 months, and no later registration was', () => {
    expect(pain().map(row => row.number)).toEqual(
      Array.from({ length: 9 }, (_, index) => `MEL-00${index + 1}`),
    )
    const visited = numbers(
      "SELECT DISTINCT p.number FROM participants p JOIN visits v ON v.participant_id = p.id WHERE v.code NOT IN ('BL', 'W1')",
    )
    expect(visited).toHaveLength(9)
    expect(visited.every(number => number <= 'MEL-009')).toBe(true)
  })

  it('seven had less average pain at 12 months, five at least half less', () => {
    expect(pain().filter(({ before, after }) => after < before)).toHaveLength(7)
    expect(pain().filter(({ before, after }) => after <= before / 2)).toHaveLength(5)
  })

  it('morphine equivalents are known at every visit with a level, and above 0 where it is an opioid’s', () => {
    const rows = demo.sqlite
      .prepare(
        `SELECT l.value AS level, m.value AS mme FROM scores l
         LEFT JOIN scores m ON m.assessment_id = l.assessment_id AND m.parameter = 'MME_DAY'
         WHERE l.parameter = 'ANALGESIC_LEVEL'`,
      )
      .all() as { level: number; mme: number | null }[]
    expect(rows.length).toBeGreaterThanOrEqual(27)
    for (const { level, mme } of rows) expect(mme !== null && mme > 0).toBe(level >= 2)
    expect(rows.every(({ mme }) => mme !== null)).toBe(true)
    expect(numbers("SELECT id FROM log_entries WHERE log = 'interventions'")).toEqual([])
  })

  it('five had a second dose after 6 months: two better after it, two worse, one unchanged', () => {
    const dosed = numbers(
      "SELECT p.number FROM participants p JOIN treatments t ON t.participant_id = p.id WHERE t.plan = 'DOSE2'",
    )
    expect(dosed).toHaveLength(5)
    const since = pairs('NPRS_AVG', 'M6', 'M12').filter(({ number }) => dosed.includes(number))
    const signs = since.map(({ before, after }) => Math.sign(after - before)).sort()
    expect(signs).toEqual([-1, -1, 0, 1, 1])
  })

  it('five had more work capacity, three were on a lower analgesic level', () => {
    const work = pairs('WORK_CAPACITY', 'BL', 'M12')
    const analgesics = pairs('ANALGESIC_LEVEL', 'BL', 'M12')
    expect([work.length, work.filter(({ before, after }) => after > before).length]).toEqual([9, 5])
    expect([analgesics.length, analgesics.filter(({ before, after }) => after < before).length]).toEqual([
      9, 3,
    ])
  })

  it('ODI and EQ-5D improved', () => {
    const mean = (rows: readonly { before: number; after: number }[], key: 'before' | 'after') =>
      rows.reduce((sum, row) => sum + row[key], 0) / rows.length
    const odi = pairs('ODI', 'BL', 'M12')
    const index = pairs('EQ5D3L_INDEX', 'BL', 'M12')
    expect([odi.length, index.length]).toEqual([9, 9])
    expect(mean(odi, 'after')).toBeLessThan(mean(odi, 'before'))
    expect(mean(index, 'after')).toBeGreaterThan(mean(index, 'before'))
  })

  it('no disc degenerated further on MRI', () => {
    const grades = pairs('PFIRRMANN', 'BL', 'M12')
    expect([grades.length, grades.filter(({ before, after }) => after > before).length]).toEqual([9, 0])
    const compared = numbers(
      "SELECT value FROM scores WHERE parameter = 'MRI_DEGENERATION' AND visit = 'M12'",
    )
    expect([compared.length, compared.filter(value => Number(value) > 2).length]).toEqual([9, 0])
  })

  it('each visit of the nine up to 12 months is complete, but for the one that was missed', () => {
    const lacking = demo.sqlite
      .prepare(
        `SELECT p.number || ' ' || s.visit FROM participants p JOIN scheduled_visits s ON s.participant_id = p.id
         WHERE p.number <= 'MEL-009' AND s.visit <> 'M24' AND s.progress <> 'complete'`,
      )
      .pluck()
      .all()
    expect(lacking).toEqual(['MEL-007 M9'])
  })
})

describe('the summary of the demonstration', () => {
  const atYear = () => {
    const summary = unwrap(readSummary(operatorContext(demo.db), { study: 'ADMSC' }))
    const visits = summary.parameters.find(({ parameter }) => parameter === 'NPRS_AVG')?.arms[0]?.visits
    return visits?.find(({ visit }) => visit === 'M12')
  }

  // Check values of clinical.md §4, from R: t.test and the exact wilcox.test of the nine pairs.
  it('gives the change of the nine as R computes it', () => {
    const year = atYear()
    expect(year).toMatchObject({ expected: 9, received: 9, n: 9, nEarly: 0 })
    expect(year?.change?.mean).toBeCloseTo(-7 / 3, 9)
    expect(year?.change?.sdSample).toBeCloseTo(2, 9)
    expect(year?.change?.pairedT.t).toBeCloseTo(-3.5, 9)
    expect(year?.change?.pairedT.pTwoSided).toBeCloseTo(0.00808, 5)
    expect(year?.change?.wilcoxonSignedRank).toMatchObject({ pTwoSided: 0.015625, method: 'exact' })
  })

  it('counts 7 of 9 with any reduction, which is no responder rate, and 5 of 9 responders', () => {
    const rates = atYear()?.responders.filter(({ method }) => method === 'nonResponderImputation')
    expect(rates?.map(({ code, isResponder, k, n }) => [code, isResponder, k, n])).toEqual([
      ['PAIN_ANY', false, 7, 9],
      ['PAIN30', true, 5, 9],
      ['PAIN50', true, 5, 9],
    ])
  })

  it('counts five of nine with more work capacity and three of nine on a lower analgesic level', () => {
    const summary = unwrap(readSummary(operatorContext(demo.db), { study: 'ADMSC' }))
    const changeOf = (code: string) => {
      const arm = summary.parameters.find(({ parameter }) => parameter === code)?.arms[0]
      return arm?.visits.find(({ visit }) => visit === 'M12')?.levelChange
    }
    expect(changeOf('WORK_CAPACITY')).toMatchObject({ n: 9, better: 5 })
    expect(changeOf('ANALGESIC_LEVEL')).toMatchObject({ n: 9, better: 3 })
    // No further degeneration on MRI.
    expect(changeOf('MRI_DEGENERATION')).toMatchObject({ n: 9, worse: 0 })
  })

  it('is marked as synthetic', () => {
    expect(unwrap(readSummary(operatorContext(demo.db), { study: 'ADMSC' })).synthetic).toBe(true)
  })
})

describe('what is due in the demonstration', () => {
  it('is the 24-month visit of the nine, and the follow-up of the later ones', () => {
    const worklist = unwrap(readWorklist(operatorContext(demo.db), { study: 'ADMSC', site: null }))
    const due = worklist.items.map(({ number, visit }) => `${number} ${visit}`).sort()
    expect(due).toEqual([
      ...Array.from({ length: 9 }, (_, index) => `MEL-00${index + 1} M24`),
      'MEL-010 M1',
      'MEL-011 M1',
      'MEL-013 BL',
    ])
  })
})

describe('the screening of the demonstration', () => {
  it('has one who failed a criterion twice, counted once, and one who declined', () => {
    const outcomes = demo.sqlite
      .prepare(
        `SELECT p.number, p.outcome, e.number AS earlier FROM participants p
         LEFT JOIN participants e ON e.id = p.rescreen_of WHERE p.outcome <> 'enrolled' ORDER BY p.number`,
      )
      .raw()
      .all()
    expect(outcomes).toEqual([
      ['MEL-012', 'screenFailure', null],
      ['MEL-014', 'declined', null],
      ['MEL-015', 'screenFailure', 'MEL-012'],
    ])
  })
})

describe('making the demonstration', () => {
  const tables = [
    'participants',
    'allocations',
    'treatments',
    'visits',
    'scheduled_visits',
    'assessments',
    'scores',
    'log_entries',
  ]
  const clinicalRows = (connection: Connection): Record<string, Cell[][]> =>
    Object.fromEntries(
      tables.map(table => [
        table,
        connection.sqlite.prepare(`SELECT * FROM ${table} ORDER BY 1, 2, 3`).raw().all() as Cell[][],
      ]),
    )

  it('gives the same clinical rows for the same reference date, and others for another', async () => {
    const reference = addDays(TODAY, -100)
    const [first, second] = [await makeDemo('first.db', reference), await makeDemo('second.db', reference)]
    expect(clinicalRows(first)).toEqual(clinicalRows(second))
    expect(clinicalRows(first).visits).not.toEqual(clinicalRows(demo).visits)
    first.close()
    second.close()
  })

  it.each(['2024-02-29', '2024-08-31', '2025-12-31'])(
    'works on %s, at the ends of months',
    async reference => {
      const connection = await makeDemo(`${reference}.db`, reference as CalendarDate)
      expect(connection.sqlite.prepare('SELECT count(*) FROM participants').pluck().get()).toBe(15)
      connection.close()
    },
  )

  it('leaves a database in which the doctor finds nothing', () => {
    expect(examineDatabase(demo).flatMap(({ findings }) => findings)).toEqual([])
  })

  it('writes the audit with the times at which it happened, by the coordinator', () => {
    const entries = demo.sqlite
      .prepare("SELECT at, role FROM audit_entries WHERE entity = 'assessments'")
      .all() as { at: string; role: string }[]
    expect(entries.length).toBeGreaterThan(50)
    expect(new Set(entries.map(({ role }) => role))).toEqual(new Set(['coordinator']))
    expect(entries.every(({ at }) => Date.parse(now()) - Date.parse(at) < 600_000)).toBe(true)
  })
})
