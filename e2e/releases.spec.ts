import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { ARMS, makeMaskedStudy, makeMember } from './fixtures/masked-study'
import { expect, test } from './fixtures/test'

const STUDY = 'RELEASING'
const ARM = new RegExp(ARMS.join('|'), 'i')
const SUBJECT = /MEL-0\d\d/

test.beforeAll(() => makeMaskedStudy(STUDY))

/** The cohort page as it came, with every file that it offers. */
async function takeAll(page: Page): Promise<readonly { readonly name: string; readonly text: string }[]> {
  const address = `/studies/${STUDY}/cohort`
  await page.goto(address)
  const files = await page
    .locator('a[href*="/cohort/figures/"]')
    .evaluateAll(links => links.flatMap(link => link.getAttribute('href') ?? []))
  expect(files.length).toBeGreaterThan(3)
  const taken: { name: string; text: string }[] = []
  for (const file of [address, ...new Set(files)]) {
    const response = await page.request.get(file)
    expect.soft(response.status(), file).toBe(200)
    const name = `${file} ${response.headers()['content-disposition'] ?? ''}`
    taken.push({ name, text: file.includes('.png') ? '' : await response.text() })
  }
  return taken
}

function expectMasked(taken: readonly { readonly name: string; readonly text: string }[]): void {
  for (const { name, text } of taken) {
    expect.soft(name).not.toMatch(ARM)
    expect.soft(text, name).not.toMatch(ARM)
    expect.soft(text, name).not.toMatch(SUBJECT)
  }
}

test('a release opens masked arms to the statistician, is withdrawn, and every look is told', async ({
  as,
}) => {
  test.slow()
  const manager = await as({ email: await makeMember(STUDY, 'dataManager') })
  const statistician = await as({ email: await makeMember(STUDY, 'statistician') })
  const investigator = await as({ email: await makeMember(STUDY, 'investigator') })

  await test.step('before, results are pooled', async () => {
    const taken = await takeAll(statistician)
    expectMasked(taken)
    await expect(statistician.getByText('pooled results shown')).toBeVisible()
  })

  await test.step('the data manager releases them, confirmed and with a reason', async () => {
    await manager.goto(`/studies/${STUDY}/setup`)
    await manager.getByRole('link', { name: 'releases and looks by arm' }).click()
    await expect(manager.getByText('None. Results by arm open with the lock of the study.')).toBeVisible()
    const form = manager.getByRole('form', { name: 'Release results by arm' })
    await form.getByLabel('Arms masked').check()
    await form.getByLabel('Statisticians of the study').check()
    await form.getByLabel('Reason to release').selectOption('Meeting of the data monitoring committee')
    await form.getByRole('button', { name: 'Release results' }).click()
    await expect(
      form.getByText('Confirm the release: what was seen cannot be made unseen.').first(),
    ).toBeVisible()
    await form.getByLabel('Open results by arm before the study is locked').check()
    await form.getByRole('button', { name: 'Release results' }).click()
    await expect(
      manager.getByRole('listitem').filter({ hasText: /Arms masked.*In force.*Statisticians/ }),
    ).toBeVisible()
    const { violations } = await new AxeBuilder({ page: manager }).analyze()
    expect(violations.map(({ id, nodes }) => [id, ...nodes.slice(0, 3).map(node => node.html)])).toEqual([])
  })

  await test.step('the statistician sees Arm A, B and C, and in no file which is which', async () => {
    const taken = await takeAll(statistician)
    expectMasked(taken)
    await expect(statistician.getByText(/^Arms are masked: the letters/)).toBeVisible()
    await expect(statistician.getByText('Meeting of the data monitoring committee')).toBeVisible()
    expect(taken.some(({ text }) => /(^|,)C,/m.test(text))).toBe(true)
  })

  await test.step('an investigator sees pooled results still', async () => {
    await investigator.goto(`/studies/${STUDY}/cohort`)
    await expect(investigator.getByText('pooled results shown')).toBeVisible()
    await investigator.goto(`/studies/${STUDY}/releases`)
    await expect(investigator.getByRole('form', { name: 'Release results by arm' })).toHaveCount(0)
    await expect(investigator.getByText(/seen \d+ times by 1 person/)).toBeVisible()
    await expect(investigator.getByText('A statistician of')).toHaveCount(0)
  })

  await test.step('withdrawn, they are closed, and what was seen stays told', async () => {
    await manager.reload()
    await expect(manager.getByRole('row', { name: /A statistician of RELEASING/ })).toBeVisible()
    const form = manager.getByRole('form', { name: /Withdraw the release of/ })
    await form.getByText('Withdraw', { exact: true }).click()
    await expect(form.getByText(/seen by this release \d+ times\. What was seen stays seen/)).toBeVisible()
    await form.getByLabel('Reason to withdraw').selectOption('Meeting is over')
    await form.getByLabel('Close results by arm again all the same').check()
    await form.getByRole('button', { name: 'Withdraw the release' }).click()
    await expect(
      manager.getByText(/Withdrawn .*Meeting is over \(results by arm, opened by it, were seen/),
    ).toBeVisible()
    await statistician.goto(`/studies/${STUDY}/cohort`)
    await expect(statistician.getByText('pooled results shown')).toBeVisible()
    await manager.goto(`/studies/${STUDY}/audit`)
    await expect(manager.getByText('Meeting is over').first()).toBeVisible()
  })
})
