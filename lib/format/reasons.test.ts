import { expect, it } from 'vitest'
import { formatMissing, formatUndefined } from './reasons'

it('reasons are said in words, derived ones and those of missed visits too', () => {
  expect(formatUndefined('needsTwoValues')).toBe('needs two values')
  expect(formatMissing('notInSource')).toBe('not in source')
  expect(formatMissing('overdue')).toBe('overdue')
  expect(formatMissing('tooFewItems')).toBe('too few items answered')
  expect(formatMissing('Moved away')).toBe('moved away')
  expect(formatMissing('MRI broken')).toBe('MRI broken')
})
