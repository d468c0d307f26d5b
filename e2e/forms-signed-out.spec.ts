import { ageSession } from '@/db/testing/accounts'
import { withInstallation } from '@/db/testing/installation'
import { demoDatabase, emailOf } from './fixtures/demo'
import { choose, daysAgo, makeDueParticipant, rating, storedScores, visitAddress } from './fixtures/journeys'
import { expect, signInAs, test } from './fixtures/test'

test('D3 an expired session does not lose what was typed', async ({ browser, baseURL, as }) => {
  const number = await makeDueParticipant(await as('coordinator'))
  const context = await browser.newContext()
  const sid = await signInAs(context, emailOf('coordinator'), baseURL ?? '')
  const page = await context.newPage()
  await page.goto(visitAddress(number, 'M1'))
  await page.getByLabel('Visit date').fill(daysAgo(0))
  await choose(page, 'Average pain', 2)
  await choose(page, 'Worst pain', 3)
  await withInstallation(demoDatabase(), ({ db }) => ageSession(db, sid, 31))

  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByRole('link', { name: 'Sign in in a new tab' })).toBeVisible()
  await expect(rating(page, 'Average pain').getByRole('radio', { name: '2' })).toBeChecked()
  expect(await storedScores(number, 'M1')).toEqual({})

  await signInAs(context, emailOf('coordinator'), baseURL ?? '')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByText(`Saved ${number} M1.`)).toBeVisible()
  expect(await storedScores(number, 'M1')).toEqual({ NPRS_AVG: 2, NPRS_WORST: 3 })
  await context.close()
})

test('D3 JavaScript off, an expired session does not lose what was typed', async ({
  browser,
  baseURL,
  as,
}) => {
  const number = await makeDueParticipant(await as('coordinator'))
  const context = await browser.newContext({ javaScriptEnabled: false })
  const sid = await signInAs(context, emailOf('coordinator'), baseURL ?? '')
  const page = await context.newPage()
  await page.goto(visitAddress(number, 'M1'))
  await page.getByLabel('Visit date').fill(daysAgo(0))
  await choose(page, 'Average pain', 2)
  await choose(page, 'Worst pain', 3)
  await withInstallation(demoDatabase(), ({ db }) => ageSession(db, sid, 31))

  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Signed out' })).toBeVisible()
  await expect(page.getByText('Nothing was saved.')).toBeVisible()
  await expect(page.getByText(number)).toHaveCount(0)
  expect(await storedScores(number, 'M1')).toEqual({})

  await signInAs(context, emailOf('coordinator'), baseURL ?? '')
  await page.reload()
  await expect(page.getByText(`Saved ${number} M1.`)).toBeVisible()
  expect(await storedScores(number, 'M1')).toEqual({ NPRS_AVG: 2, NPRS_WORST: 3 })
  await context.close()
})
