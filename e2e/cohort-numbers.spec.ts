import { execFileSync } from 'node:child_process'
import { demoDatabase, STUDY } from './fixtures/demo'
import { daysAgo } from './fixtures/journeys'
import { findCell, findNumber, readTables, toWalked } from './fixtures/page-tables'
import { walkTables } from './fixtures/result-document'
import { expect, test } from './fixtures/test'

/** After the nine’s year, and before anybody of another journey was treated. */
const YEAR_OF_THE_NINE = daysAgo(100)
const COHORT = `/studies/${STUDY}/cohort?dataCut=${YEAR_OF_THE_NINE}`

/** Of what is published (Future Science OA 2022;8(5):FSO794), with the intervals of R: Wilson, then Clopper–Pearson. */
const SEVEN = ['45.3 to 93.7', '40.0 to 97.2'] as const
const FIVE = ['26.7 to 81.1', '21.2 to 86.3'] as const
const THREE = '7.5 to 70.1'

test('the cohort page gives the published margins, each with the interval that R gives', async ({ as }) => {
  const page = await as('statistician')
  await page.goto(COHORT)
  const tables = await readTables(page)
  const text = (...where: [figure: string, names: string[], column: string]) =>
    findCell(tables, ...where).text
  const number = (...where: [figure: string, names: string[], column: string]) => findNumber(tables, ...where)

  for (const [table, rule, k, share, [wilson, exact]] of [
    ['other-rules', 'PAIN_ANY', 7, '78%', SEVEN],
    ['responders', 'PAIN50', 5, '56%', FIVE],
  ] as const) {
    for (const method of ['nri', 'observed']) {
      const at = (column: string) => text(table, [rule, 'M12'], `${method}_${column}`)
      expect([at('k'), at('proportion'), at('wilson_lower'), at('cp_lower')]).toEqual([
        `${k}/9`,
        share,
        wilson,
        exact,
      ])
      expect(number(table, [rule, 'M12'], `${method}_proportion`)).toBe(k / 9)
    }
  }
  for (const [score, better, exact] of [
    ['WORK_CAPACITY', 5, FIVE[1]],
    ['ANALGESIC_LEVEL', 3, THREE],
  ] as const) {
    const at = (column: string) => text('level-change', [score, 'M12'], column)
    expect([at('n'), at('better'), at('better_ci_lower')]).toEqual(['9', String(better), exact])
  }
  expect(number('doses', ['DOSE2', 'CELL_COUNT'], 'given')).toBe(5)
  await expect(page.locator('dl.facts div').filter({ hasText: 'Second dose' })).toContainText('5/9')
  await expect(page.locator('dl.facts div').filter({ hasText: 'Followed to 12 months' })).toContainText('9/9')

  // Nobody of nine: R’s upper bound is 33.6 %.
  const serious = (column: string) => text('safety-overview', ['serious'], column)
  expect([serious('participants'), serious('events'), serious('cp_lower')]).toEqual([
    '0/9',
    '0',
    '0.0 to 33.6',
  ])
  expect(number('safety-overview', ['serious'], 'cp_upper')).toBeCloseTo(0.3362671168799428, 12)
  // clinical.md §4: the paired change of the nine.
  const change = (column: string) => number('change', ['NPRS_AVG', 'M12'], column)
  expect(change('mean_change')).toBeCloseTo(-7 / 3, 12)
  expect([change('n'), change('sd'), change('df'), change('wilcoxon_p')]).toEqual([9, 2, 8, 0.015625])
  expect(change('paired_t')).toBeCloseTo(-3.5, 12)
  expect(change('paired_t_p')).toBeCloseTo(0.00808, 5)
})

for (const [view, address, options] of [
  ['as it opens', '', []],
  [
    'narrowed to a subgroup, in window, last value carried forward, beside published trials',
    '&subgroup=sex%3Afemale&missing=locf&inWindow=1&reference=ASHAR2022&reference=FSO794',
    ['--subgroup', 'sex:female', '--missing', 'locf', '--in-window'],
  ],
] as const)
  test(`every number of every table of the cohort page is in the summary: ${view}`, async ({ as }) => {
    const page = await as('investigator')
    await page.goto(COHORT + address)
    const tables = await readTables(page)
    await expect(page.locator('details:not([open])')).toHaveCount(0)
    // Other journeys write meanwhile: the document is of the entry of the audit that the page names.
    const source = await page.locator('dl.facts div').filter({ hasText: 'Data cut' }).textContent()
    const asOf = /as of entry (\d+)/.exec(source ?? '')?.[1] ?? ''
    const document = readSummary(['--data-cut', YEAR_OF_THE_NINE, '--as-of', asOf, ...options])
    const { compared, problems } = walkTables(tables.map(toWalked), document)
    expect(problems).toEqual([])
    expect(compared).toBeGreaterThan(1000)
    expect(new Set(tables.map(({ figure }) => figure)).size).toBe(await page.locator('section.fig').count())
  })

function readSummary(options: readonly string[]): unknown {
  const command = ['--import', 'tsx', 'lib/cli/main.ts', 'summary', '--study', STUDY, '--json', ...options]
  const env = { ...process.env, DATABASE_FILE: demoDatabase() }
  return JSON.parse(execFileSync(process.execPath, command, { env, encoding: 'utf8', maxBuffer: 1 << 26 }))
}
