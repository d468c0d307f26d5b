import type { Page } from '@playwright/test'
import { withInstallation } from '@/db/testing/installation'
import { demoDatabase, demoPassword, emailOf, serverPort } from './fixtures/demo'
import { expect, makeAccount, signInAs, test } from './fixtures/test'

const PASSWORD = 'amber kettle river seven'

async function fillIn(page: Page, email: string, password: string) {
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

/** Next's own announcer of page changes is an alert too. */
function message(page: Page) {
  return page.getByRole('main').getByRole('alert')
}

function makePerson(name: string) {
  const email = `${name.toLowerCase()}@demo.example`
  return makeAccount({ email, name, role: 'investigator', study: 'ADMSC', site: 'MEL', password: PASSWORD })
}

test.describe('first visit', () => {
  for (const host of ['localhost', '127.0.0.1']) {
    for (const javaScriptEnabled of [false, true]) {
      test(`signs in at ${host}, JavaScript ${javaScriptEnabled ? 'on' : 'off'}`, async ({ browser }) => {
        const context = await browser.newContext({ javaScriptEnabled })
        const page = await context.newPage()
        await page.goto(`http://${host}:${serverPort()}/`)
        await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
        await fillIn(page, emailOf('coordinator'), demoPassword())
        await expect(page).toHaveURL(`http://${host}:${serverPort()}/studies/ADMSC/worklist`)
        await expect(page.getByText('Demo Coordinator')).toBeVisible()
        await context.close()
      })
    }
  }

  test('comes back to the page that was wanted, also after a mistyped password', async ({ page }) => {
    await page.goto('/studies/ADMSC/cohort')
    await fillIn(page, emailOf('investigator'), 'mistyped on purpose')
    await expect(message(page)).toContainText('do not fit')
    await expect(page.getByLabel('E-mail')).toHaveValue(emailOf('investigator'))
    await page.getByLabel('Password').fill(demoPassword())
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(page).toHaveURL(/\/studies\/ADMSC\/cohort$/)
  })

  test('shows an address with a percent sign again as it was typed', async ({ page }) => {
    await page.goto('/sign-in')
    await fillIn(page, 'a%zz@example.org', 'mistyped on purpose')
    await expect(message(page)).toContainText('do not fit')
    await expect(page.getByLabel('E-mail')).toHaveValue('a%zz@example.org')
  })

  test('says that the password is set, and is not asked for a cookie first', async ({ page }) => {
    await page.goto('/sign-in?done=password')
    await expect(page.getByText('Password set. Sign in with it now.')).toBeVisible()
    await fillIn(page, emailOf('coordinator'), demoPassword())
    await expect(page.getByText('Demo Coordinator')).toBeVisible()
  })

  test('does not follow an address of another site', async ({ page, baseURL }) => {
    await page.goto('/sign-in?callbackUrl=https://elsewhere.example/')
    await fillIn(page, emailOf('investigator'), demoPassword())
    await expect(page.getByText('Demo Investigator')).toBeVisible()
    expect(new URL(page.url()).origin).toBe(baseURL)
  })
})

test('a browser that keeps no cookies is told so', async ({ baseURL }) => {
  // Node's fetch follows redirects and keeps no cookie.
  const answer = await fetch(`${baseURL}/sign-in`)
  expect(answer.status).toBe(200)
  expect(await answer.text()).toContain('needs cookies')
})

test.describe('D4 lockout', () => {
  test('answers an unknown account, a wrong password and a locked account alike', async ({ page }) => {
    const email = await makePerson('Locked')
    const refuse = async (who: string, password: string) => {
      await page.goto('/sign-in')
      await fillIn(page, who, password)
      await expect(message(page)).toBeVisible()
      return message(page).textContent()
    }
    const unknown = await refuse('nobody@demo.example', PASSWORD)
    for (let attempt = 0; attempt < 5; attempt += 1)
      expect(await refuse(email, 'not the password')).toBe(unknown)
    // The right password, after five wrong ones.
    expect(await refuse(email, PASSWORD)).toBe(unknown)
    const acts = await withInstallation(demoDatabase(), ({ sqlite }) =>
      sqlite.prepare("SELECT act FROM audit_entries WHERE actor = 'Locked' ORDER BY id").pluck().all(),
    )
    expect(acts).toEqual([...Array(4).fill('signInFailed'), 'signInLockedOut', 'signInLockedOut'])
  })
})

test.describe('D3 sessions', () => {
  test('end with sign-out, for every window that used them', async ({ browser, baseURL }) => {
    const context = await browser.newContext()
    await signInAs(context, await makePerson('Leaving'), baseURL ?? '')
    const page = await context.newPage()
    await page.goto('/')
    const cookies = await context.cookies()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
    // The token is still well formed; what it names is over.
    await context.addCookies(cookies)
    await page.goto('/studies/ADMSC/cohort')
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
    await context.close()
  })

  test('end within a second when an administrator deactivates the account', async ({ as }) => {
    const email = await makePerson('Departing')
    const page = await as({ email })
    await page.goto('/studies/ADMSC/cohort')
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()

    const admin = await as('administrator')
    await admin.goto('/users')
    const row = admin.getByRole('row').filter({ hasText: email })
    await row.getByText('Change Departing').click()
    await row.getByLabel('Reason to deactivate').fill('Left the study')
    await row.getByRole('button', { name: 'Deactivate' }).click()
    await expect(row.getByRole('cell', { name: 'Deactivated', exact: true })).toBeVisible()

    await page.reload()
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
  })

  test('cannot be made up: a token without a session in the database opens nothing', async ({ page }) => {
    await page
      .context()
      .addCookies([{ name: 'next-auth.session-token', value: 'made-up', domain: 'localhost', path: '/' }])
    await page.goto('/studies/ADMSC/cohort')
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
  })
})
