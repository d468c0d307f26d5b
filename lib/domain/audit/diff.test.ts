import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { JsonValue } from './canonical-json'
import { applyChanges, diffRecord } from './diff'

it('names old and new value, and a first value has no old one (A1)', () => {
  expect(diffRecord({}, { a: 1, b: null }, [])).toEqual({ a: [null, 1] })
  expect(diffRecord({ a: 1 }, { a: 2 }, [])).toEqual({ a: [1, 2] })
})

it('counts a value that becomes empty (A1)', () => {
  expect(diffRecord({ a: 1 }, { a: null }, [])).toEqual({ a: [1, null] })
})

it('speaks of single answers, not of the whole form', () => {
  const before = { answers: { Q1: { value: 3 }, Q2: { value: 4 } } }
  const after = { answers: { Q1: { value: 3 }, Q3: { value: 5 } } }
  expect(diffRecord(before, after, ['answers'])).toEqual({
    'answers.Q2': [{ value: 4 }, null],
    'answers.Q3': [null, { value: 5 }],
  })
})

it('sees no change where only the order of members differs (A4)', () => {
  expect(diffRecord({ a: { x: 1, y: 2 } }, { a: { y: 2, x: 1 } }, [])).toEqual({})
})

const value = fc.option(
  fc.oneof(fc.integer(), fc.string(), fc.boolean(), fc.double({ noNaN: true, noDefaultInfinity: true })),
)
const member = fc.string({ minLength: 1 }).filter(name => name !== '__proto__')
const record = fc.record({ plain: value, other: value, answers: fc.dictionary(member, value) })

it('applied to the old state gives the new one, whatever the two are (A2)', () => {
  fc.assert(
    fc.property(record, record, (before, after) => {
      const changes = diffRecord(before, after, ['answers'])
      const applied = applyChanges(before as Record<string, JsonValue>, changes, ['answers'])
      expect(diffRecord(applied, after, ['answers'])).toEqual({})
    }),
  )
})
