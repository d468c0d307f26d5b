import { describe, expect, it } from 'vitest'
import { compareEntries, type Entered } from './compare-entries'
import { deriveDoubleEntryState } from './double-entry-state'

const done = (answers: Entered['answers']): Entered => ({ answers, notDoneReason: null })

describe('two entries of one form', () => {
  it.each<[string, Entered['answers'], Entered['answers'], readonly string[]]>([
    ['equal values', { A: { value: 3 } }, { A: { value: 3 } }, []],
    ['nothing on either side', {}, {}, []],
    ['another value', { A: { value: 3 }, B: { value: 4 } }, { A: { value: 3 }, B: { value: 5 } }, ['B']],
    ['zero and nothing', { A: { value: 0 } }, {}, ['A']],
    ['a value and a reason', { A: { value: 0 } }, { A: { missing: 'declined' } }, ['A']],
    ['two reasons', { A: { missing: 'unknown' } }, { A: { missing: 'declined' } }, ['A']],
    ['a mark that two boxes were ticked', { A: { value: 3, twoMarked: true } }, { A: { value: 3 } }, ['A']],
    ['a number and its text', { A: { value: 3 } }, { A: { value: '3' } }, ['A']],
    ['several choices in another order', { A: { value: ['x', 'y'] } }, { A: { value: ['y', 'x'] } }, []],
    ['fewer choices', { A: { value: ['x', 'y'] } }, { A: { value: ['x'] } }, ['A']],
  ])('are compared item by item: %s', (_, first, second, expected) => {
    expect(compareEntries(done(first), done(second))).toEqual(expected)
    expect(compareEntries(done(second), done(first))).toEqual(expected)
  })

  it('differ as a whole where one says that the form was not done', () => {
    const notDone = { answers: {}, notDoneReason: 'declined' }
    expect(compareEntries(done({ A: { value: 3 } }), notDone)).toEqual(['~notDone'])
    expect(compareEntries(notDone, { ...notDone, notDoneReason: 'unknown' })).toEqual(['~notDone'])
    expect(compareEntries(notDone, notDone)).toEqual([])
  })
})

describe('the double entry of a form', () => {
  const state = (
    second: { settledVersion: number | null; differenceCount: number } | null,
    isReceived = true,
  ) => deriveDoubleEntryState({ isAsked: true, isReceived, firstVersion: 4, second })
  it('waits for a second person once the form is received', () => {
    expect(state(null)).toBe('pending')
    expect(state(null, false)).toBe('none')
  })
  it('is open where the entries differ, and settled where they are equal or were decided of this very version', () => {
    expect(state({ settledVersion: null, differenceCount: 1 })).toBe('differs')
    expect(state({ settledVersion: 4, differenceCount: 1 })).toBe('settled')
    expect(state({ settledVersion: 3, differenceCount: 0 })).toBe('settled')
  })
  it('is open again where the first entry changed after the decision and still differs', () => {
    expect(state({ settledVersion: 3, differenceCount: 1 })).toBe('differs')
  })
  it('is nothing in a study that asks for none', () => {
    expect(deriveDoubleEntryState({ isAsked: false, isReceived: true, firstVersion: 1, second: null })).toBe(
      'none',
    )
  })
})
