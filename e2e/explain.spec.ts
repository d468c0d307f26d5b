import { STUDY } from './fixtures/demo'
import { expect, test } from './fixtures/test'

const address = (query: string) => `/studies/${STUDY}/cohort/explain?${query}`

test('every figure leads to the participants behind its number', async ({ as }) => {
  const page = await as('investigator')
  await page.goto(`/studies/${STUDY}/cohort`)
  await page.getByRole('link', { name: /^Figure 2\. .*, explain$/ }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Explain this number' })).toBeVisible()
  const people = page.getByRole('region', { name: 'Participants, in or out' })
  await expect(people.getByRole('rowheader', { name: /^Met \(\d+\)$/ })).toBeVisible()
  await people
    .getByRole('link', { name: /^History: MEL-00\d/ })
    .first()
    .click()
  await expect(page.getByRole('heading', { level: 1, name: /^History of MEL-00\d$/ })).toBeVisible()
})

test('the published margin of five in nine is there with everybody in or out', async ({ as }) => {
  const page = await as('investigator')
  await page.goto(address('parameter=NPRS_AVG&visit=M12&rule=PAIN50'))
  const main = page.getByRole('main')
  await expect(main).toContainText('5/9, 56% (95% CI 26.7 to 81.1 Wilson, 21.2 to 86.3 Clopper–Pearson)')
  await expect(main).toContainText('9 expected = 5 met + 4 not met')
  await expect(main).toContainText('Met (5)')
  await expect(main).toContainText('Not met: does not reach the threshold (4)')
})

test('a number that is not there is refused with what is, and what was typed stays', async ({ as }) => {
  const page = await as('investigator')
  await page.goto(address('code=NOPE&visit=M12&strategy=composite'))
  await expect(page.locator('#code-error')).toContainText('“NOPE” is no score or rule of this result')
  await page.getByRole('textbox', { name: 'Score or rule, by code' }).fill('ODI30')
  await page.getByRole('button', { name: 'Explain' }).click()
  await expect(page).toHaveURL(/strategy=composite/)
  await expect(page.getByRole('main')).toContainText('ODI better by ≥ 30 %')
})

test('another number is chosen, and two states of knowledge are compared, without JavaScript', async ({
  as,
}) => {
  const page = await as('investigator', { javaScript: false })
  await page.goto(address('visit=M12'))
  await page.getByRole('combobox', { name: 'Score or rule' }).selectOption('PAIN_ANY')
  await page.getByRole('textbox', { name: 'What moved it since audit entry' }).fill('100')
  await page.getByRole('button', { name: 'Explain' }).click()
  await expect(page.getByRole('heading', { level: 2, name: 'What moved it' })).toBeVisible()
  await expect(page.getByRole('region', { name: 'The number before and now' })).toContainText('7/9')
  await expect(page.getByRole('region', { name: 'Participants whose part differs' })).toContainText('Entry ')
})
