import { register, visitAddress } from './fixtures/journeys'
import { expect, test } from './fixtures/test'
import { saveVisit } from './fixtures/visit-entry'

/** Pages of a printed file: its page objects, which are never compressed in what Chromium prints. */
function countPages(pdf: Buffer): number {
  return pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0
}

/** Width and height of every page, in points. */
function listPageSizes(pdf: Buffer): string[] {
  const boxes = pdf.toString('latin1').matchAll(/\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]/g)
  return [...boxes].map(([, width, height]) => `${Math.round(Number(width))} × ${Math.round(Number(height))}`)
}

const A4 = '595 × 842'

test('the longest visit of the study, with images of two levels, prints on one or two pages of A4', async ({
  as,
}) => {
  const page = await as('coordinator')
  const number = await register(page, { age: '47', consentDaysAgo: 20 })
  await page.goto(visitAddress(number, 'BL'))
  await page.getByLabel('Visit date').fill(new Date(Date.now() - 15 * 86_400_000).toISOString().slice(0, 10))
  const another = page.getByRole('group', { name: 'Another of MRI findings' })
  await another.getByLabel('Level or joint').fill('L5/S1')
  await another.getByRole('button', { name: 'Add level or joint' }).click()
  for (const level of ['L4/L5', 'L5/S1']) {
    const form = page.getByRole('region', { name: `MRI findings, ${level}` })
    await form.getByRole('radiogroup').first().getByRole('radio').first().check()
  }
  await saveVisit(page, number, 'BL')

  await page.goto(`${visitAddress(number, 'M12')}/sheet`)
  for (const level of ['L4/L5', 'L5/S1'])
    await expect(page.getByRole('heading', { name: `MRI findings, ${level}` })).toBeVisible()
  const pdf = await page.pdf({ preferCSSPageSize: true })
  const sizes = listPageSizes(pdf)
  expect(countPages(pdf)).toBe(sizes.length)
  expect([1, 2]).toContain(sizes.length)
  expect(new Set(sizes)).toEqual(new Set([A4]))
})
