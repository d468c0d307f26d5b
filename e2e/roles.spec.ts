import type { APIResponse, Page } from '@playwright/test'
import { emailOf, ROLES, STUDY } from './fixtures/demo'
import { daysAgo, makeDueParticipant, storedScores, visitAddress } from './fixtures/journeys'
import { formDataOf, readHiddenFields } from './fixtures/native-form'
import { expect, makeAccount, makeForeignCoordinator, signInAs, test } from './fixtures/test'
import { listRoutes, ROUTES } from './routes'

/** What is known of the site's participants, in whatever an answer holds; the numbers asked for may come back. */
const CLINICAL = /MEL-0(?!0[12])\d\d|L[345]\/[LS]\d|Average pain|Physiotherapy/

/** Participants of that site, beyond the numbers asked for: their words may stand in a form of the own site. */
const SUBJECTS = /MEL-0(?!0[12])\d\d/

/** Not let in: an absent page, a refusal for programs, or the page that says so. */
async function isRefused(response: APIResponse): Promise<boolean> {
  return (
    [403, 404].includes(response.status()) || (await response.text()).includes('<h1>Not open to you</h1>')
  )
}

/** What stands in an answer, without what differs each time: nonces, the address asked for, the order of its parts. */
async function contentOf(response: APIResponse, own: string): Promise<string> {
  const text = (await response.text()).replaceAll(own, 'ASKED')
  const plain = text.replace(/nonce="[^"]*"|"nonce":"[^"]*"|\\"nonce\\":\\"[^"\\]*\\"/g, '')
  return plain
    .split(/\\n|(?=<)/)
    .sort()
    .join('\n')
}

test.use({ storageState: { cookies: [], origins: [] } })

test('every route of the app has its line', () => {
  expect(listRoutes()).toEqual(Object.keys(ROUTES).sort())
})

for (const role of ROLES) {
  test(`D2 ${role} opens what the role may, and nothing else`, async ({ context, baseURL }) => {
    await signInAs(context, emailOf(role), baseURL ?? '')
    for (const [route, line] of Object.entries(ROUTES)) {
      const response = await context.request.get(line.address, { maxRedirects: 0 })
      const isOpen = line.open === 'everyone' || line.open.includes(role)
      expect.soft(response.status(), `${role} ${route}`).toBeLessThan(500)
      expect.soft(await isRefused(response), `${role} ${route} is refused`).toBe(!isOpen)
      if (!isOpen) expect.soft(await response.text(), `${role} ${route}`).not.toMatch(CLINICAL)
    }
  })
}

test('D2 signed out, every page leads to sign in and none gives data', async ({ request }) => {
  for (const [route, { address, open }] of Object.entries(ROUTES)) {
    if (open === 'everyone') continue
    const response = await request.get(address, { maxRedirects: 0 })
    expect.soft(response.status(), route).toBe(307)
    expect.soft(response.headers().location, route).toContain('/api/auth/signin')
    expect.soft(await response.text(), route).not.toMatch(CLINICAL)
  }
})

test('D2 tricks of headers and paths open nothing to who is not signed in', async ({ request, baseURL }) => {
  const address = `/studies/${STUDY}/participants/MEL-001`
  const tricks: { path?: string; headers?: Record<string, string> }[] = [
    { headers: { 'x-middleware-subrequest': 'proxy:proxy:proxy:proxy:proxy' } },
    { headers: { RSC: '1' } },
    { headers: { RSC: '1', 'Next-Router-Prefetch': '1' } },
    { headers: { 'Next-Router-Segment-Prefetch': '/_tree', RSC: '1' } },
    { headers: { 'x-forwarded-host': 'localhost', 'x-user': 'coordinator@demo.example' } },
    { path: `${address}.rsc` },
    { path: `${baseURL}//studies/${STUDY}/participants/MEL-001` },
    { path: `/studies/${STUDY}/participants/./MEL-001` },
    { path: `/_next/data/x/studies/${STUDY}/participants/MEL-001.json` },
  ]
  for (const { path = address, headers = {} } of tricks) {
    const response = await request.get(path, { headers, maxRedirects: 0 })
    const name = `${path} ${JSON.stringify(headers)}`
    expect.soft(response.status(), name).toBeLessThan(500)
    expect.soft(await response.text(), name).not.toMatch(CLINICAL)
  }
})

