import { expect, it } from 'vitest'
import { isPrefetch, refuseUnasked } from './downloads'

const asking = (headers: Record<string, string>) => ({ headers: new Headers(headers) })

it('a fetch ahead of a decision is told from a look', () => {
  expect(isPrefetch(new Headers({ purpose: 'prefetch' }))).toBe(true)
  expect(isPrefetch(new Headers({ 'sec-purpose': 'prefetch;prerender' }))).toBe(true)
  expect(isPrefetch(new Headers({ accept: 'text/html' }))).toBe(false)
})

it('a file goes out neither ahead of a decision nor to another site, which would be recorded as the person’s act', () => {
  expect(refuseUnasked(asking({ 'sec-purpose': 'prefetch' }))?.status).toBe(204)
  for (const site of ['cross-site', 'same-site'])
    expect(refuseUnasked(asking({ 'sec-fetch-site': site }))?.status, site).toBe(403)
  for (const site of ['same-origin', 'none'])
    expect(refuseUnasked(asking({ 'sec-fetch-site': site })), site).toBeNull()
  expect(refuseUnasked(asking({}))).toBeNull()
})
