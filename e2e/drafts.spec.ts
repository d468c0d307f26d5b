import type { Page } from '@playwright/test'
import { ageSession } from '@/db/testing/accounts'
import { withInstallation } from '@/db/testing/installation'
import { demoDatabase, STUDY } from './fixtures/demo'
import {
  choose,
  daysAgo,
  fillRegistration,
  makeDueParticipant,
  rating,
  storedScores,
  visitAddress,
} from './fixtures/journeys'
import { expect, makeAccount, signInAs, test } from './fixtures/test'

/** Of these journeys alone: nobody else's leave or take away a draft. */
const TYPIST = { email: 'typist.melbourne@demo.example' }
test.beforeAll(() =>
  makeAccount({ ...TYPIST, name: 'Typist', role: 'coordinator', study: STUDY, site: 'MEL' }),
)

const kept = (page: Page) => page.getByText(/^Draft kept \d\d:\d\d$/)
const restored = (page: Page) => page.getByRole('form', { name: 'Unfinished input' })

test('what is typed is kept within two seconds, comes back in another window, and ends with the save', async ({
  as,
}) => {
  const page = await as(TYPIST)
  const number = await makeDueParticipant(page)
  const address = visitAddress(number, 'M1')
  await page.goto(address)
  await page.getByLabel('Visit date').fill(daysAgo(1))
  await choose(page, 'Average pain', 6)
  await expect(kept(page)).toBeVisible({ timeout: 2000 })

  const again = await as(TYPIST)
  await again.goto(`/studies/${STUDY}/worklist`)
  const unfinished = again.getByRole('region', { name: 'Unfinished' })
  await unfinished.getByRole('link', { name: `${number}, 1 month` }).click()
  await expect(restored(again)).toContainText(/Unfinished input from .* restored\./)
  await expect(again.getByLabel('Visit date')).toHaveValue(daysAgo(1))
  await expect(rating(again, 'Average pain').getByRole('radio', { name: '6', exact: true })).toBeChecked()
  await choose(again, 'Worst pain', 8)
  await again.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(again.getByText(`Saved ${number} M1.`)).toBeVisible()
  expect(await storedScores(number, 'M1')).toMatchObject({ NPRS_AVG: 6, NPRS_WORST: 8 })
  await expect(again.getByRole('link', { name: `${number}, 1 month`, exact: true })).toHaveCount(0)
  await again.goto(address)
  await expect(again.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(restored(again)).toHaveCount(0)
})

test('a draft is shown to its author alone, and gone when it is discarded', async ({ as }) => {
  const page = await as(TYPIST)
  const number = await makeDueParticipant(page)
  const address = visitAddress(number, 'M1')
  await page.goto(address)
  await choose(page, 'Average pain', 4)
  await expect(kept(page)).toBeVisible()

  const email = await makeAccount({
    email: 'second.melbourne@demo.example',
    name: 'Second Coordinator',
    role: 'coordinator',
    study: STUDY,
    site: 'MEL',
  })
  const other = await as({ email })
  await other.goto(address)
  await expect(other.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(restored(other)).toHaveCount(0)
  await expect(rating(other, 'Average pain').getByRole('radio', { checked: true })).toHaveCount(0)

  const again = await as(TYPIST)
  await again.goto(address)
  await restored(again).getByRole('button', { name: 'Discard' }).click()
  await expect(again.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(restored(again)).toHaveCount(0)
  await expect(rating(again, 'Average pain').getByRole('radio', { checked: true })).toHaveCount(0)
})

test('a session that ended loses nothing: after signing in elsewhere the draft is kept', async ({
  as,
  baseURL,
}) => {
  const page = await as(TYPIST)
  const number = await makeDueParticipant(page)
  const secret = await signInAs(page.context(), TYPIST.email, baseURL ?? '')
  await page.goto(visitAddress(number, 'M1'))
  await withInstallation(demoDatabase(), ({ db }) => ageSession(db, secret, 60 * 13))
  await choose(page, 'Average pain', 5)
  await expect(page.getByText('Draft not kept: signed out').first()).toBeVisible()
  await signInAs(page.context(), TYPIST.email, baseURL ?? '')
  await expect(kept(page)).toBeVisible()
})

test('registration, doses and logs are kept, too', async ({ as }) => {
  const page = await as(TYPIST)
  await page.goto(`/studies/${STUDY}/participants/register`)
  await fillRegistration(page, { age: '52', consentDaysAgo: 40 })
  await expect(kept(page)).toBeVisible()
  await page.reload()
  await expect(page.getByLabel('Age at consent')).toHaveValue('52')
  await page.getByRole('button', { name: 'Register', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: /^MEL-\d{3}$/ })).toBeVisible()
  const record = page.url()

  await page.getByRole('link', { name: 'Record first injection' }).click()
  const dose = page.getByRole('form', { name: 'Record First injection' })
  await dose.getByLabel('Date given').fill(daysAgo(20))
  await expect(kept(page)).toBeVisible()
  await page.reload()
  await expect(dose.getByLabel('Date given')).toHaveValue(daysAgo(20))
  await dose.getByRole('button', { name: 'Record', exact: true }).click()
  await expect(page.getByRole('link', { name: 'First injection', exact: true })).toBeVisible()
  await page.goto(`${record}/doses/DOSE1`)
  await expect(restored(page)).toHaveCount(0)

  const entry = `${record}/logs/medication/new`
  await page.goto(entry)
  await page.getByRole('form').getByRole('textbox').first().fill('Paracetamol')
  await expect(kept(page)).toBeVisible()
  await page.reload()
  await expect(restored(page)).toBeVisible()
  await expect(page.getByRole('form', { name: /^New/ }).getByRole('textbox').first()).toHaveValue(
    'Paracetamol',
  )
})

test('without JavaScript a button keeps the draft, and Discard ends it', async ({ as }) => {
  const number = await makeDueParticipant(await as(TYPIST))
  const page = await as(TYPIST, { javaScript: false })
  await page.goto(visitAddress(number, 'M1'))
  await choose(page, 'Average pain', 7)
  const form = page.getByRole('form', { name: `${number}, 1 month` })
  await form.getByRole('button', { name: 'Save draft' }).click()
  await expect(restored(page)).toBeVisible()
  await expect(rating(page, 'Average pain').getByRole('radio', { name: '7', exact: true })).toBeChecked()
  await restored(page).getByRole('button', { name: 'Discard' }).click()
  await expect(restored(page)).toHaveCount(0)
  await expect(rating(page, 'Average pain').getByRole('radio', { checked: true })).toHaveCount(0)
})

test('leaving unsaved input by a link or by going back asks; staying keeps the page', async ({ as }) => {
  const page = await as(TYPIST)
  const number = await makeDueParticipant(page)
  await page.goto(`/studies/${STUDY}/worklist`)
  await page.getByRole('link', { name: `Enter visit: ${number}, 1 month` }).click()
  await choose(page, 'Average pain', 3)
  const question = page.getByRole('dialog')
  await page.getByRole('link', { name: 'Worklist' }).first().click()
  await expect(question).toContainText('Your input is kept as a draft, which only you see.')
  await question.getByRole('button', { name: 'Stay' }).click()
  await expect(page).toHaveURL(new RegExp(`${number}/visits/M1`))
  await page.evaluate(() => window.history.back())
  await expect(question).toBeVisible()
  await question.getByRole('button', { name: 'Leave' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Worklist' })).toBeVisible()
  // Going back shows the list as it was when it was left.
  await page.reload()
  await expect(page.getByRole('link', { name: `${number}, 1 month`, exact: true })).toBeVisible()
})

test('a stored value that changed since the draft is a conflict, as on any save', async ({ as }) => {
  const page = await as(TYPIST)
  const number = await makeDueParticipant(page)
  const address = visitAddress(number, 'M1')
  await page.goto(address)
  await page.getByLabel('Visit date').fill(daysAgo(1))
  await choose(page, 'Average pain', 2)
  await choose(page, 'Worst pain', 4)
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByText(`Saved ${number} M1.`)).toBeVisible()
  await page.goto(address)
  await choose(page, 'Average pain', 3)
  await expect(kept(page)).toBeVisible()

  const email = await makeAccount({
    email: 'third.melbourne@demo.example',
    name: 'Third Coordinator',
    role: 'coordinator',
    study: STUDY,
    site: 'MEL',
  })
  const other = await as({ email })
  await other.goto(address)
  await choose(other, 'Average pain', 1)
  await other.getByLabel('Reason for the change').selectOption('Typing error')
  await other.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(other.getByText(`Saved ${number} M1.`)).toBeVisible()

  const again = await as(TYPIST)
  await again.goto(address)
  await again.getByLabel('Reason for the change').selectOption('Typing error')
  await again.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(again.getByRole('alert').first()).toContainText('Third Coordinator changed this record')
})

test('a reason begun on a page of mending comes back at the same choice, and ends with the act', async ({
  as,
}) => {
  const page = await as(TYPIST)
  const number = await makeDueParticipant(page)
  await page.goto(visitAddress(number, 'M1'))
  await page.getByLabel('Visit date').fill(daysAgo(1))
  await choose(page, 'Average pain', 6)
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByText(`Saved ${number} M1.`)).toBeVisible()

  const mend = `/studies/${STUDY}/participants/${number}/mend/visits/M1`
  await page.goto(`${mend}?toNumber=${number}&toVisit=M3`)
  const move = page.getByRole('form', { name: /^Move to/ })
  await move.getByLabel('Other, or details').fill('Taken at three months')
  await expect(kept(page)).toBeVisible()

  const again = await as(TYPIST)
  await again.goto(`/studies/${STUDY}/worklist`)
  const unfinished = again.getByRole('region', { name: 'Unfinished' })
  await unfinished.getByRole('link', { name: `${number}, 1 month, entered in error` }).click()
  await expect(restored(again)).toBeVisible()
  await expect(again.getByLabel('Right visit')).toHaveValue('M3')
  const found = again.getByRole('form', { name: /^Move to/ })
  await expect(found.getByLabel('Other, or details')).toHaveValue('Taken at three months')
  await again.goto(mend)
  await expect(again.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(restored(again)).toHaveCount(0)
  const form = again.getByRole('form', { name: 'Void 1 month' })
  await form.getByLabel('Other, or details').fill('Not this person')
  await expect(kept(again)).toBeVisible()
  await form.getByRole('button', { name: 'Void 1 month' }).click()
  await expect(form).toHaveCount(0)
  await again.goto(`/studies/${STUDY}/worklist`)
  await expect(again.getByRole('heading', { level: 1 })).toBeVisible()
  // The page of the move is gone with the visit: what is left of it is discarded here.
  const left = unfinished.getByRole('listitem').filter({ hasText: `${number}, 1 month, entered in error` })
  await left.getByRole('button', { name: /^Discard/ }).click()
  await expect(again.getByRole('heading', { level: 1, name: 'Worklist' })).toBeVisible()
  await expect(left).toHaveCount(0)
})
