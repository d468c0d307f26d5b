import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contextFor, seedStudy, seedUser } from '@/db/testing/factories'
import { seedOutcomes } from '@/db/testing/seed-outcomes'
import { SMALL_PROTOCOL } from '@/db/testing/small-protocol'
import { createTestDb, type TestDb } from '@/db/testing/test-db'
import { type WalkedTable, walkTables } from '@/e2e/fixtures/result-document'
import { makeDemoStudy } from '@/lib/cli/demo-study'
import { calendarDateIn } from '@/lib/domain/shared/calendar-date'
import { now } from '@/lib/server/clock'
import { readSummary } from '@/lib/server/cohort'
import { readCohortView } from '@/lib/server/cohort-view'
import { operatorContext } from '@/lib/server/context'
import { findUndocumentedNumbers } from './_components/__fixtures__/drawn-numbers'
import { findUnsound } from './_components/__fixtures__/sound-figure'
import type { CohortView } from './_components/cohort-view'
import { listNumberedFigures } from './_components/numbered-figures'
import { listFacts } from './_components/report-facts'

type Ctx = Parameters<typeof readCohortView>[0]
type Address = Parameters<typeof readCohortView>[2]

const ARMS = ['ACTIVE', 'SHAM', 'USUAL']
const REFERENCES = { reference: ['ASHAR2022', 'FSO794'] }
const OTHER_VIEW = { missing: 'locf', inWindow: '1', reference: 'ASHAR2022' }

let demo: TestDb
let threeArms: TestDb
let operator: { readonly demo: Ctx; readonly threeArms: Ctx; readonly pooled: Ctx }

beforeAll(async () => {
  demo = createTestDb()
  demo.sqlite.exec('UPDATE installations SET demo = 1')
  await makeDemoStudy(demo.db, calendarDateIn('Australia/Melbourne', now()), () => 'blue harbour ladder nine')
  threeArms = createTestDb()
  const study = seedStudy(threeArms.db, {
    ...SMALL_PROTOCOL,
    masking: 'siteStaff',
    arms: ARMS.map(code => ({ code, name: `The ${code.toLowerCase()} arm`, ratio: 1 })),
  })
  seedOutcomes(threeArms.db, study, makePeople())
  const site = seedUser(threeArms.db, { role: 'investigator', study })
  operator = {
    demo: operatorContext(demo.db),
    threeArms: operatorContext(threeArms.db),
    pooled: contextFor(threeArms.db, site, { now: now() }),
  }
})
afterAll(() => {
  demo.remove()
  threeArms.remove()
})

/** Twenty-four in three arms, with ties, a baseline of 0, missing visits, a second dose and visits out of window. */
function makePeople() {
  return Array.from({ length: 24 }, (_, index) => {
    const average = index === 7 ? 0 : 4 + (index % 5)
    const scores = (drop: number) => ({
      nprs: { NPRS_AVG: Math.max(0, average - drop), NPRS_WORST: Math.max(1, average + 1 - drop) },
      odi: { ODI: 62 - 4 * drop - (index % 7) * 2.5 },
    })
    const visits = {
      BL: { date: '2024-01-20', forms: scores(0) },
      ...(index % 6 === 5
        ? {}
        : { M6: { date: index % 8 === 3 ? '2024-11-30' : '2024-08-01', forms: scores(index % 4) } }),
      ...(index % 9 === 8 ? {} : { M12: { date: '2025-02-03', forms: scores((index % 5) - 1) } }),
    }
    return {
      number: `MEL-${String(index + 1).padStart(3, '0')}`,
      enrolledOn: '2024-01-10',
      arm: ARMS[index % 3] ?? '',
      allocatedOn: '2024-01-25',
      doses: { DOSE1: '2024-02-01', ...(index % 4 === 0 ? { DOSE2: '2024-08-10' } : {}) },
      visits,
    }
  })
}

function read(ctx: Ctx, study: string, given: Address) {
  const cohort = readCohortView(ctx, study, given)
  if (!cohort.ok) throw new Error(JSON.stringify(cohort.error))
  const summary = readSummary(ctx, { study, view: cohort.value.controls.view })
  if (!summary.ok) throw new Error(JSON.stringify(summary.error))
  return { view: cohort.value, document: JSON.parse(JSON.stringify(summary.value)) as unknown }
}

function tablesOf(view: CohortView): WalkedTable[] {
  return listNumberedFigures(view).map(({ name, table }) => ({
    figure: name,
    columns: table.columns,
    rows: table.rows.map(row => row.map(cell => cell.values)),
  }))
}

