import { type APIResponse, expect, test } from '@playwright/test'

function expectGuarded(response: APIResponse) {
  const headers = response.headers()
  expect(headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'same-origin',
    'permissions-policy': expect.stringContaining('camera=()'),
  })
  expect(headers).not.toHaveProperty('x-powered-by')
  return headers
}

// E4: on every answer, errors too.
test.describe('E4 headers', () => {
  for (const path of ['/', '/sign-in', '/nothing-here', '/api/health', '/api/nothing', '/%E0%A4%A']) {
    test(`${path} forbids foreign scripts, frames and storing`, async ({ request }) => {
      const headers = expectGuarded(await request.get(path, { maxRedirects: 0 }))
      const policy = headers['content-security-policy'] ?? ''
      expect(policy).toMatch(/script-src 'self' 'nonce-[^']{20,}' 'strict-dynamic'(;|$)/)
      expect(policy).toContain("frame-ancestors 'none'")
      expect(policy).toContain("object-src 'none'")
      expect(headers['cache-control']).toContain('no-store')
    })
  }

  test('an action that does not exist is refused with the same headers', async ({ request }) => {
    const response = await request.post('/sign-in', { headers: { 'Next-Action': 'none' } })
    expect(response.status()).toBeGreaterThanOrEqual(400)
    expect(response.status()).toBeLessThan(500)
    expect(expectGuarded(response)['content-security-policy']).toContain("script-src 'self' 'nonce-")
  })

  test('every answer has its own nonce, and the page carries it', async ({ request }) => {
    const nonceOf = async () => {
      const response = await request.get('/sign-in')
      const nonce = /'nonce-([^']+)'/.exec(response.headers()['content-security-policy'] ?? '')?.[1] ?? ''
      expect(await response.text()).toContain(`nonce="${nonce}"`)
      return nonce
    }
    expect(await nonceOf()).not.toBe(await nonceOf())
  })

  test('a page breaks none of its own rules', async ({ page }) => {
    const refusals: string[] = []
    page.on('console', message => {
      if (/Content Security Policy/.test(message.text())) refusals.push(message.text())
    })
    await page.goto('/sign-in')
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await page.goto('/nothing-here')
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    expect(refusals).toEqual([])
  })
})
