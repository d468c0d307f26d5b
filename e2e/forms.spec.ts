import { ageSession } from '@/db/testing/accounts'
import { withInstallation } from '@/db/testing/installation'
import { demoDatabase, emailOf, STUDY } from './fixtures/demo'
import {
  choose,
  daysAgo,
  fillRegistration,
  makeDueParticipant,
  rating,
  storedScores,
  visitAddress,
} from './fixtures/journeys'
import { formDataOf, readHiddenFields } from './fixtures/native-form'
import { expect, signInAs, test } from './fixtures/test'

for (const javaScript of [true, false]) {
  test.describe(`a refused form, JavaScript ${javaScript ? 'on' : 'off'}`, () => {
    test('keeps what was typed into every kind of control', async ({ as }) => {
      const page = await as('coordinator', { javaScript })
      await page.goto(`/studies/${STUDY}/participants/register`)
      await fillRegistration(page, { age: '212', consentDaysAgo: 15 })
      await page.getByLabel('Previous treatment').fill('Physiotherapy\nand rest')
      await page.getByRole('group', { name: 'Type of pain' }).getByLabel('Radicular').check()
      await page.getByRole('button', { name: 'Register', exact: true }).click()

      await expect(page.getByText(/Age is 212/).first()).toBeVisible()
      await expect(
        page.getByRole('link', { name: /^Age at consent, completed years: Age is 212/ }),
      ).toBeVisible()
      await expect(page.getByLabel('Age at consent')).toHaveValue('212')
      await expect(page.getByLabel('Age at consent')).toHaveAttribute('aria-invalid', 'true')
      await expect(page.locator('input[name="site"]')).toHaveValue('MEL')
      await expect(page.getByLabel('Consent version signed')).toHaveValue('1.0')
      await expect(page.getByLabel('Date of consent')).toHaveValue(daysAgo(15))
      await expect(page.getByLabel('Previous treatment')).toHaveValue('Physiotherapy\nand rest')
      await expect(page.getByRole('group', { name: 'Type of pain' }).getByLabel('Radicular')).toBeChecked()
      await expect(page.getByRole('group', { name: /^E4 / }).getByLabel('No')).toBeChecked()

      await page.getByLabel('Age at consent').fill('62')
      await page.getByRole('button', { name: 'Register', exact: true }).click()
      await expect(page.getByRole('heading', { level: 1, name: /^MEL-\d{3}$/ })).toBeVisible()
    })

    test('keeps ratings, boxes, reasons and settings of a visit', async ({ as }) => {
      const page = await as('coordinator', { javaScript })
      await page.goto(visitAddress('MEL-013', 'BL'))
      // What an earlier journey left there is no part of this one.
      const discard = page.getByRole('button', { name: 'Discard' })
      if ((await discard.count()) > 0) {
        await discard.click()
        await expect(discard).toHaveCount(0)
      }
      await page.getByLabel('Visit date').fill('2199-01-01')
      await page.getByLabel('Contact').first().selectOption('phone')
      await choose(page, 'Average pain', 7)
      await page.getByLabel('Worst pain: not done, reason').selectOption('declined')
      await page.getByRole('radiogroup', { name: 'Lifting' }).getByRole('radio', { name: '4' }).check()
      await page.getByText('Two boxes were marked for one item').click()
      await page.getByRole('checkbox', { name: 'Lifting' }).check()
      await page.getByRole('textbox', { name: 'Body mass index' }).fill('26.5')
      await page.getByRole('button', { name: 'Save', exact: true }).click()

      await expect(page.getByLabel('Visit date')).toHaveAttribute('aria-invalid', 'true')
      await expect(page.getByLabel('Visit date')).toHaveValue('2199-01-01')
      await expect(page.getByLabel('Contact').first()).toHaveValue('phone')
      await expect(rating(page, 'Average pain').getByRole('radio', { name: '7' })).toBeChecked()
      await expect(page.getByLabel('Worst pain: not done, reason')).toHaveValue('declined')
      await expect(
        page.getByRole('radiogroup', { name: 'Lifting' }).getByRole('radio', { name: '4' }),
      ).toBeChecked()
      await expect(page.getByRole('checkbox', { name: 'Lifting' })).toBeChecked()
      await expect(page.getByRole('textbox', { name: 'Body mass index' })).toHaveValue('26.5')
      expect(await storedScores('MEL-013', 'BL')).toEqual({})
    })
  })
}

test('C2 two coordinators on one form: both values are shown, and nothing is lost', async ({ as }) => {
  const first = await as('coordinator')
  const second = await as('coordinator')
  const number = await makeDueParticipant(first)
  for (const page of [first, second]) {
    await page.goto(visitAddress(number, 'M1'))
    await page.getByLabel('Visit date').fill(daysAgo(0))
  }
  await choose(first, 'Average pain', 3)
  await choose(first, 'Worst pain', 7)
  await choose(second, 'Average pain', 6)
  await choose(second, 'Worst pain', 7)
  await first.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(first.getByText(`Saved ${number} M1.`)).toBeVisible()

  await second.getByRole('button', { name: 'Save', exact: true }).click()
  const conflict = second.getByRole('table').filter({ hasText: 'Stored now' })
  const row = conflict.getByRole('row').filter({ hasText: 'Average pain' })
  await expect(row).toContainText('6')
  await expect(row).toContainText('3')
  await expect(rating(second, 'Average pain').getByRole('radio', { name: '6' })).toBeChecked()
  await expect(second.getByText('Stored: 3')).toBeVisible()
  expect(await storedScores(number, 'M1')).toEqual({ NPRS_AVG: 3, NPRS_WORST: 7 })

  await row.getByRole('radio', { name: /your value/ }).check()
  await second.getByLabel('Reason for the change').selectOption('Typing error')
  await second.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(second.getByText(`Saved ${number} M1.`)).toBeVisible()
  expect(await storedScores(number, 'M1')).toEqual({ NPRS_AVG: 6, NPRS_WORST: 7 })
  const values = await withInstallation(demoDatabase(), ({ sqlite }) =>
    sqlite
      .prepare("SELECT changes FROM audit_entries WHERE subject = ? AND form = 'nprs' ORDER BY id")
      .pluck()
      .all(number),
  )
  expect(values.join()).toContain('"answers.NPRS_AVG":[{"value":3},{"value":6}]')
})

