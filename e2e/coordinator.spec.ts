import { readFileSync } from 'node:fs'
import type { Locator, Page } from '@playwright/test'
import { UNLIMITED_RANK } from '@/lib/domain/instruments/unlimited'
import { STUDY } from './fixtures/demo'
import { downloadRows } from './fixtures/exports'
import {
  choose,
  daysAgo,
  makeDueParticipant,
  rating,
  recordFirstDose,
  register,
  storedScores,
  visitAddress,
} from './fixtures/journeys'
import { expect, test } from './fixtures/test'

/** n and mean of average pain at 1 month, as the cohort page's table of values gives them. */
async function readMonthOne(page: Page): Promise<string> {
  await page.goto(`/studies/${STUDY}/cohort`)
  const figure = page.locator('#trajectories')
  await figure.locator('summary', { hasText: 'Table' }).click()
  const rows = figure.getByRole('row').filter({ hasText: /1 month/ })
  return (await rows.first().textContent()) ?? ''
}

test('from registration to CSV: the figure moves and the file holds the value', async ({ as }) => {
  const page = await as('coordinator')
  const before = await readMonthOne(page)
  const number = await makeDueParticipant(page)

  await page.goto(`/studies/${STUDY}/worklist`)
  const row = page.getByRole('row').filter({ hasText: number }).filter({ hasText: '1 month' })
  await row.getByRole('link', { name: /Enter visit/ }).click()
  await expect(page.getByRole('heading', { level: 1, name: `${number}, 1 month` })).toBeVisible()
  await page.getByLabel('Visit date').fill(daysAgo(1))

  // By the keyboard alone: a digit chooses and moves on, T is ten, Control and Enter save.
  await rating(page, 'Average pain').getByRole('radio').first().focus()
  await page.keyboard.press('9')
  await page.keyboard.press('t')
  await expect(rating(page, 'Worst pain').getByRole('radio', { name: '10' })).toBeChecked()
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText(`Saved ${number} M1.`)).toBeVisible()
  expect(await storedScores(number, 'M1')).toEqual({ NPRS_AVG: 9, NPRS_WORST: 10 })

  expect(await readMonthOne(page)).not.toBe(before)

  const rows = await downloadRows(page, 'scores_long.csv')
  const mine = rows.filter(line => line.subject === number && line.visit === 'M1')
  expect(mine.map(({ parameter, value }) => [parameter, value])).toEqual([
    ['NPRS_AVG', '9'],
    ['NPRS_WORST', '10'],
  ])
})

/** Tab by Tab to a control, as who has no mouse gets there. */
async function tabTo(page: Page, control: Locator): Promise<void> {
  const isThere = () => control.evaluate(element => element === document.activeElement)
  for (let stop = 0; stop < 300; stop += 1) {
    if (await isThere()) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`the keyboard does not reach ${control}`)
}

test('all files of the export come with one click', async ({ as }) => {
  const page = await as('coordinator')
  await page.goto(`/studies/${STUDY}/exports`)
  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Download all files' }).click()
  const archive = await download
  expect(archive.suggestedFilename()).toMatch(/^ADMSC_\d{4}-\d\d-\d\d_entry-\d+_SYNTHETIC\.zip$/)
  const bytes = readFileSync(await archive.path())
  for (const name of ['scores_long.csv', 'visits.csv', 'manifest.json', 'SYNTHETIC_DATA.txt'])
    expect(bytes.includes(`/${name}`)).toBe(true)
})

test('the visits of a participant stand on a screen of 1280 without scrolling sideways', async ({ as }) => {
  const page = await as('coordinator')
  // As many scores as the page shows, and a visit that was declared missed in many words.
  await page.goto(`/studies/${STUDY}/participants/MEL-007`)
  const box = page.getByRole('region', { name: 'Visits' })
  await expect(box.getByRole('columnheader').nth(3)).toHaveText('State')
  expect(await box.evaluate(node => node.scrollWidth - node.clientWidth)).toBe(0)
})

