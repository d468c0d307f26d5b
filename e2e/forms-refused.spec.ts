import { STUDY } from './fixtures/demo'
import { choose, daysAgo, fillRegistration, rating, storedScores, visitAddress } from './fixtures/journeys'
import { expect, test } from './fixtures/test'

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
