import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { inflateSync } from 'node:zlib'
import type { Locator, Page } from '@playwright/test'
import { withInstallation } from '@/db/testing/installation'
import { demoDatabase, STUDY } from './fixtures/demo'
import { choose, daysAgo, makeDueParticipant, visitAddress } from './fixtures/journeys'
import { lockMaskedStudy, makeMember } from './fixtures/masked-study'
import { endSittings, makeOpenStudy } from './fixtures/open-study'
import { expect, test } from './fixtures/test'

/** Its results stand by arm, since it is locked. */
const LOCKED = 'BYARM'
const cohortOf = (study: string) => `/studies/${study}/cohort`

test.beforeAll(async () => {
  if (await makeOpenStudy(LOCKED)) lockMaskedStudy(LOCKED)
})

/** The line of the result in brief that is about something. */
function brief(page: Page, subject: string): Locator {
  return page.locator('#brief').getByRole('row').filter({ hasText: subject })
}

test('an investigator reads whether they are better, by how much, how sure, how many, who not, and how safe', async ({
  as,
}) => {
  const page = await as('investigator')
  await page.goto(cohortOf(STUDY))
  const change = brief(page, 'Average pain, 12 months: change from baseline')
  await expect(change).toContainText('−2.3 points')
  await expect(change).toContainText('−3.9 to −0.8')
  const responders = brief(page, '≥ 50 % reduction in average pain, 12 months: responders')
  await expect(responders).toContainText('5/9, 56%')
  await expect(responders).toContainText('21.2 to 86.3')
  await expect(brief(page, 'Average pain, 12 months: not better')).toContainText('MEL-003, MEL-006')
  await expect(brief(page, 'Serious adverse events').getByRole('cell')).toHaveText([
    /^\d+$/,
    /^\d+\/\d+$/,
    /^\d+\.\d to \d+\.\d$/,
  ])
  const titles = await page.getByRole('heading', { name: /^Figure [123]\. / }).allTextContents()
  expect(titles.map(title => title.replace(/:.*/, ''))).toEqual([
    'Figure 1. Scores over time',
    'Figure 2. Responder rates over time',
    'Figure 3. Improvement per participant',
  ])

  const mark = page.locator('#improvement-nprs').getByRole('link', { name: /^MEL-003\b/ })
  await mark.filter({ visible: true }).first().click()
  await expect(page.getByRole('heading', { level: 1, name: 'MEL-003' })).toBeVisible()

  const statistician = await as('statistician')
  await statistician.goto(cohortOf(STUDY))
  await expect(statistician.getByRole('main').locator('a[href*="/participants/"]')).toHaveCount(0)
})

/** Every figure of the tables, open or folded. */
function readNumbers(page: Page): Promise<string[]> {
  return page.locator('.report-table td').allTextContents()
}

test('with JavaScript switched off the controls choose, say what is left out, and give a link that gives the same', async ({
  as,
}) => {
  const email = await makeMember(LOCKED, 'investigator')
  const page = await as({ email }, { javaScript: false })
  await page.goto(cohortOf(LOCKED))
  await page.getByText('Choose what is shown and how it is counted').click()
  await page
    .getByRole('group', { name: /^Scores/ })
    .getByLabel('Average pain')
    .check()
  for (const arm of ['CELLS', 'SHAM'])
    await page.getByRole('group', { name: /^Arms/ }).getByLabel(arm).check()
  await page
    .getByRole('group', { name: /^Published/ })
    .getByLabel('Ashar 2022')
    .check()
  await page.getByLabel('Subgroup at baseline').selectOption('site:MEL')
  await page.getByLabel('After a second dose or rescue').selectOption('composite')
  await page.getByLabel('Missing values').selectOption('locf')
  await page.getByLabel('Only values inside their visit window').check()
  await page.getByLabel('Data cut').fill('1 Sep 2025')
  await page.getByRole('button', { name: 'Show', exact: true }).click()

  const notice = page.getByRole('list').filter({ hasText: 'Subgroup' })
  await expect(notice).toContainText('n = 9; 0 of the set are left out')
  await expect(notice).toContainText(/last value carried forward: \d+ values filled in; \d+ missing/)
  await expect(notice).toContainText('Only values inside their visit window')
  await expect(notice).toContainText('arms CELLS, SHAM')
  await expect(notice).toContainText('Records dated up to 1 Sep 2025')
  const figure = page.locator('#trajectories')
  await expect(figure.getByText(/^CELLS Arm of cells/)).toBeVisible()
  await expect(figure.getByText(/^USUAL Arm of usual/)).toHaveCount(0)
  await expect(figure.getByText(/^Published: Ashar 2022, .*JAMA Psychiatry 2022/).first()).toBeVisible()
  const note = figure.locator('.note').filter({ visible: true }).first()
  await expect(note).toContainText('The published baseline is a mean of two assessments')
  await expect(page.getByRole('heading', { name: /beside published trials/ }).first()).toBeVisible()

  const other = await as({ email })
  await other.goto(page.url())
  expect(await readNumbers(other)).toEqual(await readNumbers(page))
  await expect(other.getByLabel('Missing values')).toHaveValue('locf')
})

