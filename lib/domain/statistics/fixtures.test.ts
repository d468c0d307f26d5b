import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { listFixtures, runFixtureScripts } from '@/lib/domain/statistics/__fixtures__/run-r'

describe('fixtures', () => {
  let printed: Map<string, string>

  beforeAll(async () => {
    printed = await runFixtureScripts()
  })

  it.each(listFixtures())('%s: R prints today what is committed', fixture => {
    const committed = readFileSync(new URL(`__fixtures__/${fixture}.json`, import.meta.url), 'utf8')
    expect(printed.get(fixture)).toBe(committed)
  })
})
