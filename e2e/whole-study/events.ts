import type { Locator, Page } from '@playwright/test'
import { addEntry, entryForm, fillEntry, logAddress, saveEntry } from '../fixtures/log-entries'
import { hoursAgo } from '../fixtures/site-time'
import { expect, test } from '../fixtures/test'
import { day, press, recordAddress, WORKLIST } from './values'

interface Team {
  readonly coordinator: Page
  readonly investigator: Page
  readonly dataManager: Page
}

/** A serious event of the eighth month of which staff heard today, and a rescue. */
export async function liveThroughEvents(team: Team, number: string): Promise<void> {
  const { coordinator, investigator, dataManager } = team
  await test.step('a serious event: its clock stands on every worklist', async () => {
    await recordSeriousEvent(coordinator, number)
    for (const page of Object.values(team)) {
      await page.goto(WORKLIST)
      await expect(clocksOf(page, number)).toContainText(/2[12] h( \d+ min)? left/)
    }
  })
  await test.step('the investigator judges, the data manager records expectedness', async () => {
    await openEvent(investigator, number)
    await fillEntry(investigator, 'adverseEvents', {
      AESERINV: 'yes',
      AERELPR: 'unlikely',
      AERELPD: 'possible',
    })
    await saveEntry(investigator, 'adverseEvents')
    await expect(investigator).toHaveURL(/adverse-events$/)
    await openEvent(dataManager, number)
    await expect(entryForm(dataManager, 'adverseEvents')).toContainText('Possible')
    await fillEntry(dataManager, 'adverseEvents', { AEEXP: 'unexpected' })
    await saveEntry(dataManager, 'adverseEvents')
    await expect(dataManager).toHaveURL(/adverse-events$/)
  })
  await test.step('reported to the sponsor: the clock is gone', async () => {
    await openEvent(coordinator, number)
    await reportToSponsor(coordinator)
    for (const page of Object.values(team)) {
      await page.goto(WORKLIST)
      await expect(page.getByRole('heading', { level: 1, name: 'Worklist' })).toBeVisible()
      await expect(clocksOf(page, number)).toHaveCount(0)
    }
  })
  await test.step('an injection after the first dose is a rescue by the rule', async () => {
    await addEntry(coordinator, number, 'interventions', {
      PRCAT: 'injection',
      PRSTDAT: day(250),
      PRLOC: 'L4/L5',
      PRTRT: 'Epidural corticosteroid',
    })
    await coordinator.goto(recordAddress(number))
    await expect(coordinator.locator('#rescues')).toContainText('rescue, counted from')
  })
}

async function recordSeriousEvent(page: Page, number: string): Promise<void> {
  const aware = hoursAgo(2)
  await addEntry(page, number, 'adverseEvents', {
    AETERM: 'Pneumonia',
    AECAT: 'infection',
    // Known to the month.
    AESTDAT: day(230).slice(0, 7),
    AEONGO: 'no',
    AEENDAT: day(265),
    AETOXGR: '3',
    AEACN: ['treated', 'hospitalised'],
    AEOUT: 'recovered',
    AESER: 'yes',
    AESERCRIT: ['hospitalisation'],
    AWARE_ON: aware.day,
    AWARE_AT: aware.time,
  })
  await expect(page).toHaveURL(new RegExp(`${logAddress(number, 'adverseEvents')}$`))
}

/** Rows of the clocks that run for somebody. */
function clocksOf(page: Page, number: string): Locator {
  return page
    .getByRole('region', { name: 'Report to the sponsor' })
    .getByRole('row')
    .filter({ hasText: number })
}

async function openEvent(page: Page, number: string): Promise<void> {
  await page.goto(WORKLIST)
  await clocksOf(page, number).getByRole('link', { name: /^Open/ }).click()
  await expect(page.getByRole('heading', { level: 1, name: /^Pneumonia/ })).toBeVisible()
}

async function reportToSponsor(page: Page): Promise<void> {
  const told = hoursAgo(0)
  await page.getByText('Record the report to the sponsor', { exact: true }).click()
  const form = page.getByRole('form', { name: 'Record the report to the sponsor' })
  await form.getByLabel('Date reported').fill(told.day)
  await form.getByLabel('Time reported').fill(told.time)
  await form.getByLabel('Reference').fill('SAE 2')
  await press(form, 'Record')
  const reports = page.getByRole('region', { name: 'Reports to the sponsor' })
  await expect(reports).toContainText('reported after 2 h')
}
