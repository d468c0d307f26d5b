import type { Page } from '@playwright/test'
import { STUDY } from './fixtures/demo'
import { daysAgo, makeDueParticipant } from './fixtures/journeys'
import { hoursAgo } from './fixtures/site-time'
import { expect, test } from './fixtures/test'

const answer = (page: Page, question: string, choice: string) =>
  page.getByRole('group', { name: question }).getByLabel(choice, { exact: true }).check()

async function fillEvent(page: Page, term: string, aware: { day: string; time: string }): Promise<void> {
  await page.getByLabel('Event', { exact: true }).fill(term)
  await page.getByLabel('Category').selectOption('Infection')
  await page.getByLabel('Began', { exact: true }).fill(daysAgo(20))
  await answer(page, 'Still going on', 'Yes')
  await answer(page, 'Grade', '3 severe, not immediately life-threatening')
  await answer(page, 'Action taken', 'Treatment given')
  await page.getByLabel('Outcome').selectOption('Recovering')
  await answer(page, 'Meets a seriousness criterion', 'Yes')
  await answer(page, 'Criteria met', 'Hospitalisation, or prolonged')
  await page.getByLabel('Date of awareness').fill(aware.day)
  await page.getByLabel('Time of awareness').fill(aware.time)
}

test('a serious event asks for advice, starts its clock, is judged, and stands on worklists until reported', async ({
  as,
}) => {
  const page = await as('coordinator')
  const number = await makeDueParticipant(page)
  const log = `/studies/${STUDY}/participants/${number}/logs/adverse-events`
  await page.goto(`${log}/new`)
  await fillEvent(page, 'Wound infection with fever', hoursAgo(5))
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByText('names fever after a procedure').first()).toBeVisible()
  await answer(page, 'Participant was told to seek care at once', 'Yes')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page).toHaveURL(/adverse-events$/)
  const clocks = (on: Page) => on.getByRole('region', { name: 'Report to the sponsor' })
  await expect(clocks(page)).toContainText(/18 h 59 min left|19 h left/)

  const investigator = await as('investigator')
  await investigator.goto(`/studies/${STUDY}/worklist`)
  await clocks(investigator)
    .getByRole('row')
    .filter({ hasText: number })
    .getByRole('link', { name: /^Open/ })
    .click()
  await expect(investigator.getByLabel('Event', { exact: true })).toHaveCount(0)
  await answer(investigator, 'Judged serious', 'Yes')
  await answer(investigator, 'Relation to the procedure', 'Probable')
  await answer(investigator, 'Relation to the product', 'Unlikely')
  await investigator.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(investigator).toHaveURL(/adverse-events$/)
  await investigator.goto(`/studies/${STUDY}/safety?serious=1`)
  await expect(investigator.getByRole('row').filter({ hasText: number })).toContainText('Procedure: probable')

  await page.goto(`/studies/${STUDY}/worklist`)
  await clocks(page).getByRole('row').filter({ hasText: number }).getByRole('link', { name: /^Open/ }).click()
  await page.getByText('Record the report to the sponsor', { exact: true }).click()
  const told = hoursAgo(1)
  const form = page.getByRole('form', { name: 'Record the report to the sponsor' })
  await form.getByLabel('Date reported').fill(told.day)
  await form.getByLabel('Time reported').fill(told.time)
  await form.getByLabel('Reference').fill('SAE 1')
  await form.getByRole('button', { name: 'Record', exact: true }).click()
  await expect(page.getByRole('region', { name: 'Reports to the sponsor' })).toContainText(
    'reported after 4 h',
  )
  await investigator.goto(`/studies/${STUDY}/worklist`)
  await expect(clocks(investigator).getByText(number)).toHaveCount(0)
})
