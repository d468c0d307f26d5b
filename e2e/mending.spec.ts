import { STUDY } from './fixtures/demo'
import { choose, daysAgo, makeDueParticipant, storedScores, visitAddress } from './fixtures/journeys'
import { expect, test } from './fixtures/test'

const MOVED = 'Entered for the wrong participant'

test('a visit put on the wrong participant is mended by who made it: both sides, one reason, one press', async ({
  as,
}) => {
  const page = await as('coordinator')
  const wrong = await makeDueParticipant(page)
  const right = await makeDueParticipant(page)
  await page.goto(visitAddress(wrong, 'M1'))
  await page.getByLabel('Visit date').fill(daysAgo(1))
  await choose(page, 'Average pain', 4)
  await choose(page, 'Worst pain', 6)
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByText(`Saved ${wrong} M1`)).toBeVisible()

  await page.goto(visitAddress(wrong, 'M1'))
  await page.getByRole('link', { name: 'Wrong participant or visit?' }).click()
  await page.getByLabel('Right participant').fill(right)
  await page.getByRole('button', { name: 'Show both sides' }).click()
  await expect(page.getByRole('heading', { name: 'To, as it is now' })).toBeVisible()
  await expect(page.getByText('Average pain: 4')).toBeVisible()
  await expect(page.getByText('Nothing is entered.')).toBeVisible()
  const move = page.getByRole('form', { name: /^Move to/ })
  await move.getByLabel('Reason').selectOption(MOVED)
  await move.getByRole('button', { name: /^Move to/ }).click()

  await expect(page.getByRole('heading', { level: 1, name: `${right}, 1 month` })).toBeVisible()
  await expect(page.getByText(`Moved here from ${wrong}, 1 month.`)).toBeVisible()
  expect(await storedScores(wrong, 'M1')).toEqual({})
  expect(await storedScores(right, 'M1')).toMatchObject({ NPRS_AVG: 4, NPRS_WORST: 6 })
  for (const [number, told] of [
    [wrong, `Moved 1 month to ${right} 1 month`],
    [right, `Moved 1 month here from ${wrong} 1 month`],
  ] as const) {
    await page.goto(`/studies/${STUDY}/participants/${number}/history`)
    await expect(page.getByText(told)).toBeVisible()
  }
})

test('a number of another site is refused beside both sides, without JavaScript too; nothing moves', async ({
  as,
}) => {
  const page = await as('coordinator', { javaScript: false })
  await page.goto(`/studies/${STUDY}/participants/MEL-001/mend/visits/M12`)
  await page.getByLabel('Right participant').fill('MEL-999')
  await page.getByRole('button', { name: 'Show both sides' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'MEL-999' })).toContainText(
    'was not found, or is not yours to see',
  )
  const form = page.getByRole('form', { name: /^Void/ })
  await form.getByRole('button', { name: /^Void/ }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'Reason' })).toContainText(
    'Choose or write a reason',
  )
})

test('an unscheduled visit is added, entered and listed', async ({ as }) => {
  const page = await as('coordinator')
  const number = await makeDueParticipant(page)
  await page.goto(`/studies/${STUDY}/participants/${number}`)
  await page.getByRole('link', { name: 'Add unscheduled visit' }).click()
  await page.getByRole('button', { name: 'Add and enter' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'Choose at least one form' })).toBeVisible()
  await page.getByLabel('Date of the visit').fill(daysAgo(3))
  await page.getByLabel('Cause').fill('Pain flare')
  await page.getByRole('group', { name: 'Forms' }).getByRole('checkbox').first().check()
  await page.getByRole('button', { name: 'Add and enter' }).click()
  await expect(page.getByRole('heading', { level: 1, name: `${number}, unscheduled visit 1` })).toBeVisible()
  await expect(page.getByText('Unscheduled: Pain flare')).toBeVisible()
  await page.goto(`/studies/${STUDY}/participants/${number}`)
  await expect(page.getByRole('link', { name: 'Unscheduled visit 1' })).toBeVisible()
})
