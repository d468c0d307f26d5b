import type { Page } from '@playwright/test'
import { fillDose } from '../fixtures/doses'
import { visitAddress } from '../fixtures/journeys'
import { addEntry, fillEntry, logAddress, saveEntry } from '../fixtures/log-entries'
import { expect, test } from '../fixtures/test'
import { enterVisit, saveVisit, typeVisit } from '../fixtures/visit-entry'
import { day, KEYS, press, recordAddress, WORKLIST } from './values'

/** The first week, one, three and six months, and the second dose. Three months pass without a visit. */
export async function liveUntilSecondDose(page: Page, number: string): Promise<void> {
  await test.step('a contact tells of an event; after a procedure it asks about care', () =>
    tellEvent(page, number))
  await test.step('a visit out of its window is confirmed, and logged as a deviation', () =>
    comeLate(page, number))
  await test.step('nobody answers at three months: the visit stands overdue', () => missVisit(page, number))
  await test.step('six months, then the second dose with its condition', () => giveSecondDose(page, number))
  await test.step('a form of six months dated after the second dose is asked about', () =>
    dateAfterDose(page, number))
}

async function tellEvent(page: Page, number: string): Promise<void> {
  await enterVisit(page, number, 'W1', { date: day(7), keys: KEYS.anEvent })
  await page.goto(visitAddress(number, 'W1'))
  await page.getByRole('link', { name: 'Record the event' }).click()
  await fillEntry(page, 'adverseEvents', {
    AETERM: 'Severe pain at the injection site',
    AECAT: 'injectionSite',
    AESTDAT: day(2),
    AEONGO: 'no',
    AEENDAT: day(6),
    AETOXGR: '2',
    AEACN: ['treated'],
    AEOUT: 'recovered',
    AESER: 'no',
  })
  await saveEntry(page, 'adverseEvents')
  await expect(page.getByText('names severe pain after a procedure').first()).toBeVisible()
  await fillEntry(page, 'adverseEvents', { TOLD_SEEK_CARE: 'yes' })
  await saveEntry(page, 'adverseEvents')
  await expect(page).toHaveURL(/adverse-events$/)
  await page.goto(visitAddress(number, 'W1'))
  await expect(page.getByRole('heading', { level: 1 })).toContainText(number)
  await expect(page.getByRole('link', { name: 'Record the event' })).toHaveCount(0)
}

async function comeLate(page: Page, number: string): Promise<void> {
  await typeVisit(page, number, 'M1', { date: day(42), keys: KEYS.mildPain + KEYS.noEvent })
  await page.getByLabel(/^Confirm: .* after the window of this visit/).selectOption('Checked in the notes')
  await saveVisit(page, number, 'M1')
  await page.goto(logAddress(number, 'deviations'))
  await page.getByRole('link', { name: /^Log it: .*1 month/ }).click()
  await fillEntry(page, 'deviations', { CLASS: 'minor', CAUSE: 'Holiday', REPORTED: 'no' })
  await saveEntry(page, 'deviations')
  await expect(page).toHaveURL(/deviations$/)
  await expect(page.getByRole('link', { name: 'Visit out of window, 1 month, minor' })).toBeVisible()
}

async function missVisit(page: Page, number: string): Promise<void> {
  const attempt = { DATE: day(95), VISIT: 'M3', HOW: 'phone', RESULT: 'noAnswer' }
  await addEntry(page, number, 'contacts', attempt)
  await page.goto(WORKLIST)
  const overdue = page.getByRole('region', { name: 'Overdue' })
  await expect(
    overdue.getByRole('row').filter({ hasText: number }).filter({ hasText: '3 months' }),
  ).toBeVisible()
}

async function giveSecondDose(page: Page, number: string): Promise<void> {
  const forms = [KEYS.severePain, KEYS.odi46, KEYS.eq5d21232, KEYS.tolerance]
  const rest = [KEYS.reducedWork, KEYS.weakOpioid, KEYS.noEvent]
  await enterVisit(page, number, 'M6', { date: day(183), keys: [...forms, ...rest].join('') })
  await page.goto(recordAddress(number))
  await page.getByRole('link', { name: 'Record second injection' }).click()
  await fillDose(page, 'Second injection', { givenOn: day(190), LOT: 'A-17', AMOUNT: '10' })
  await press(page, 'Record')
  await expect(page.getByText('Say whether the condition was met').first()).toBeVisible()
  await page
    .getByRole('group', { name: /^Condition met/ })
    .getByLabel('Yes')
    .check()
  await press(page, 'Record')
  await expect(page.getByRole('link', { name: 'Second injection', exact: true })).toBeVisible()
}

async function dateAfterDose(page: Page, number: string): Promise<void> {
  await page.goto(visitAddress(number, 'M6'))
  const analgesics = page.getByRole('region', { name: 'Analgesic use' })
  await analgesics.getByText('Other date, contact or source').click()
  await analgesics.getByLabel('Assessment date').fill(day(195))
  await page.keyboard.press('Tab')
  await page.getByLabel(/^Confirm: .* is after the second dose/).selectOption('Checked in the notes')
  await page.getByLabel('Reason for the change').selectOption('Source document corrected')
  await saveVisit(page, number, 'M6')
}
