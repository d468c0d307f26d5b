import type { Page } from '@playwright/test'
import { UNLIMITED_RANK } from '@/lib/domain/instruments/unlimited'
import { fillDose } from '../fixtures/doses'
import { register, storedScores, visitAddress } from '../fixtures/journeys'
import { addEntry } from '../fixtures/log-entries'
import { expect, test } from '../fixtures/test'
import { saveVisit, typeAnswers } from '../fixtures/visit-entry'
import { day, inWords, KEYS, press, recordAddress } from './values'

const PROVISIONAL = 'Window counted from the planned day zero'

/** From consent to the first dose, ten days later than planned. Returns the participant's number. */
export async function liveUntilFirstDose(page: Page): Promise<string> {
  const number = await test.step('consent and a planned day zero: windows are provisional', () =>
    consent(page))
  await test.step('the baseline with every instrument, images of two levels, by keyboard', () =>
    enterBaseline(page, number))
  await test.step('medical history, an opioid that goes on, the harvest', () => enterHistory(page, number))
  await test.step('the first dose with its product makes day zero real and moves no visit', () =>
    giveFirstDose(page, number))
  return number
}

async function consent(page: Page): Promise<string> {
  const number = await register(page, { age: '44', consentDaysAgo: 850 })
  const form = page.getByRole('form', { name: 'Planned day zero' })
  await form.getByText('Plan day zero').click()
  await form.getByLabel('Planned day zero').fill(day(-10))
  await press(form, 'Save')
  await expect(page.getByText(/day zero planned/)).toBeVisible()
  return number
}

async function enterBaseline(page: Page, number: string): Promise<void> {
  await page.goto(visitAddress(number, 'BL'))
  await expect(page.getByText(PROVISIONAL)).toBeVisible()
  await page.getByLabel('Visit date').fill(day(-25))
  const another = page.getByRole('group', { name: 'Another of MRI findings' })
  await another.getByLabel('Level or joint').fill('L5/S1')
  await press(another, 'Add level or joint')
  await expect(page.getByRole('region', { name: 'MRI findings, L5/S1' })).toBeVisible()
  const pain = [KEYS.severePain, KEYS.odi46, KEYS.eq5d21232, KEYS.tolerance]
  const rest = [KEYS.reducedWork, KEYS.weakOpioid, KEYS.firstImage, KEYS.firstImage, KEYS.examination]
  await typeAnswers(page, [...pain, ...rest].join(''))
  await saveVisit(page, number, 'BL')
  expect(await storedScores(number, 'BL')).toMatchObject({
    NPRS_AVG: 7,
    NPRS_WORST: 9,
    ODI: 46,
    EQ5D3L_PROFILE: 21232,
    EQ5D3L_VAS: 60,
    TOL_SIT: 45,
    TOL_WALK: UNLIMITED_RANK,
    WORK_HOURS: 20,
    PFIRRMANN: 3,
    DISC_HEIGHT: 9,
  })
}

async function enterHistory(page: Page, number: string): Promise<void> {
  await addEntry(page, number, 'conditions', { TERM: 'Hypertension', SINCE: '2015', ONGOING: 'yes' })
  await addEntry(page, number, 'medications', {
    CMTRT: 'tramadol',
    CMANALG: 'yes',
    CMLEVEL: '2',
    CMDOSE: '100',
    CMDOSU: 'mg',
    CMROUTE: 'oral',
    CMFREQ: 'regular',
    CMTIMES: '2',
    CMSTDAT: '2020-03',
    CMONGO: 'yes',
  })
  // Tramadol counts 0.2: twice 100 mg a day.
  expect(await storedScores(number, 'BL')).toMatchObject({ MME_DAY: 40 })
  await addEntry(page, number, 'harvests', {
    HARVEST_DATE: day(-18),
    SOURCE: 'adipose',
    METHOD: 'Liposuction',
    AMOUNT: '60',
    LOT: 'A-17',
    HARM: 'no',
  })
}

async function giveFirstDose(page: Page, number: string): Promise<void> {
  await page.goto(recordAddress(number))
  await page.getByRole('link', { name: 'Record first injection' }).click()
  await fillDose(page, 'First injection', {
    givenOn: day(0),
    PRODUCT: 'adipose',
    ORIGIN: 'autologous',
    LOT: 'A-17',
    CELL_COUNT: '10',
    VIABILITY: '94',
    AMOUNT: '10',
    VOLUME: '1',
    GUIDANCE: 'fluoroscopy',
    OPERATOR: 'DB',
  })
  await press(page, 'Record')
  await expect(page.getByRole('link', { name: 'First injection', exact: true })).toBeVisible()
  await page.goto(visitAddress(number, 'BL'))
  await expect(page.getByLabel('Visit date')).toHaveValue(inWords(day(-25)))
  await expect(page.getByText(PROVISIONAL)).toHaveCount(0)
}
