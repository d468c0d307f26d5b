import { withInstallation } from '@/db/testing/installation'
import { demoDatabase, STUDY } from './fixtures/demo'
import { choose, daysAgo, makeDueParticipant, rating, storedScores, visitAddress } from './fixtures/journeys'
import { formDataOf, readHiddenFields } from './fixtures/native-form'
import { expect, test } from './fixtures/test'

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
