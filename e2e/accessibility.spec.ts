import AxeBuilder from '@axe-core/playwright'
import type { Role } from './fixtures/demo'
import { expect, test } from './fixtures/test'
import { ROUTES } from './routes'

const SIZES = { desktop: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } } as const
const screens = Object.entries(ROUTES).filter(([, line]) => line.isScreen)

/** Who looks: somebody who may, and enters where that is possible. */
function viewerOf(open: readonly Role[] | 'everyone'): Role {
  return open === 'everyone' ? 'coordinator' : (open[0] ?? 'coordinator')
}

for (const [route, { address, open }] of screens) {
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const [size, viewport] of Object.entries(SIZES)) {
      test(`${route}, ${colorScheme}, ${size}: axe finds nothing, nothing runs over`, async ({
        as,
      }, testInfo) => {
        const page = await as(viewerOf(open), { colorScheme, viewport })
        await page.goto(address)
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
        const { violations } = await new AxeBuilder({ page })
          .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
          .analyze()
        const found = violations.map(({ id, nodes }) => [id, ...nodes.slice(0, 3).map(node => node.html)])
        expect(found).toEqual([])
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        )
        expect(overflow).toBeLessThanOrEqual(0)
        await testInfo.attach('screen', {
          body: await page.screenshot({ fullPage: true }),
          contentType: 'image/png',
        })
      })
    }
  }
}

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
