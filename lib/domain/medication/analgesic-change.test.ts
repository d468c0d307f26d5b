import { expect, it } from 'vitest'
import { deriveAnalgesicChange } from '@/lib/domain/medication/analgesic-change'

it.each([
  [3, 2, 'fall'],
  [0, 1, 'rise'],
  [2, 2, 'unchanged'],
  [0, 0, 'unchanged'],
  [60, 59.999, 'fall'],
  [0.3, 0.1 + 0.2, 'unchanged'],
])('from %d to %d is %s', (baseline, value, kind) => {
  expect(deriveAnalgesicChange(baseline, value).kind).toBe(kind)
})

it('is unknown without a value or a baseline, never unchanged', () => {
  expect(deriveAnalgesicChange(null, 2)).toEqual({ kind: 'unknown', reason: 'noBaseline' })
  expect(deriveAnalgesicChange(2, null)).toEqual({ kind: 'unknown', reason: 'missing' })
  expect(deriveAnalgesicChange(null, null)).toEqual({ kind: 'unknown', reason: 'missing' })
})
