import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { listFixtures, runFixtureScripts } from '@/lib/domain/statistics/__fixtures__/run-r'

describe('fixtures', () => {
  let printed: Map<string, string>

  // about ten seconds of R, several times that beside a busy suite
  beforeAll(async () => {
    printed = await runFixtureScripts()
  }, 300_000)

  it('of statistics and of outcomes are all run', () => {
    const names = listFixtures().map(fixture => fixture.name)
    expect(names).toEqual(expect.arrayContaining(['two-arms', 'three-arms']))
    expect(new Set(names).size).toBe(names.length)
  })

  it.each(listFixtures())('$name: R prints today what is committed', ({ name, json }) => {
    expect(printed.get(name)).toBe(readFileSync(json, 'utf8'))
  })
})