test.describe('D2 who belongs elsewhere', () => {
  test('a coordinator of another site gets the answer of an absent one', async ({ context, baseURL }) => {
    await signInAs(context, await makeForeignCoordinator(), baseURL ?? '')
    for (const [route, line] of Object.entries(ROUTES)) {
      if (!line.foreignSite) continue
      const response = await context.request.get(line.address, { maxRedirects: 0 })
      if (line.foreignSite === 'ownSite') {
        expect.soft(await isRefused(response), route).toBe(false)
        expect.soft(await response.text(), route).not.toMatch(SUBJECTS)
        continue
      }
      const absent = await context.request.get(line.absent ?? '', { maxRedirects: 0 })
      expect.soft(response.status(), route).toBe(404)
      expect.soft(absent.status(), route).toBe(404)
      expect.soft(await contentOf(response, 'MEL-001'), route).toBe(await contentOf(absent, 'MEL-999'))
    }
  })

  test('an account without a part in the study cannot tell it from an absent one', async ({
    context,
    baseURL,
  }) => {
    const email = await makeAccount({ email: 'stranger@demo.example', name: 'A Stranger' })
    await signInAs(context, email, baseURL ?? '')
    for (const [route, { address, absent }] of Object.entries(ROUTES)) {
      if (!absent || !address.includes(STUDY)) continue
      const noStudy = address.replace(STUDY, 'NOSUCH')
      const [there, away] = [await context.request.get(address), await context.request.get(noStudy)]
      expect.soft(there.status(), route).toBe(404)
      expect.soft(await contentOf(there, STUDY), route).toBe(await contentOf(away, 'NOSUCH'))
    }
  })
})

test.describe('D2 requests made without the screen', () => {
  /** A due visit as its coordinator would send it: accepted from them, so that a refusal is for the sender. */
  async function fillVisit(coordinator: Page): Promise<{ page: string; number: string; form: FormData }> {
    const number = await makeDueParticipant(coordinator)
    const page = visitAddress(number, 'M1')
    const html = await (await coordinator.request.get(page)).text()
    // Whose page it was is left out: that alone would refuse it, whatever the sender's role.
    const hidden = readHiddenFields(html, `${number}, 1 month`).filter(([name]) => !/owner$/.test(name))
    const form = formDataOf([
      ...hidden,
      ['~visit.date', daysAgo(1)],
      ['nprs.NPRS_AVG', '4'],
      ['nprs.NPRS_WORST', '6'],
    ])
    return { page, number, form }
  }

  for (const who of ['investigator', 'monitor', 'statistician', 'dataManager', 'administrator', 'foreign']) {
    test(`the visit form of a coordinator, sent as ${who}, stores nothing; as the coordinator it does`, async ({
      as,
      context,
      baseURL,
    }) => {
      const coordinator = await as('coordinator')
      const { page, number, form } = await fillVisit(coordinator)
      const role = ROLES.find(known => known === who)
      await signInAs(context, role ? emailOf(role) : await makeForeignCoordinator(), baseURL ?? '')
      const request = { multipart: form, headers: { Origin: baseURL ?? '' }, maxRedirects: 0 }
      const response = await context.request.post(page, request)
      expect(response.status()).not.toBe(303)
      expect(response.status()).toBeLessThan(500)
      expect(await storedScores(number, 'M1')).toEqual({})
      expect((await coordinator.request.post(page, request)).status()).toBe(303)
      expect(await storedScores(number, 'M1')).toEqual({ NPRS_AVG: 4, NPRS_WORST: 6 })
    })
  }

  for (const origin of ['https://elsewhere.example', 'null', undefined]) {
    test(`E4 a save with Origin ${origin ?? 'left out'} is refused, with that of the site taken`, async ({
      as,
      baseURL,
    }) => {
      const coordinator = await as('coordinator')
      const { page, number, form } = await fillVisit(coordinator)
      const send = (headers: Record<string, string>) =>
        coordinator.request.post(page, { multipart: form, headers, maxRedirects: 0 })
      const refused = await send(origin === undefined ? {} : { Origin: origin })
      expect(refused.status()).not.toBe(303)
      expect(await storedScores(number, 'M1')).toEqual({})
      expect((await send({ Origin: baseURL ?? '' })).status()).toBe(303)
      expect(await storedScores(number, 'M1')).toEqual({ NPRS_AVG: 4, NPRS_WORST: 6 })
    })
  }
})