test('an address that asks for what there is not says field, value and what is allowed, and keeps the rest', async ({
  as,
}) => {
  const page = await as({ email: await makeMember(LOCKED, 'investigator') })
  const refusal = page.getByRole('main').getByRole('alert')
  await page.goto(`${cohortOf(LOCKED)}?subgroup=site:SYD`)
  await expect(refusal).toContainText(
    'Subgroup at baseline: “site:SYD” is not in this result. Choose site:MEL.',
  )
  await page.goto(
    `${cohortOf(LOCKED)}?parameter=VAS&parameter=NPRS_AVG&missing=locf&dataCut=2025-09-01&reference=NOBODY`,
  )
  await expect(refusal).toContainText('Scores: “VAS” is not in this result. Choose NPRS_AVG')
  await expect(refusal).toContainText('Published results laid over: “NOBODY”')
  await page.getByRole('button', { name: 'Show', exact: true }).click()
  const kept = new URL(page.url()).searchParams
  expect([kept.getAll('parameter'), kept.get('missing'), kept.get('dataCut')]).toEqual([
    ['NPRS_AVG'],
    'locf',
    '2025-09-01',
  ])
  await expect(page.getByRole('heading', { name: 'Figure 1. Scores over time' })).toBeVisible()

  await page.goto(`${cohortOf(LOCKED)}?asOf=soon`)
  await expect(page.getByLabel('As known at audit entry')).toHaveValue('soon')
  await expect(page.getByText('“soon” is no audit entry. Give its number')).toBeVisible()
})

/** What a PNG says of itself, and how many different bytes its picture has. */
function readPng(png: Buffer) {
  const chunk = png.indexOf('pHYs')
  const data: Buffer[] = []
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at))
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT')
      data.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)))
  return {
    signature: png.toString('latin1', 1, 4),
    dotsPerMetre: png.readUInt32BE(chunk + 4),
    shades: new Set(inflateSync(Buffer.concat(data))).size,
  }
}

/** The hash under which a copy of a file stands in the audit; undefined: it was not recorded. */
function recordedHash(figure: string): Promise<unknown> {
  return withInstallation(demoDatabase(), ({ sqlite }) =>
    sqlite
      .prepare(
        "SELECT json_extract(details, '$.sha256') FROM audit_entries WHERE json_extract(details, '$.figure') = ? ORDER BY seq DESC LIMIT 1",
      )
      .pluck()
      .get(figure),
  )
}

