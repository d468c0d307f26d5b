import { expect, it } from 'vitest'
import { isPrefetch } from './prefetch'

it('a fetch ahead of a decision is told from a look', () => {
  expect(isPrefetch(new Headers({ purpose: 'prefetch' }))).toBe(true)
  expect(isPrefetch(new Headers({ 'sec-purpose': 'prefetch;prerender' }))).toBe(true)
  expect(isPrefetch(new Headers({ accept: 'text/html' }))).toBe(false)
})