test('C2 a form sent twice is stored once', async ({ as, baseURL }) => {
  const page = await as('coordinator')
  const address = `/studies/${STUDY}/participants/register`
  const html = await (await page.request.get(address)).text()
  const answers = Object.entries({ I1: 'yes', I2: 'yes', I3: 'yes', E1: 'no', E2: 'no', E3: 'no', E4: 'no' })
  const fields: [string, string][] = [
    ['consentVersion', '1.0'],
    ['consentDate', daysAgo(3)],
    ...answers.map(([code, answer]): [string, string] => [`eligibility.${code}`, answer]),
    ['takesPart', 'yes'],
    ['ageAtConsent', '58'],
    ['sex', 'male'],
    // A criterion comes once more blank after its answer.
    ...readHiddenFields(html, 'Register participant'),
  ]
  const send = () =>
    page.request.post(address, {
      multipart: formDataOf(fields),
      headers: { Origin: baseURL ?? '' },
      maxRedirects: 0,
    })
  const [first, second] = [await send(), await send()]
  expect(first.status()).toBe(303)
  expect(second.status()).toBe(303)
  expect(second.headers().location).toBe(first.headers().location)
})

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

test.describe('a save whose answer does not come', () => {
  for (const fault of [
    'the network is gone',
    'a proxy answers 503',
    'the answer is lost after the save',
  ] as const) {
    test(`keeps what was typed, and the second sending stores once: ${fault}`, async ({ as }) => {
      const page = await as('coordinator')
      const number = await makeDueParticipant(page)
      const address = visitAddress(number, 'M1')
      await page.goto(address)
      await page.getByLabel('Visit date').fill(daysAgo(0))
      await choose(page, 'Average pain', 2)
      await choose(page, 'Worst pain', 3)
      if (fault === 'the network is gone') await page.context().setOffline(true)
      else
        await page.route(`**${address}*`, async route => {
          if (route.request().method() !== 'POST') return route.continue()
          if (fault === 'a proxy answers 503') return route.fulfill({ status: 503, body: 'Unavailable' })
          await route.fetch({ maxRedirects: 0 })
          return route.abort('connectionreset')
        })
      await page.getByRole('button', { name: 'Save', exact: true }).click()
      await expect(page.getByText(/server could not be reached/)).toBeVisible()
      await expect(page.getByLabel('Visit date')).toHaveValue(daysAgo(0))
      await expect(rating(page, 'Average pain').getByRole('radio', { name: '2' })).toBeChecked()
      await expect(rating(page, 'Worst pain').getByRole('radio', { name: '3' })).toBeChecked()

      await page.context().setOffline(false)
      await page.unroute(`**${address}*`)
      await page.getByRole('button', { name: 'Save', exact: true }).click()
      await expect(page.getByText(`Saved ${number} M1.`)).toBeVisible()
      expect(await storedScores(number, 'M1')).toEqual({ NPRS_AVG: 2, NPRS_WORST: 3 })
      expect(await countEntries(number, 'nprs')).toBe(1)
    })
  }
})

test('C2 gone back to after somebody changed it, a form is not said to be saved', async ({ as }) => {
  const first = await as('coordinator')
  const number = await makeDueParticipant(first)
  const fill = async () => {
    await first.getByLabel('Visit date').fill(daysAgo(0))
    await choose(first, 'Average pain', 4)
    await choose(first, 'Worst pain', 6)
    await first.getByRole('button', { name: 'Save', exact: true }).click()
  }
  await first.goto(`/studies/${STUDY}/participants/${number}`)
  await first.goto(visitAddress(number, 'M1'))
  await fill()
  await expect(first.getByText(`Saved ${number} M1.`)).toBeVisible()

  const second = await as('coordinator')
  await second.goto(visitAddress(number, 'M1'))
  await choose(second, 'Average pain', 5)
  await second.getByLabel('Reason for the change').selectOption('Typing error')
  await second.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(second.getByText(`Saved ${number} M1.`)).toBeVisible()

  await first.goBack()
  await expect(rating(first, 'Average pain').getByRole('radio', { name: '5' })).toBeChecked()
  await fill()
  await expect(first.getByRole('main').getByRole('alert')).toContainText('reason')
  expect(await storedScores(number, 'M1')).toEqual({ NPRS_AVG: 5, NPRS_WORST: 6 })
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

function countEntries(number: string, form: string): Promise<unknown> {
  return withInstallation(demoDatabase(), ({ sqlite }) =>
    sqlite
      .prepare("SELECT count(*) FROM audit_entries WHERE subject = ? AND form = ? AND entity = 'assessments'")
      .pluck()
      .get(number, form),
  )
}
