import { expect, it } from 'vitest'
import { isForSecondPerson } from './second-person'

it.each([
  ['pending', true, false, true],
  ['pending', true, true, false],
  ['pending', false, false, false],
  ['none', true, false, false],
  ['differs', true, false, false],
  ['settled', true, false, false],
] as const)(
  'of %s, may enter %s, entered the first %s: hidden until entered again %s',
  (state, mayEnter, isAuthor, expected) => {
    expect(isForSecondPerson({ state, mayEnter, isAuthor })).toBe(expected)
  },
)