test('a figure and the report come down as SVG, PNG, CSV and PDF, and each copy is recorded with its hash', async ({
  as,
}) => {
  const page = await as('investigator')
  await page.goto(cohortOf(STUDY))
  const take = async (link: Locator) => {
    const loading = page.waitForEvent('download')
    await link.click()
    const file = await loading
    return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) }
  }
  const figure = page.locator('#trajectories')
  const files = {
    svg: await take(figure.getByRole('link', { name: /, SVG$/ })),
    png: await take(figure.getByRole('link', { name: /, PNG$/ })),
    csv: await take(figure.getByRole('link', { name: /, CSV$/ })),
  }
  for (const [format, { name, bytes }] of Object.entries(files)) {
    expect(name).toMatch(
      new RegExp(`^ADMSC_synthetic_\\d{4}-\\d\\d-\\d\\d_entry-\\d+_trajectories\\.${format}$`),
    )
    expect(await recordedHash(`trajectories.${format}`), name).toBe(
      createHash('sha256').update(bytes).digest('hex'),
    )
  }
  expect(files.svg.bytes.toString()).toMatch(/^<svg .*Synthetic data.*Scores over time/s)
  expect(files.csv.bytes.toString()).toMatch(/^study,data_cut,as_of,synthetic,view,parameter,visit,n,/)
  const png = readPng(files.png.bytes)
  expect(png).toMatchObject({ signature: 'PNG', dotsPerMetre: Math.round(300 / 0.0254) })
  expect(png.shades).toBeGreaterThan(50)

  const report = await take(page.getByRole('link', { name: 'Report as PDF' }))
  expect(report.name).toMatch(/_entry-\d+_report\.pdf$/)
  expect(report.bytes.toString('latin1', 0, 5)).toBe('%PDF-')
  expect(report.bytes.length).toBeGreaterThan(100_000)
  expect(await recordedHash('report')).toBe(createHash('sha256').update(report.bytes).digest('hex'))

  const manager = await as('dataManager')
  await manager.goto(`/studies/${STUDY}/audit`)
  await manager.getByRole('link', { name: 'Reads and exports' }).click()
  await expect(manager.getByRole('row').filter({ hasText: 'trajectories.png' }).first()).toBeVisible()
})

test('who comes back is told what was corrected, and a lasting link still gives the earlier numbers', async ({
  as,
}) => {
  const coordinator = await as('coordinator')
  const number = await makeDueParticipant(coordinator)
  const visit = visitAddress(number, 'M1')
  await coordinator.goto(visit)
  await coordinator.getByLabel('Visit date').fill(daysAgo(1))
  await choose(coordinator, 'Average pain', 4)
  await choose(coordinator, 'Worst pain', 6)
  await coordinator.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(coordinator.getByText(`Saved ${number} M1.`)).toBeVisible()

  const investigator = await as({ email: await makeMember(STUDY, 'investigator') })
  await investigator.goto(cohortOf(STUDY))
  const values = investigator
    .locator('#trajectories tr')
    .filter({ hasText: 'Average pain' })
    .filter({ hasText: '1 month' })
  const before = await values.textContent()
  const lasting = await investigator.getByRole('link', { name: 'Link to these numbers' }).getAttribute('href')
  await endSittings(STUDY)

  await coordinator.goto(visit)
  await choose(coordinator, 'Average pain', 1)
  await coordinator.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(coordinator.getByText('a reason is needed')).toBeVisible()
  await coordinator.getByLabel('Reason for the change').selectOption('Typing error')
  await coordinator.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(coordinator.getByText(`Saved ${number} M1.`)).toBeVisible()

  await investigator.goto(cohortOf(STUDY))
  expect(await values.textContent()).not.toBe(before)
  await investigator.getByRole('link', { name: /\d+ corrected values?/ }).click()
  const corrected = investigator.getByRole('region', { name: 'Corrected values' }).getByRole('row')
  const line = corrected.filter({ hasText: number }).filter({ hasText: 'Average pain' })
  await expect(line).toContainText(/4.*1.*Typing error/)
  await line.getByRole('link', { name: /^History/ }).click()
  await expect(investigator.getByRole('main')).toContainText('Typing error')

  await investigator.goto(lasting ?? '')
  await expect(investigator.getByText(/Values as they were known at entry \d+ of the audit/)).toBeVisible()
  expect(await values.textContent()).toBe(before)
})
