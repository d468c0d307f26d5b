import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import type { Role } from './fixtures/demo'
import { expect, test } from './fixtures/test'
import { ROUTES } from './routes'

const SIZES = { desktop: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } } as const
const screens = Object.entries(ROUTES).filter(([, line]) => line.isScreen)

/** Everybody who may, since what they may change differs; without signing in, one stands for all. */
function viewersOf(open: readonly Role[] | 'everyone'): readonly Role[] {
  return open === 'everyone' ? ['coordinator'] : open
}

/** Folded forms are part of the screen: they are looked at open. */
async function unfold(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const fold of document.querySelectorAll('details')) fold.open = true
  })
}

/** Text in sight that is smaller than the floor of 11 px. */
function listSmallText(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    const small: string[] = []
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = node.textContent?.trim()
      const holder = node.parentElement
      if (!text || !holder?.checkVisibility()) continue
      const size = getComputedStyle(holder).fontSize
      if (Number.parseFloat(size) < 11) small.push(`${size}: ${text}`)
    }
    return small
  })
}

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze()
  const found = violations.map(({ id, nodes }) => [id, ...nodes.slice(0, 3).map(node => node.html)])
  expect.soft(found).toEqual([])
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  expect.soft(overflow, 'pixels that run over').toBeLessThanOrEqual(0)
  expect.soft(await listSmallText(page)).toEqual([])
}

const SCHEMES = ['light', 'dark'] as const

/**
 * Style is the same for everybody: the first viewer looks at every scheme and size, those who come second look once, in
 * turn. Of a long page everybody looks once.
 */
function takesLook(position: number, isLong: boolean, look: string): boolean {
  if (isLong) return look === ['light desktop', 'dark phone', 'dark desktop', 'light phone'][position % 4]
  return position === 0 || look === (position % 2 === 1 ? 'dark desktop' : 'light phone')
}

for (const [route, { address, open, isLong = false }] of screens) {
  for (const [position, viewer] of viewersOf(open).entries()) {
    test(`${route}, ${viewer}: axe finds nothing, nothing runs over or is too small`, async ({
      as,
    }, testInfo) => {
      // Up to four readings, or one of a page of many figures.
      test.slow()
      const page = await as(viewer)
      await page.goto(address)
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      await unfold(page)
      for (const colorScheme of SCHEMES) {
        for (const [size, viewport] of Object.entries(SIZES)) {
          if (!takesLook(position, isLong, `${colorScheme} ${size}`)) continue
          await test.step(`${colorScheme}, ${size}`, async () => {
            await page.emulateMedia({ colorScheme })
            await page.setViewportSize(viewport)
            await expectAccessible(page)
          })
          if (position > 0) continue
          const body = await page.screenshot({ fullPage: true })
          await testInfo.attach(`${colorScheme}, ${size}`, { body, contentType: 'image/png' })
        }
      }
    })
  }
}

test('hints and errors of a refused form are readable', async ({ as }) => {
  const page = await as('coordinator', { viewport: SIZES.phone })
  await page.goto('/studies/ADMSC/participants/register')
  await page.getByRole('button', { name: 'Register', exact: true }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'consent' })).toBeVisible()
  await expectAccessible(page)
})

test('the keyboard reaches the content first, then every link of the frame in order', async ({ as }) => {
  const page = await as('coordinator')
  await page.goto('/studies/ADMSC/worklist')
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('main')).toBeFocused()
  for (const name of ['Find participant', 'Register participant']) {
    await page.keyboard.press('Tab')
    await expect(page.getByRole('link', { name })).toBeFocused()
  }
})
