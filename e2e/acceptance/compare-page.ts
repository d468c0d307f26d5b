import { chromium } from '@playwright/test'
import { findNumber, type PageTable, readTables } from '../fixtures/page-tables'
import type { Described, Expected, ExpectedContrast, ExpectedResponder } from './compare-summary'
import type { Checks } from './run-command'
import { serveDatabase } from './serve'

const STUDY = 'ASHAR2022'
const SCALES = [
  { scale: 'pain_avg', parameter: 'NPRS_AVG', prefix: 'PAIN' },
  { scale: 'odi', parameter: 'ODI', prefix: 'ODI' },
] as const

/** Columns of the page by the leaf of expected.json. */
const VALUES = {
  mean: 'mean',
  sdSample: 'sd',
  ciLower: 'ci_lower',
  ciUpper: 'ci_upper',
  median: 'median',
  q1: 'q1',
  q3: 'q3',
} as const
const CHANGE = { mean: 'mean_change', sdSample: 'sd', ciLower: 'ci_lower', ciUpper: 'ci_upper' } as const
const CONTRAST = {
  differenceInMeans: 'difference_in_means',
  hedgesG: 'hedges_g',
  welchT: 'welch_t',
  welchDf: 'welch_df',
  pTwoSided: 'welch_p',
} as const
const METHODS = { nonResponderImputation: 'nri', observedCases: 'observed' } as const

/**
 * Compares every number of expected.json with the tables of the cohort page, served from that database and opened in the
 * browser. Medians of change and who had a baseline of 0 have no column of their own there. Answers how many were
 * compared.
 */
export async function comparePage(
  checks: Checks,
  databaseFile: string,
  expected: Expected,
  executablePath: string,
): Promise<number> {
  const tables = await openPage(databaseFile, executablePath)
  const before = checks.passed + checks.failed
  const page = new PageChecks(checks, tables)
  for (const { scale, parameter, prefix } of SCALES) {
    for (const arm of expected[scale].byArm) {
      page.compareValues([parameter, 'PRE', arm.arm], arm.pre)
      page.compareValues([parameter, 'POST', arm.arm], arm.post)
      page.compareChange([parameter, 'POST', arm.arm], arm.change, arm.pairedT)
      page.compareResponders([`${prefix}30`, 'POST', arm.arm], arm.responder30)
      page.compareResponders([`${prefix}50`, 'POST', arm.arm], arm.responder50)
    }
    page.compareContrast([parameter, 'POST', 'PRT', 'PLACEBO'], expected[scale].changeVsPlacebo)
    page.compareContrast([parameter, 'POST', 'PRT', 'USUAL_CARE'], expected[scale].changeVsUsualCare)
  }
  return checks.passed + checks.failed - before
}

async function openPage(databaseFile: string, executablePath: string): Promise<PageTable[]> {
  const server = await serveDatabase(databaseFile)
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
  try {
    const context = await browser.newContext()
    await context.addCookies([{ ...(await server.signIn(STUDY)), url: server.address }])
    const page = await context.newPage()
    await page.goto(`${server.address}/studies/${STUDY}/cohort`)
    return await readTables(page)
  } finally {
    await browser.close()
    await server.stop()
  }
}

/** Numbers of the page by table, line and column; one that is not there counts as failed. */
class PageChecks {
  readonly #checks: Checks
  readonly #tables: readonly PageTable[]

  constructor(checks: Checks, tables: readonly PageTable[]) {
    this.#checks = checks
    this.#tables = tables
  }

  compareValues(names: readonly string[], wanted: Described): void {
    this.#compare('trajectories', names, 'n', wanted.n)
    for (const [leaf, column] of Object.entries(VALUES))
      this.#compare('trajectories', names, column, wanted[leaf as keyof typeof VALUES])
  }

  compareChange(
    names: readonly string[],
    wanted: Described,
    pairedT: readonly [number, number, number],
  ): void {
    for (const figure of ['change', 'change-over-time']) {
      this.#compare(figure, names, 'n', wanted.n)
      for (const [leaf, column] of Object.entries(CHANGE))
        this.#compare(figure, names, column, wanted[leaf as keyof typeof CHANGE])
    }
    for (const [index, column] of ['paired_t', 'df', 'paired_t_p'].entries())
      this.#compare('change', names, column, pairedT[index])
  }

  compareResponders(names: readonly string[], wanted: ExpectedResponder): void {
    for (const [method, prefix] of Object.entries(METHODS)) {
      const { k, n, proportion, wilson, clopperPearson } = wanted[method as keyof typeof METHODS]
      for (const [column, value] of [
        ...([
          ['k', k],
          ['n', n],
          ['proportion', proportion],
        ] as const),
        ...([
          ['wilson_lower', wilson[0]],
          ['wilson_upper', wilson[1]],
        ] as const),
        ...([
          ['cp_lower', clopperPearson[0]],
          ['cp_upper', clopperPearson[1]],
        ] as const),
      ]) {
        this.#compare('responders', names, `${prefix}_${column}`, value)
        if (prefix === 'nri') this.#compare('responder-rates', names, column, value)
      }
    }
  }

  compareContrast(names: readonly string[], wanted: ExpectedContrast): void {
    for (const [leaf, column] of Object.entries(CONTRAST))
      this.#compare('contrasts', names, column, wanted[leaf as keyof typeof CONTRAST])
    this.#compare('contrasts', names, 'ci_lower', wanted.ci[0])
    this.#compare('contrasts', names, 'ci_upper', wanted.ci[1])
  }

  #compare(figure: string, names: readonly string[], column: string, wanted: number | undefined): void {
    const what = `page, ${figure}: ${names.join(' ')} ${column}`
    this.#checks.near(what, this.#find(figure, names, column), wanted ?? Number.NaN)
  }

  #find(figure: string, names: readonly string[], column: string): unknown {
    try {
      return findNumber(this.#tables, figure, names, column)
    } catch (error) {
      return error instanceof Error ? error.message : String(error)
    }
  }
}
