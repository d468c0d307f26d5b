import type { Page } from '@playwright/test'
import { readCommand, runCommand } from '../durability/server'
import { demoDatabase } from '../fixtures/demo'
import { downloadRows } from '../fixtures/exports'
import { visitAddress } from '../fixtures/journeys'
import { expect, test } from '../fixtures/test'
import { day, inWords, recordAddress, rowsOf, WORKLIST } from './values'

/** What stands in the end: the participant's page, the day sheet, the files, and a sound database. */
export async function readRecord(page: Page, number: string): Promise<void> {
  await test.step('the page of the participant has everything in its place', () => readPage(page, number))
  await test.step('the day sheet of twelve months opens', async () => {
    await page.goto(visitAddress(number, 'M12'))
    await page.getByRole('link', { name: 'Day sheet for paper' }).click()
    await expect(page.getByRole('heading', { level: 1 })).toContainText(number)
    await expect(page.getByText('Satisfaction with treatment').first()).toBeVisible()
    for (const level of ['L4/L5', 'L5/S1'])
      await expect(page.getByRole('heading', { name: `MRI findings, ${level}` })).toBeVisible()
  })
  await test.step('the files hold what was entered', () => readFiles(page, number))
  await test.step('the database is sound and its audit proves itself', () => {
    expect(runCommand(demoDatabase(), ['audit', 'verify'])).toBe(0)
    expect(examineStudy()).toEqual([])
  })
}

/** What the doctor finds, but for other studies: journeys lay scores down there as results need them. */
function examineStudy(): readonly string[] {
  const examined = JSON.parse(readCommand(demoDatabase(), ['doctor', '--json'])) as {
    readonly checks: readonly { readonly check: string; readonly findings: readonly string[] }[]
  }
  expect(examined.checks.map(({ check }) => check)).toContain('scores')
  const isOfAnother = (finding: string) => /^study (?!ADMSC:)/.test(finding)
  return examined.checks.flatMap(({ findings }) => findings.filter(finding => !isOfAnother(finding)))
}

async function readPage(page: Page, number: string): Promise<void> {
  await page.goto(recordAddress(number))
  const visits = page.getByRole('region', { name: 'Visits' })
  for (const [name, date] of [
    ['Baseline', day(-25)],
    ['1 week (safety)', day(7)],
    ['1 month', day(42)],
    ['3 months', day(91)],
    ['6 months', day(183)],
    ['9 months', day(276)],
    ['Unscheduled visit 1', day(320)],
    ['12 months', day(365)],
    ['24 months', day(735)],
  ] as const) {
    const link = page.getByRole('link', { name, exact: true })
    await expect(visits.getByRole('row').filter({ has: link })).toContainText(inWords(date))
  }
  const logs = page.locator('#logs')
  for (const text of ['Severe pain at the injection site', 'Pneumonia, grade 3, serious', 'Hypertension'])
    await expect(logs).toContainText(text)
  await expect(page.getByText('Out of follow-up')).toHaveCount(0)
  await page.goto(WORKLIST)
  await expect(page.getByRole('heading', { level: 1, name: 'Worklist' })).toBeVisible()
  await expect(rowsOf(page, number)).toHaveCount(0)
}

async function readFiles(page: Page, number: string): Promise<void> {
  const read = async (file: string) => (await downloadRows(page, file)).filter(row => row.subject === number)
  expect(await read('adverse_events.csv')).toMatchObject([
    { aeterm: 'Severe pain at the injection site', aeser: '0', treatment_emergent: 'yes' },
    { aeterm: 'Pneumonia', aeser: '1', aeserinv: '1', aerelpd: 'possible', aeexp: 'unexpected' },
  ])
  expect(await read('medications.csv')).toMatchObject([
    { cmtrt: 'tramadol', cmstdat: '2020-03', cmongo: '1' },
    { cmtrt: 'codeine', cmendat: day(363) },
  ])
  expect(await read('interventions.csv')).toMatchObject([{ prtrt: 'Epidural corticosteroid', rescue: '1' }])
  expect(await read('treatments.csv')).toMatchObject([
    { treatment: 'DOSE1', date_given: day(0), study_day: '0', lot: 'A-17', cell_count: '10' },
    { treatment: 'DOSE2', date_given: day(190), study_day: '190', dose_number: '2' },
  ])
  expect(await read('contacts.csv')).toMatchObject([{ visit: 'M3', how: 'phone', result: 'noAnswer' }])
  expect(await read('deviations.csv')).toMatchObject([{ kind: 'visitOutOfWindow', visit: 'M1' }])
  const scores = await read('scores_long.csv')
  const mme = scores.find(({ visit, parameter }) => visit === 'M12' && parameter === 'MME_DAY')
  // Tramadol 2 × 100 mg by 0.2, and on three of seven days codeine 4 × 30 mg by 0.15.
  expect(Number(mme?.value)).toBeCloseTo(200 * 0.2 + (120 * 0.15 * 3) / 7, 9)
}
