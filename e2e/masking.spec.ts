import AxeBuilder from '@axe-core/playwright'
import { ARMS, lockMaskedStudy, makeMaskedStudy, makeMember } from './fixtures/masked-study'
import { expect, test } from './fixtures/test'

const STUDY = 'MASKED'
const ARM = new RegExp(ARMS.join('|'), 'i')

test.beforeAll(() => makeMaskedStudy(STUDY))

test('D5 an investigator sees the cohort pooled, and no arm in the source of any page', async ({ as }) => {
  const page = await as({ email: await makeMember(STUDY, 'investigator') })
  await page.goto(`/studies/${STUDY}/cohort`)
  await expect(page.getByText('Results by arm are closed until the study is locked')).toBeVisible()
  for (const path of ['cohort', 'participants', 'participants/MEL-001', 'participants/MEL-001/history']) {
    const response = await page.request.get(`/studies/${STUDY}/${path}`)
    expect.soft(response.status(), path).toBe(200)
    expect.soft(await response.text(), path).not.toMatch(ARM)
  }
})

test('a data manager sees the cohort by arm; axe finds nothing', async ({ as }) => {
  const page = await as({ email: await makeMember(STUDY, 'dataManager') })
  await page.goto(`/studies/${STUDY}/cohort`)
  for (const arm of ARMS) {
    const named = page.getByText(`Arm ${arm.toLowerCase()}`).filter({ visible: true })
    await expect.soft(named.first()).toBeVisible()
  }
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => [id, ...nodes.slice(0, 3).map(node => node.html)])).toEqual([])
})

test('with JavaScript switched off, a form that a lock overtook says so and keeps what was typed', async ({
  as,
}) => {
  const study = 'LOCKING'
  await makeMaskedStudy(study)
  const page = await as({ email: await makeMember(study, 'coordinator') }, { javaScript: false })
  await page.goto(`/studies/${study}/participants/MEL-007`)
  const form = page.getByRole('form', { name: 'Planned day zero' })
  await form.getByText('Plan day zero').click()
  await form.getByLabel('Planned day zero').fill('1 Feb 2027')
  await lockMaskedStudy(study)
  await form.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByRole('alert').filter({ hasText: /locked/i })).toContainText('Final analysis')
  await expect(page.getByRole('textbox', { name: 'Planned day zero' })).toHaveValue('1 Feb 2027')
  await expect(page.getByRole('textbox', { name: 'Planned day zero' })).toBeDisabled()
  await expect(page.getByText(/Locked by .+: Final analysis\. Nothing can be changed\./)).toBeVisible()

  await page.goto(`/studies/${study}/participants/register`)
  await expect(page.getByText('Nothing can be registered.')).toBeVisible()
  await expect(page.getByRole('main').locator('input, select, textarea, button')).toHaveCount(0)
})
