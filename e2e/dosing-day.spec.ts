import { STUDY } from './fixtures/demo'
import { choose, daysAgo, makeDueParticipant, register, visitAddress } from './fixtures/journeys'
import { expect, test } from './fixtures/test'

test('the dose asks of the day’s forms whether they came before it; a no is told as a lacking baseline', async ({
  as,
}) => {
  const page = await as('coordinator')
  const number = await register(page, { age: '51', consentDaysAgo: 30 })
  await page.goto(visitAddress(number, 'BL'))
  await page.getByLabel('Visit date').fill(daysAgo(3))
  await choose(page, 'Average pain', 6)
  await choose(page, 'Worst pain', 8)
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByText(`Saved ${number} BL.`)).toBeVisible()

  await page.goto(`/studies/${STUDY}/participants/${number}`)
  await page.getByRole('link', { name: 'Record first injection' }).click()
  const form = page.getByRole('form', { name: 'Record First injection' })
  await form.getByLabel('Date given').fill(daysAgo(3))
  await form.getByRole('button', { name: 'Record', exact: true }).click()
  const question = form.getByRole('group', { name: /NPRS of .* Were these taken before the dose\?/ })
  await expect(question).toBeVisible()
  await expect(form.getByLabel('I confirm')).toHaveCount(0)
  await question.getByLabel('No, after the dose').check()
  await form.getByRole('button', { name: 'Record', exact: true }).click()
  await expect(page.getByRole('link', { name: 'First injection', exact: true })).toBeVisible()
  await expect(page.getByRole('note')).toContainText(
    'Treated, but no baseline value: Average pain, Worst pain',
  )

  await page.getByRole('note').getByRole('link', { name: 'baseline' }).click()
  await page.getByLabel('On this dosing day').selectOption('Before the treatment')
  await page.getByLabel('Reason for the change').selectOption('Typing error')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByText(`Saved ${number} BL.`)).toBeVisible()
  await page.goto(`/studies/${STUDY}/participants/${number}`)
  await expect(page.getByText('Average pain', { exact: true }).first()).toBeVisible()
  await expect(page.getByText('no baseline value: Average pain')).toHaveCount(0)
})

test('a visit is declared missed for a reason of the list; a note that names somebody is asked about', async ({
  as,
}) => {
  const page = await as('coordinator')
  const number = await makeDueParticipant(page)
  await page.goto(visitAddress(number, 'M1'))
  const form = page.getByRole('form', { name: 'Whole visit not done' })
  await form.getByText('Whole visit not done…').click()
  await form.getByLabel('Why the visit was missed').selectOption('Could not be reached')
  await form.getByLabel('Note').fill('Rang Mr Bloggs twice')
  await form.getByRole('button', { name: 'Record as missed' }).click()
  await form.getByLabel('I confirm').check()
  await form.getByRole('button', { name: 'Record as missed' }).click()
  await expect(page.getByText(`Saved ${number} M1.`)).toBeVisible()
  await page.goto(visitAddress(number, 'M1'))
  await expect(page.getByRole('note')).toContainText('Could not be reached: Rang Mr Bloggs twice')
})
