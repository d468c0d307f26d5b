import { describe, expect, it } from 'vitest'
import { checkPassword } from './passwords'

describe('a password (D4)', () => {
  it.each([
    ['short horse', /at least 12/],
    ['x'.repeat(129), /at most 128/],
    ['password1234', /first things an attacker tries/],
    ['aaaaaaaaaaaabb', /five different/],
    ['my ann.smith word', /e-mail address/],
  ])('%s is refused', (password, text) => {
    expect(checkPassword(password, 'ann.smith@example.org')).toMatch(text)
  })

  it.each([
    'correct horse battery',
    'ünïcödé wörds ärê fïne',
    `${'long enough '.repeat(10)}12345678`,
    'aB3$aB3$aB3$x',
  ])('%s is accepted, with no rule of composition', password =>
    expect(checkPassword(password, 'ann@example.org')).toBeNull(),
  )
})
