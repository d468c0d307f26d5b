import { withInstallation } from '@/db/testing/installation'
import { demoDatabase } from './fixtures/demo'
import { choose, daysAgo, makeDueParticipant, rating, storedScores, visitAddress } from './fixtures/journeys'
import { expect, test } from './fixtures/test'

test('JavaScript off: the page of a visit is whole', async ({ as }) => {
  const page = await as('coordinator', { javaScript: false })
  await page.goto(visitAddress('MEL-013', 'BL'))
  await expect(rating(page, 'Average pain')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Save', exact: true })).toBeVisible()
})

test('Enter goes from the visit date to the next control and saves nothing', async ({ as }) => {
  const page = await as('coordinator')
  const number = await makeDueParticipant(page)
  await page.goto(visitAddress(number, 'M1'))
  await page.getByLabel('Visit date').fill(daysAgo(0))
  await expect(page.getByText('Nothing entered yet').or(page.getByText('Not saved yet'))).toBeVisible()
  await page.getByLabel('Visit date').press('Enter')
  await expect(page.getByLabel('Contact').first()).toBeFocused()
  await page.getByLabel('Contact').first().press('Enter')
  await expect(page.getByLabel('Source').first()).toBeFocused()
  expect(await storedScores(number, 'M1')).toEqual({})
})

test('JavaScript off: a visit that was closed while it was open says so, with what was typed', async ({
  as,
}) => {
  const number = await makeDueParticipant(await as('coordinator'))
  const page = await as('coordinator', { javaScript: false })
  await page.goto(visitAddress(number, 'M1'))
  await page.getByLabel('Visit date').fill(daysAgo(0))
  await choose(page, 'Average pain', 2)
  const setOutcome = (outcome: string) =>
    withInstallation(demoDatabase(), ({ sqlite }) => {
      sqlite.prepare('UPDATE participants SET outcome = ? WHERE number = ?').run(outcome, number)
    })
  await setOutcome('screenFailure')
  try {
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await expect(
      page
        .getByRole('main')
        .getByRole('alert')
        .getByText(/screen failure/),
    ).toBeVisible()
    await expect(rating(page, 'Average pain').getByRole('radio', { name: '2' })).toBeChecked()
    await expect(rating(page, 'Average pain').getByRole('radio', { name: '2' })).toBeDisabled()
    expect(await storedScores(number, 'M1')).toEqual({})
  } finally {
    await setOutcome('enrolled')
  }
})
