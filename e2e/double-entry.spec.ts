import type { Page } from '@playwright/test'
import { seedStudy } from '@/db/testing/factories'
import { withInstallation } from '@/db/testing/installation'
import { seedOutcomes } from '@/db/testing/seed-outcomes'
import { SMALL_PROTOCOL } from '@/db/testing/small-protocol'
import { demoDatabase } from './fixtures/demo'
import { choose, daysAgo } from './fixtures/journeys'
import { expect, makeAccount, test } from './fixtures/test'

const CODE = 'TWICE'
const BASE = `/studies/${CODE}`
const VISIT = `${BASE}/participants/MEL-001/visits/BL`

function makeTwiceStudy(): Promise<void> {
  return withInstallation(demoDatabase(), ({ db }) => {
    const study = { ...SMALL_PROTOCOL.study, code: CODE, title: 'Every form twice' }
    const protocol = { ...SMALL_PROTOCOL, study, doubleEntry: { forms: ['nprs', 'EXAM'] } }
    const seeded = seedStudy(db, protocol, { sites: ['MEL'], synthetic: true })
    seedOutcomes(db, seeded, [{ number: 'MEL-001', enrolledOn: daysAgo(30) }])
  })
}

function makeCoordinator(name: string): Promise<string> {
  const email = `${name.toLowerCase()}@twice.example`
  return makeAccount({ email, name, role: 'coordinator', study: CODE })
}

async function enter(page: Page, bodyMassIndex: string): Promise<void> {
  await choose(page, 'Average pain', 4)
  await choose(page, 'Worst pain', 9)
  await page.getByRole('textbox', { name: 'Body mass index' }).fill(bodyMassIndex)
}

test('a second person enters blind, and only what differs is decided', async ({ as }) => {
  await makeTwiceStudy()
  const first = await as({ email: await makeCoordinator('Ada') })
  await first.goto(VISIT)
  await first.getByLabel('Visit date').fill(daysAgo(10))
  await enter(first, '31.7')
  await first.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(first.getByText('Saved MEL-001 BL.')).toBeVisible()
  await first.goto(`${VISIT}/second`)
  await expect(first.getByText(/You entered these yourself/)).toBeVisible()
  await expect(first.getByRole('button', { name: /Save the second entry/ })).toHaveCount(0)

  const second = await as({ email: await makeCoordinator('Ben') })
  await second.goto(`${BASE}/worklist`)
  await second.getByRole('link', { name: 'MEL-001, baseline: second entry' }).click()
  await expect(second.getByRole('heading', { level: 1 })).toContainText('second entry')
  // Whole, with the data that goes to the browser beside what is drawn.
  const html = await (await second.request.get(`${VISIT}/second`)).text()
  expect(html).toContain('Body mass index')
  expect(html).not.toContain('31.7')
  await expect(second.locator('input[type="radio"]:checked')).toHaveCount(0)
  await enter(second, '37.1')
  await expect(second.getByText(/^Draft kept \d/)).toBeVisible()
  await second.getByRole('button', { name: /Save the second entry/ }).click()
  await expect(second.getByText(/1 form differs from the first/)).toBeVisible()

  await second.getByRole('link', { name: 'MEL-001, baseline: decide differences' }).click()
  const form = second.getByRole('form', { name: 'MEL-001, Baseline, differences' })
  await expect(form.getByRole('group')).toHaveCount(1)
  await form.getByRole('button', { name: 'Save the decisions' }).click()
  await expect(form.getByText('Choose which value holds.').first()).toBeVisible()
  await form.getByLabel('Second: 37.1').check()
  await form.getByLabel('Reason', { exact: true }).selectOption('First entry misread the source')
  await form.getByRole('button', { name: 'Save the decisions' }).click()
  await expect(second.getByText('Saved MEL-001 BL, differences decided.')).toBeVisible()
  await expect(second.getByRole('region', { name: 'Double entry' })).toHaveCount(0)
  await second.goto(VISIT)
  await expect(second.getByRole('textbox', { name: 'Body mass index' })).toHaveValue('37.1')
})
