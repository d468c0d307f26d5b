import { readFileSync } from 'node:fs'
import { STUDY } from './fixtures/demo'
import { expect, test } from './fixtures/test'

test('a participant’s story is reached from the record, names nobody, and leaves as a picture', async ({
  as,
}) => {
  const page = await as('investigator')
  await page.goto(`/studies/${STUDY}/participants/MEL-006`)
  await page.getByRole('link', { name: 'Story for a case report' }).click()
  await expect(page.getByRole('heading', { name: 'Participant', exact: true })).toBeVisible()
  const main = page.getByRole('main')
  await expect(main.getByText('Months since day zero').filter({ visible: true })).toBeVisible()
  await expect(
    main.getByText('~Pain flare').or(main.getByText('Pain flare, grade 2')).filter({ visible: true }).first(),
  ).toBeVisible()
  const told = await main.textContent()
  expect(told).not.toMatch(/MEL|Melbourne|\b20\d\d\b/)
  expect(await page.title()).not.toContain('MEL')

  const loading = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Course, SVG' }).click()
  const file = await loading
  expect(file.suggestedFilename()).toMatch(/^ADMSC_synthetic_entry-\d+_story\.svg$/)
  const svg = readFileSync(await file.path(), 'utf8')
  expect(svg).toContain('Synthetic data')
  expect(svg).not.toMatch(/MEL|\b20\d\d-/)
})

test('a file of a participant whose number cannot be one is absent, whatever it is made of', async ({
  as,
}) => {
  const page = await as('investigator')
  for (const number of ['MEL-999', '%25', '%25E0%25A4%25A', '..%2FMEL-001']) {
    const answer = await page.request.get(`/studies/${STUDY}/participants/${number}/story/files/story.csv`)
    expect(answer.status(), number).toBe(404)
  }
})