test('a whole visit is entered without a mouse, from the worklist to the next visit', async ({ as }) => {
  const page = await as('coordinator')
  const number = await register(page, { age: '51', consentDaysAgo: 20 })
  await page.goto(`/studies/${STUDY}/worklist`)
  const row = page.getByRole('row').filter({ hasText: number }).filter({ hasText: 'Baseline' })
  await tabTo(page, row.getByRole('link', { name: /Enter visit/ }))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: `${number}, Baseline` })).toBeVisible()
  await tabTo(page, page.getByLabel('Visit date'))
  await page.keyboard.type(daysAgo(2))
  await tabTo(page, rating(page, 'Average pain').getByRole('radio').first())
  await page.keyboard.type('67')
  // The ten sections of the ODI: 23 of 50.
  await page.keyboard.type('2323232222')
  // EQ-5D: five dimensions and the thermometer; tolerance: minutes, or unlimited.
  await page.keyboard.type('21232')
  await page.keyboard.type('60')
  await page.keyboard.press('Enter')
  await page.keyboard.type('45')
  await page.keyboard.press('Enter')
  await page.keyboard.type('30')
  await page.keyboard.press('Enter')
  await page.keyboard.press('u')
  // Work capacity, hours, analgesics.
  await page.keyboard.press('1')
  await page.keyboard.type('20')
  await page.keyboard.press('Enter')
  await page.keyboard.press('1')
  // MRI of the disc that is treated: grade III, type 1, 9 mm, three comparisons that do not apply, an intermediate signal.
  await page.keyboard.type('31')
  await page.keyboard.type('9')
  await page.keyboard.press('Enter')
  for (let compared = 0; compared < 3; compared += 1) {
    await page.keyboard.press('n')
    await page.keyboard.press('T')
    await page.keyboard.press('Enter')
  }
  await page.keyboard.press('2')
  // Examination: negative, 12 cm, body mass index, no smoker.
  await page.keyboard.press('1')
  await page.keyboard.type('12')
  await page.keyboard.press('Enter')
  await page.keyboard.type('24.5')
  await page.keyboard.press('Enter')
  await page.keyboard.press('0')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText(`Saved ${number} BL.`)).toBeVisible()
  expect(await storedScores(number, 'BL')).toMatchObject({
    NPRS_AVG: 6,
    NPRS_WORST: 7,
    ODI: 46,
    EQ5D3L_PROFILE: 21232,
    EQ5D3L_VAS: 60,
    TOL_SIT: 45,
    TOL_STAND: 30,
    TOL_WALK: UNLIMITED_RANK,
    WORK_CAPACITY: 1,
    WORK_HOURS: 20,
    ANALGESIC_LEVEL: 1,
    PFIRRMANN: 3,
    MODIC: 1,
    DISC_HEIGHT: 9,
    MRI_T2: 2,
  })
  // The next visit of the worklist stands open, ready for its date.
  await expect(page).toHaveURL(/\/participants\/[^/]+\/visits\/[^/]+\?saved=/)
  const next = await page.getByRole('heading', { level: 1 }).textContent()
  expect(next).not.toBe(`${number}, Baseline`)
  await tabTo(page, page.getByLabel('Visit date'))
})

test('with JavaScript switched off: registers, records the dose, enters the visit', async ({ as }) => {
  const page = await as('coordinator', { javaScript: false })
  const number = await makeDueParticipant(page)
  await page.goto(visitAddress(number, 'M1'))
  await page.getByLabel('Visit date').fill(daysAgo(0))
  await choose(page, 'Average pain', 4)
  await choose(page, 'Worst pain', 6)
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page).toHaveURL(/\/worklist\?saved=/)
  await expect(page.getByText(`Saved ${number} M1.`)).toBeVisible()
  expect(await storedScores(number, 'M1')).toEqual({ NPRS_AVG: 4, NPRS_WORST: 6 })
})

test('a soft check asks, and its answer is stored; a change asks for a reason', async ({ as }) => {
  const page = await as('coordinator')
  const number = await makeDueParticipant(page)
  await page.goto(visitAddress(number, 'M1'))
  await page.getByLabel('Visit date').fill(daysAgo(0))
  await choose(page, 'Average pain', 6)
  await choose(page, 'Worst pain', 4)
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByText('Not saved yet. Please look')).toBeVisible()
  await expect(page.getByText('worst pain (4) is below average pain (6)')).toBeVisible()
  expect(await storedScores(number, 'M1')).toEqual({})
  await page.getByLabel(/^Confirm: worst pain/).selectOption('As on the form')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByText(`Saved ${number} M1.`)).toBeVisible()

  await page.goto(visitAddress(number, 'M1'))
  await choose(page, 'Worst pain', 8)
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByText('a reason is needed')).toBeVisible()
  await expect(rating(page, 'Worst pain').getByRole('radio', { name: '8' })).toBeChecked()
  expect(await storedScores(number, 'M1')).toEqual({ NPRS_AVG: 6, NPRS_WORST: 4 })
  await page.getByLabel('Reason for the change').selectOption('Typing error')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByText(`Saved ${number} M1.`)).toBeVisible()
  expect(await storedScores(number, 'M1')).toEqual({ NPRS_AVG: 6, NPRS_WORST: 8 })
})

test('a dose makes the provisional windows real', async ({ as }) => {
  const page = await as('coordinator')
  const number = await register(page, { age: '39', consentDaysAgo: 40 })
  const form = page.getByRole('form', { name: 'Planned day zero' })
  await form.getByText('Plan day zero').click()
  await form.getByLabel('Planned day zero').fill(daysAgo(30))
  await form.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText(/day zero planned/)).toBeVisible()
  const provisional = page.getByText(/counted from the planned day zero/i)
  await page.goto(visitAddress(number, 'M1'))
  await expect(provisional.first()).toBeVisible()
  await recordFirstDose(page, number, 10)
  await page.goto(visitAddress(number, 'M1'))
  await expect(page.getByRole('heading', { level: 1, name: `${number}, 1 month` })).toBeVisible()
  await expect(provisional).toHaveCount(0)
})
