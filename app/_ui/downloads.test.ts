import { expect, it } from 'vitest'
import { isPrefetch, refuseUnasked, sendFile } from './downloads'

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

it('a file is named after its study and state of knowledge, and is kept by no cache', () => {
  const source = { study: 'ADMSC', synthetic: true, dataCut: '2026-11-22', asOf: 14 }
  const { headers } = sendFile(new Uint8Array(), 'svg', source, 'flow.svg')
  expect(headers.get('content-disposition')).toBe(
    'attachment; filename="ADMSC_synthetic_2026-11-22_entry-14_flow.svg"',
  )
  expect(headers.get('content-type')).toBe('image/svg+xml; charset=utf-8')
  expect(headers.get('cache-control')).toBe('no-store')
})
