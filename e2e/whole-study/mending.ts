import type { Page } from '@playwright/test'
import { recordFirstDose, register, storedScores, visitAddress } from '../fixtures/journeys'
import { expect, test } from '../fixtures/test'
import { enterVisit, expectKeys, saveVisit, typeAnswers } from '../fixtures/visit-entry'
import { day, KEYS, press, recordAddress } from './values'

/** The ninth month entered for somebody else, a form entered in error, and a visit that nobody planned. */
export async function mendMistakes(page: Page, number: string): Promise<void> {
  await test.step('nine months, put on the wrong participant, is moved', () => moveVisit(page, number))
  await test.step('a form entered in error is voided and entered again', () => voidForm(page, number))
  await test.step('an unscheduled visit', () => addUnscheduled(page, number))
}

async function moveVisit(page: Page, number: string): Promise<void> {
  const other = await register(page, { age: '52', consentDaysAgo: 845 })
  await recordFirstDose(page, other, 785)
  await enterVisit(page, other, 'M9', { date: day(276), keys: KEYS.mildPain + KEYS.noEvent })
  await page.goto(visitAddress(other, 'M9'))
  await page.getByRole('link', { name: 'Wrong participant or visit?' }).click()
  await page.getByLabel('Right participant').fill(number)
  await press(page, 'Show both sides')
  await expect(page.getByRole('heading', { name: 'From' })).toBeVisible()
  await expect(page.getByRole('heading', { name: 'To, as it is now' })).toBeVisible()
  await expect(page.getByText('Average pain: 2')).toBeVisible()
  const move = page.getByRole('form', { name: `Move to ${number}, 9 months` })
  await move.getByLabel('Reason').selectOption('Entered for the wrong participant')
  await move.getByRole('button', { name: /^Move to/ }).click()
  await expect(page.getByRole('heading', { level: 1, name: `${number}, 9 months` })).toBeVisible()
  expect(await storedScores(other, 'M9')).toEqual({})
  expect(await storedScores(number, 'M9')).toEqual({ NPRS_AVG: 2, NPRS_WORST: 4 })
}

async function voidForm(page: Page, number: string): Promise<void> {
  await page.goto(visitAddress(number, 'M6'))
  await page.getByRole('link', { name: 'Wrong participant or visit?' }).click()
  await page.getByRole('link', { name: /^EQ-5D-3L/ }).click()
  const form = page.getByRole('form', { name: /^Void EQ-5D-3L$/i })
  await form.getByLabel('Reason').selectOption('Entered twice')
  await form.getByRole('button', { name: /^Void/ }).click()
  await expect(form).toHaveCount(0)
  const before = await storedScores(number, 'M6')
  expect(before).toMatchObject({ ODI: 46 })
  expect(before).not.toHaveProperty('EQ5D3L_PROFILE')

  await page.goto(visitAddress(number, 'M6'))
  const eq5d = page.getByRole('region', { name: 'EQ-5D-3L' })
  await expectKeys(page)
  await eq5d.getByRole('radio').first().focus()
  await page.keyboard.type(KEYS.eq5d11211)
  await saveVisit(page, number, 'M6')
  expect(await storedScores(number, 'M6')).toMatchObject({ ODI: 46, EQ5D3L_PROFILE: 11211 })
}

async function addUnscheduled(page: Page, number: string): Promise<void> {
  await page.goto(recordAddress(number))
  await page.getByRole('link', { name: 'Add unscheduled visit' }).click()
  await page.getByLabel('Date of the visit').fill(day(320))
  await page.getByLabel('Cause').fill('Pain flare')
  await page
    .getByRole('group', { name: 'Forms' })
    .getByLabel(/^Numeric pain/)
    .check()
  await press(page, 'Add and enter')
  const title = { level: 1, name: `${number}, unscheduled visit 1` } as const
  await expect(page.getByRole('heading', title)).toBeVisible()
  await typeAnswers(page, KEYS.severePain)
  await press(page, 'Save')
  await expect(page.getByText(new RegExp(`^Saved ${number} `))).toBeVisible()
}
