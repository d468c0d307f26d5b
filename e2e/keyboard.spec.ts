import type { Page } from '@playwright/test'
import { STUDY } from './fixtures/demo'
import { daysAgo, fillRegistration, recordFirstDose, storedScores, visitAddress } from './fixtures/journeys'
import { expect, makeAccount, test } from './fixtures/test'

/** Counts every key that is pressed; keys held together count one by one. */
function countKeys(page: Page) {
  const pressed: string[] = []
  return {
    pressed,
    press: async (key: string) => {
      pressed.push(...key.split('+'))
      await page.keyboard.press(key)
    },
  }
}

/** Somebody of a site where nobody else works, so that the worklist is this journey's own. */
async function makeCoordinator(name: string, site: string): Promise<{ email: string }> {
  const account = { name, role: 'coordinator', study: STUDY, site } as const
  return {
    email: await makeAccount({ ...account, email: `${name.replace(' ', '.').toLowerCase()}@demo.example` }),
  }
}

async function makeTreated(page: Page, daysSinceDose: number): Promise<string> {
  await page.goto(`/studies/${STUDY}/participants/register`)
  await fillRegistration(page, { age: '47', consentDaysAgo: daysSinceDose + 30 })
  await page.getByRole('button', { name: 'Register', exact: true }).click()
  const heading = page.getByRole('heading', { level: 1, name: /^KE[YSE]-\d{3}$/ })
  await expect(heading).toBeVisible()
  const number = (await heading.textContent()) ?? ''
  await recordFirstDose(page, number, daysSinceDose)
  return number
}

test('from the worklist to the saved visit: NPRS and ODI with at most ten keys beside the values', async ({
  as,
}) => {
  const page = await as(await makeCoordinator('Key Counter', 'KEY'))
  const number = await makeTreated(page, 91)
  await page.goto(`/studies/${STUDY}/worklist`)
  await expect(page.getByRole('row').filter({ hasText: number }).first()).toBeVisible()
  const keys = countKeys(page)

  const isThere = () =>
    page.evaluate(
      text => document.activeElement?.getAttribute('aria-label')?.includes(text) === true,
      `${number}, 3 months`,
    )
  while (!(await isThere())) await keys.press('j')
  await keys.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: `${number}, 3 months` })).toBeVisible()
  await expect(page.getByLabel('Visit date')).toBeFocused()
  // Today, then contact and source are passed by.
  await keys.press('t')
  await keys.press('Enter')
  await keys.press('Enter')
  // Average 4, worst 10, and the ten sections: 23 of 50.
  await page.keyboard.type('4t')
  await page.keyboard.type('2323232222')
  await keys.press('Control+Enter')

  await expect(page.getByText(`Saved ${number} M3.`)).toBeVisible()
  await expect(page).not.toHaveURL(new RegExp(`/${number}/visits/M3`))
  expect(await storedScores(number, 'M3')).toEqual({ NPRS_AVG: 4, NPRS_WORST: 10, ODI: 46 })
  expect(keys.pressed.length, keys.pressed.join(' ')).toBeLessThanOrEqual(10)
})

test('F8 goes to each problem, N to the reasons, and letters can be switched off', async ({ as }) => {
  const page = await as(await makeCoordinator('Key Switcher', 'KES'))
  const number = await makeTreated(page, 30)
  await page.goto(visitAddress(number, 'M1'))
  await expect(page.getByText('Nothing entered yet')).toBeVisible()
  await page.getByLabel('Visit date').fill(daysAgo(0))
  const average = page.getByRole('radiogroup', { name: 'Average pain' })
  const worst = page.getByRole('radiogroup', { name: 'Worst pain' })
  await average.getByRole('radio').first().focus()
  await page.keyboard.type('64')
  await page.keyboard.press('F8')
  const confirm = page.getByLabel(/^Confirm: worst pain \(4\) is below average pain \(6\)/)
  await expect(confirm).toBeFocused()
  // A letter of the list and Enter: nothing is confirmed before.
  await expect(confirm).toHaveValue('')
  await page.keyboard.press('A')
  await page.keyboard.press('Enter')
  await page.keyboard.press('F8')
  await expect(confirm).not.toBeFocused()

  await average.getByRole('radio').first().focus()
  await page.keyboard.press('n')
  await expect(page.getByLabel('Average pain: not done, reason')).toBeFocused()

  await page.getByLabel('Letters and digits are keys').uncheck()
  await worst.getByRole('radio', { name: '4', exact: true }).focus()
  await page.keyboard.press('7')
  await expect(worst.getByRole('radio', { name: '4', exact: true })).toBeChecked()
  await page.reload()
  await expect(page.getByLabel('Letters and digits are keys')).not.toBeChecked()
})

test('what is chosen before the scripts run is counted once they do', async ({ as }) => {
  const page = await as(await makeCoordinator('Early Typist', 'KEE'))
  const number = await makeTreated(page, 30)
  let letGo = () => {}
  const held = new Promise<void>(resolve => {
    letGo = resolve
  })
  await page.route('**/*.js*', async route => {
    await held
    await route.continue()
  })
  await page.goto(visitAddress(number, 'M1'), { waitUntil: 'domcontentloaded' })
  for (const [name, value] of [
    ['Average pain', '6'],
    ['Worst pain', '4'],
  ] as const) {
    // Playwright's own click waits for frames, of which a page without its scripts draws none here.
    await page
      .getByRole('radiogroup', { name })
      .getByRole('radio', { name: value, exact: true })
      .dispatchEvent('click')
  }
  await expect(page.getByText(/^This visit, 0 of/)).toBeVisible()
  letGo()
  await expect(page.getByText(/^Not saved yet, 2 of/)).toBeVisible()
  await expect(page.getByLabel(/^Confirm: worst pain \(4\) is below average pain \(6\)/)).toBeVisible()
})

test('the search for a participant takes a stroke', async ({ as }) => {
  const page = await as('coordinator')
  await page.goto(`/studies/${STUDY}/participants`)
  // A stroke before the page's scripts run does nothing, so that it may have to be repeated.
  await expect(async () => {
    await page.keyboard.press('/')
    await expect(page.getByLabel('Find participant')).toBeFocused({ timeout: 1000 })
  }).toPass()
  await page.keyboard.type('MEL-00/')
  await expect(page.getByLabel('Find participant')).toHaveValue('MEL-00/')
})
