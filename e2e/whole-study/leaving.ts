import type { Page } from '@playwright/test'
import { storedScores, visitAddress } from '../fixtures/journeys'
import { addEntry } from '../fixtures/log-entries'
import { expect, test } from '../fixtures/test'
import { enterVisit, saveVisit, typeAnswers, typeVisit } from '../fixtures/visit-entry'
import { day, inWords, KEYS, press, recordAddress, rowsOf, WORKLIST } from './values'

/** Twelve months with all forms, then out of follow-up and back, to the last visit. */
export async function liveUntilLastVisit(page: Page, number: string): Promise<void> {
  await test.step('twelve months, every form', () => enterTwelveMonths(page, number))
  await test.step('withdrawn from follow-up: nothing is due, an earlier visit is entered late', () =>
    withdraw(page, number))
  await test.step('a visit after the withdrawal is refused, and nothing typed is lost', () =>
    refuseLater(page, number))
  await test.step('back in follow-up, twenty-four months are entered', () => comeBack(page, number))
}

async function enterTwelveMonths(page: Page, number: string): Promise<void> {
  // Three of the seven days up to the visit: 361, 362, 363 of 359 to 365.
  await addEntry(page, number, 'medications', {
    CMTRT: 'codeine',
    CMANALG: 'yes',
    CMLEVEL: '2',
    CMDOSE: '30',
    CMDOSU: 'mg',
    CMROUTE: 'oral',
    CMFREQ: 'regular',
    CMTIMES: '4',
    CMSTDAT: day(361),
    CMONGO: 'no',
    CMENDAT: day(363),
  })
  await page.goto(visitAddress(number, 'M12'))
  await page.getByLabel('Visit date').fill(day(365))
  const forms = [KEYS.mildPain, KEYS.odi20, KEYS.eq5d11211, KEYS.tolerance, KEYS.fullWork, KEYS.weakOpioid]
  // Both levels of the first image are asked for again.
  const rest = [KEYS.laterImage, KEYS.laterImage, KEYS.satisfied, KEYS.noEvent, KEYS.examination]
  await typeAnswers(page, [...forms, ...rest].join(''))
  await saveVisit(page, number, 'M12')
  expect(await storedScores(number, 'M12')).toMatchObject({
    NPRS_AVG: 2,
    NPRS_WORST: 4,
    ODI: 20,
    EQ5D3L_PROFILE: 11211,
    WORK_CAPACITY: 2,
    PFIRRMANN: 3,
    MRI_FISSURE: 1,
    SATISFACTION: 85,
  })
}

async function withdraw(page: Page, number: string): Promise<void> {
  await addEntry(page, number, 'departures', { KIND: 'followUp', DATE: day(400), CAUSE: 'burden' })
  await page.goto(recordAddress(number))
  await expect(page.getByText(`Out of follow-up since ${inWords(day(400))}`)).toBeVisible()
  await page.goto(WORKLIST)
  await expect(page.getByRole('heading', { level: 1, name: 'Worklist' })).toBeVisible()
  await expect(rowsOf(page, number)).toHaveCount(0)
  const forms = [KEYS.severePain, KEYS.odi46, KEYS.eq5d21232, KEYS.noEvent]
  await enterVisit(page, number, 'M3', { date: day(91), keys: forms.join('') })
  expect(await storedScores(number, 'M3')).toMatchObject({ NPRS_AVG: 7, ODI: 46 })
}

async function refuseLater(page: Page, number: string): Promise<void> {
  await typeVisit(page, number, 'M24', { date: day(735), keys: KEYS.mildPain })
  await press(page, 'Save')
  const left = inWords(day(400))
  await expect(
    page.getByText(`is after the participant left follow-up (${left}). Only earlier assessments`).first(),
  ).toBeVisible()
  await expect(page.getByLabel('Visit date')).toHaveValue(day(735))
  await expect(
    page.getByRole('radiogroup', { name: 'Average pain' }).getByRole('radio', { name: '2' }),
  ).toBeChecked()
  expect(await storedScores(number, 'M24')).toEqual({})
}

async function comeBack(page: Page, number: string): Promise<void> {
  await addEntry(page, number, 'departures', { KIND: 'return', DATE: day(700) })
  await page.goto(visitAddress(number, 'M24'))
  // What was refused stands as a draft.
  await expect(page.getByLabel('Visit date')).toHaveValue(day(735))
  await saveVisit(page, number, 'M24')
  expect(await storedScores(number, 'M24')).toEqual({ NPRS_AVG: 2, NPRS_WORST: 4 })
}