const VIEWS = [
  ['the demonstration', 'demo', 'ADMSC', {}],
  [
    'its baseline subgroup, last value carried forward, in window, with references',
    'demo',
    'ADMSC',
    { subgroup: 'sex:female', ...OTHER_VIEW },
  ],
  [
    'it since the last dose, while on the first, worst case',
    'demo',
    'ADMSC',
    { axis: 'sinceLastDose', strategy: 'whileOnFirstDose', missing: 'worstCase' },
  ],
  ['one visit and score of it', 'demo', 'ADMSC', { visit: 'M12', parameter: 'NPRS_AVG', ...REFERENCES }],
  ['a study of three arms', 'threeArms', 'SMALL', { reference: 'ASHAR2022' }],
  ['two of its arms', 'threeArms', 'SMALL', { arm: ['ACTIVE', 'USUAL'] }],
  [
    'it with another view',
    'threeArms',
    'SMALL',
    { ...OTHER_VIEW, strategy: 'composite', axis: 'sinceLastDose' },
  ],
  ['it with arms pooled', 'pooled', 'SMALL', {}],
] as const

describe('every number of the cohort page', () => {
  it.each(VIEWS)('is in the summary, where its figure says it is from: %s', (_, who, study, given) => {
    const { view, document } = read(operator[who], study, given)
    const { compared, problems } = walkTables(tablesOf(view), document)
    expect(problems).toEqual([])
    expect(compared).toBeGreaterThan(200)
  })

  it('is not taken for found when it is of another line, or off by one bit', () => {
    const { view, document } = read(operator.threeArms, 'SMALL', { visit: 'M12' })
    const [change] = tablesOf(view).filter(({ figure }) => figure === 'change')
    if (!change) throw new Error('no table of change')
    const problemsOf = (rows: WalkedTable['rows']) =>
      walkTables([{ ...change, rows }], document).problems.length
    const offByOneBit = (value: string | number) =>
      typeof value === 'number' ? value * (1 + Number.EPSILON) : value
    expect(problemsOf(change.rows)).toBe(0)
    expect(problemsOf(change.rows.map(row => row.map(values => values.map(offByOneBit))))).toBeGreaterThan(50)
    const next = (line: number) => change.rows[(line + 1) % change.rows.length] ?? []
    expect(
      problemsOf(change.rows.map((row, line) => [...row.slice(0, 3), ...next(line).slice(3)])),
    ).toBeGreaterThan(50)
  })

  it.each(VIEWS)('and every one drawn is in the table of its figure: %s', (_, who, study, given) => {
    const found = listNumberedFigures(read(operator[who], study, given).view).map(findUndocumentedNumbers)
    expect(found.flatMap(({ unknown }) => unknown)).toEqual([])
    expect(found.reduce((sum, { drawn }) => sum + drawn, 0)).toBeGreaterThan(50)
  })

  it.each(VIEWS)('is one, and a cell without it says why: %s', (_, who, study, given) => {
    expect(listNumberedFigures(read(operator[who], study, given).view).flatMap(findUnsound)).toEqual([])
  })

  it('is of the arms that were asked for', () => {
    const shown = listNumberedFigures(read(operator.threeArms, 'SMALL', { arm: ['ACTIVE', 'USUAL'] }).view)
    const cells = shown.map(({ table: { columns, rows } }) => ({ columns, rows }))
    expect(JSON.stringify(cells)).toMatch(/ACTIVE.*USUAL/)
    expect(JSON.stringify(cells)).not.toMatch(/SHAM/)
    const people = shown.find(({ name }) => name === 'improvement-nprs')?.table.rows.map(row => row[1]?.text)
    expect(new Set(people).size).toBe(16)
  })

  it.each(VIEWS)('and of the facts above them: %s', (_, who, study, given) => {
    const { view, document } = read(operator[who], study, given)
    const { inSet, followUp, secondDose } = document as CohortView['summary']
    const counts = (name: RegExp) =>
      listFacts(view)
        .find(fact => name.test(fact.name))
        ?.value.match(/\d+/g)
        ?.map(Number) ?? null
    expect(counts(/^Participants$/)).toEqual([inSet])
    expect(counts(/^Followed to/)).toEqual(followUp && followUp.n > 0 ? [followUp.k, followUp.n] : null)
    expect(counts(/^Second dose$/)).toEqual(secondDose && [secondDose.k, secondDose.n])
  })
})
