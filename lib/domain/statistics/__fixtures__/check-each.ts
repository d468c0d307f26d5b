import { readFileSync } from 'node:fs'
import { expect } from 'vitest'

/** Fewer would leave too much untried. */
const AT_LEAST = 200

/**
 * Runs a check on every generated case of a fixture, `describe-generated` for describe-generated.json; says of a
 * failure in which case it lies. Read from disk, since the compiler would infer a type for each of the cases.
 */
export function checkEach<Case>(fixture: string, check: (one: Case) => void): void {
  const cases: Case[] = JSON.parse(readFileSync(new URL(`${fixture}.json`, import.meta.url), 'utf8'))
  expect(cases.length).toBeGreaterThanOrEqual(AT_LEAST)
  for (const one of cases) {
    try {
      check(one)
    } catch (cause) {
      throw new Error(`${String(cause)}\n${JSON.stringify(one)}`, { cause })
    }
  }
}
