import { expect, it } from 'vitest'
import { medianCell, numberCell, quantileBoundsCell, quartilesCell } from './report-table'

it('a number that cannot be computed for an unlimited value does not read as a result of unlimited', () => {
  expect(numberCell(null, 'unlimited', String).text).toBe('not averaged: unlimited')
})

it('a median or quartile that is unlimited does, since ranks know it', () => {
  expect(medianCell(null, 'unlimited', String)).toEqual({
    text: 'unlimited',
    values: [],
    reason: 'unlimited',
  })
  expect(medianCell(null, 'noValues', String).text).toBe('no values')
  expect(medianCell(45, undefined, String).text).toBe('45')
  expect(quartilesCell({ q1: 60, q3: null, q3Reason: 'unlimited' }, 0).text).toBe('60 to unlimited')
  expect(quartilesCell({ q1: null, q3: null, q1Reason: 'unlimited', q3Reason: 'unlimited' }, 0).text).toBe(
    'unlimited',
  )
  expect(quantileBoundsCell(null, 'unlimited').text).toBe('reaches unlimited')
})
