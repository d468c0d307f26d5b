import type { Page } from '@playwright/test'
import type { LogCode } from '@/lib/domain/logs/log'
import { LOGS } from '@/lib/domain/logs/registry'
import { STUDY } from './fixtures/demo'
import { register } from './fixtures/journeys'
import { CONSENT_DAYS_AGO, LOG_CASES } from './fixtures/log-cases'
import { entryForm, fieldsOf, fillEntry, logAddress, logOf, saveEntry } from './fixtures/log-entries'
import { expect, makeAccount, test } from './fixtures/test'
import { expectProblems, expectTyped, type Typed } from './fixtures/typed-fields'

/** Drafts are a person's own: these journeys share their coordinators with no other. */
const [ONE, OTHER] = ['One', 'Other'].map(name => ({
  email: `log.forms.${name.toLowerCase()}@demo.example`,
  name: `${name} Log Coordinator`,
  role: 'coordinator' as const,
  study: STUDY,
  site: 'MEL',
}))
if (!ONE || !OTHER) throw new Error('two people are needed')

test.beforeAll(async () => {
  await makeAccount(ONE)
  await makeAccount(OTHER)
})

for (const javaScript of [true, false]) {
  test.describe(`JavaScript ${javaScript ? 'on' : 'off'}`, () => {
    let registered: Promise<string> | null = null
    const numberFor = (page: Page) => {
      registered ??= register(page, { age: '48', consentDaysAgo: CONSENT_DAYS_AGO })
      return registered
    }

    for (const { code, name } of LOGS) {
      test(`${name}: refused values stay and are answered beside the field; changed, in conflict, voided`, async ({
        as,
      }) => {
        const page = await as(ONE, { javaScript })
        const number = await numberFor(page)
        const { entry, mistakes, edited } = LOG_CASES[code]
        await test.step('what is wrong is refused, and nothing is lost', async () => {
          await page.goto(`${logAddress(number, code)}/new`)
          await fillEntry(page, code, entry)
          for (const { typed, said } of mistakes) {
            await fillEntry(page, code, typed)
            await saveEntry(page, code)
            await expectRefused(page, code, { ...entry, ...typed }, said)
            await fillEntry(page, code, onlyOf(entry, Object.keys(typed)))
          }
          await saveEntry(page, code)
          await expect(page).toHaveURL(new RegExp(`${logAddress(number, code)}$`))
          await expect(entriesOf(page)).toHaveCount(1)
        })
        const address = await entriesOf(page).getByRole('link').getAttribute('href')
        const second = await as(OTHER, { javaScript })
        await second.goto(address ?? '')
        await test.step('a change wants a reason', async () => {
          await page.goto(address ?? '')
          await fillEntry(page, code, { [edited]: 'One way' })
          await saveEntry(page, code)
          await expect(page.getByRole('alert').filter({ hasText: /reason/i })).toBeVisible()
          await expectTyped(entryForm(page, code), fieldsOf(code), { [edited]: 'One way' })
          await giveReason(page, code)
          await expect(page).toHaveURL(/\/logs\/[a-z-]+$/)
        })
        await test.step('two people: both values are shown, and one is chosen', async () => {
          await fillEntry(second, code, { [edited]: 'Another way' })
          await giveReason(second, code)
          const conflict = second.getByRole('table').filter({ hasText: 'Stored now' })
          await expect(conflict).toContainText('One way')
          await expect(conflict).toContainText('Another way')
          await conflict.getByRole('radio', { name: /your value/ }).check()
          await giveReason(second, code)
          await expect(second).toHaveURL(/\/logs\/[a-z-]+$/)
          await second.goto(address ?? '')
          await expectTyped(entryForm(second, code), fieldsOf(code), { [edited]: 'Another way' })
        })
        await test.step('voided with a reason, it leaves the list', async () => {
          const form = second.getByRole('form', { name: `Void this ${logOf(code).one}` })
          await form.getByText('Entered in error', { exact: true }).click()
          await form.getByRole('button', { name: 'Void', exact: true }).click()
          await expect(form.getByRole('alert').filter({ hasText: /reason/i })).toBeVisible()
          await form.getByLabel('Reason', { exact: true }).selectOption('Entered twice')
          await form.getByRole('button', { name: 'Void', exact: true }).click()
          await expect(second.getByText('1 voided entry')).toBeVisible()
          await expect(entriesOf(second)).toHaveCount(0)
        })
      })
    }
  })
}

/** Refused with all that was typed still there, and each wrong field told what is wrong with it. */
async function expectRefused(
  page: Page,
  code: LogCode,
  typed: Typed,
  said: Readonly<Record<string, RegExp>>,
): Promise<void> {
  const [form, fields] = [entryForm(page, code), fieldsOf(code)]
  await expect(form.getByRole('alert').filter({ hasText: 'Not saved' })).toBeVisible()
  await expectProblems(form, fields, said)
  await expectTyped(form, fields, typed)
}

async function giveReason(page: Page, code: LogCode): Promise<void> {
  await entryForm(page, code)
    .getByLabel('Reason, where a stored value changes')
    .selectOption('Source document corrected')
  await saveEntry(page, code)
}

/** The entries that the page of a log lists. */
function entriesOf(page: Page) {
  return page.getByRole('table').locator('tbody').getByRole('row')
}

function onlyOf(typed: Typed, codes: readonly string[]): Typed {
  return Object.fromEntries(Object.entries(typed).filter(([code]) => codes.includes(code)))
}
