import { expect, it } from 'vitest'
import { formatMissedVisit, formatMissing, formatNoChange, formatUndefined } from './reasons'

it('reasons are said in words, derived ones too', () => {
  expect(formatUndefined('needsTwoValues')).toBe('needs two values')
  expect(formatUndefined('unlimited')).toBe('not averaged: unlimited')
  expect(formatNoChange('unlimited')).toBe('to or from unlimited')
  expect(formatNoChange('noBaseline')).toBe('no baseline')
  expect(formatMissing('notInSource')).toBe('not in source')
  expect(formatMissing('overdue')).toBe('overdue')
  expect(formatMissing('tooFewItems')).toBe('too few items answered')
})

it('a missed visit is told in the words in which its reason was offered, with the note', () => {
  expect(formatMissedVisit('unknown', null)).toBe('Could not be reached')
  expect(formatMissedVisit('notDone', 'flu')).toBe('Did not attend: flu')
  expect(formatMissedVisit('illegible', null)).toBe('Illegible')
})
