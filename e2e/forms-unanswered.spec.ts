import { withInstallation } from '@/db/testing/installation'
import { demoDatabase } from './fixtures/demo'
import { choose, daysAgo, makeDueParticipant, rating, storedScores, visitAddress } from './fixtures/journeys'
import { expect, test } from './fixtures/test'

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

function countEntries(number: string, form: string): Promise<unknown> {
  return withInstallation(demoDatabase(), ({ sqlite }) =>
    sqlite
      .prepare("SELECT count(*) FROM audit_entries WHERE subject = ? AND form = ? AND entity = 'assessments'")
      .pluck()
      .get(number, form),
  )
}
