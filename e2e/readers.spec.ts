import { STUDY } from './fixtures/demo'
import { visitAddress } from './fixtures/journeys'
import { expect, test } from './fixtures/test'

test('an investigator reads cohort and visits, and is offered no entry', async ({ as }) => {
  const page = await as('investigator')
  await page.goto(`/studies/${STUDY}/cohort`)
  await expect(page.getByRole('heading', { name: 'Figure 1. Scores over time' })).toBeVisible()
  await expect(page.getByText('Synthetic data').first()).toBeVisible()
  await page.goto(visitAddress('MEL-001', 'M12'))
  await expect(page.getByText('Average pain').first()).toBeVisible()
  await expect(page.getByRole('button', { name: /^Save/ })).toHaveCount(0)
  await expect(page.getByRole('main').locator('input, select, textarea')).toHaveCount(0)
  await page.goto(`/studies/${STUDY}/worklist`)
  await expect(page.getByRole('link', { name: 'Register participant' })).toHaveCount(0)
  await page.goto(`/studies/${STUDY}/participants/register`)
  await expect(page.getByRole('heading', { name: 'Not open to you' })).toBeVisible()
})

test('the cohort page says 7 of 9 with any reduction and 5 of 9 responders', async ({ as }) => {
  const page = await as('statistician')
  await page.goto(`/studies/${STUDY}/cohort`)
  const atYear = (rule: string) =>
    page.getByRole('row').filter({ hasText: rule }).filter({ hasText: '12 months' }).first()
  await expect(atYear('Any reduction in average pain')).toContainText('7/9')
  await expect(atYear('≥ 50 % reduction in average pain')).toContainText('5/9')
})

test('a statistician begins at the cohort and has no participants page', async ({ as }) => {
  const page = await as('statistician')
  await page.goto('/')
  await expect(page).toHaveURL(/\/cohort$/)
  await expect(page.getByRole('navigation', { name: 'Main' }).getByRole('link')).toHaveText([
    'Cohort',
    'Exports',
    'Study',
  ])
  await page.goto(`/studies/${STUDY}/participants`)
  await expect(page.getByRole('heading', { name: 'Not open to you' })).toBeVisible()
})

test('an administrator manages people and sees no clinical data', async ({ as }) => {
  const page = await as('administrator')
  await page.goto('/')
  await expect(page).toHaveURL(/\/users$/)
  await expect(page.getByRole('navigation', { name: 'Main' }).getByRole('link')).toHaveText([
    'Users and sites',
  ])
  await expect(page.getByText(/MEL-\d/)).toHaveCount(0)
})
