import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FEWEST_IN_ARM, findSmallLevels, hasSmallArm, type LevelByArm } from './small-groups'

const level = (name: string, ...byArm: number[]): LevelByArm => ({ level: name, byArm })

describe('levels whose results by arm could tell an arm', () => {
  it('are those with fewer than five in any arm, none included', () => {
    expect(findSmallLevels([level('a', 5, 5), level('b', 9, 6)])).toEqual([])
    expect(findSmallLevels([level('a', 4, 50), level('b', 0, 9), level('c', 9, 9)]).toSorted()).toEqual([
      ...['a', 'b', 'c'],
    ])
    expect(findSmallLevels([level('all', 7, 9)])).toEqual([])
    expect(findSmallLevels([])).toEqual([])
  })

  it('take the other with them where all less the other would be those few', () => {
    expect(findSmallLevels([level('female', 40, 41), level('male', 1, 2)])).toEqual(['male', 'female'])
  })

  it('take the next smallest of several, and no more than needed', () => {
    const three = [level('a', 30, 30), level('b', 2, 1), level('c', 6, 7), level('d', 20, 20)]
    expect(findSmallLevels(three)).toEqual(['b', 'c'])
    expect(findSmallLevels([level('a', 30, 30), level('b', 4, 4), level('c', 3, 3)])).toEqual(['b', 'c'])
  })

  it('leave nothing that could be worked out from what is shown', () => {
    const levels = fc
      .array(fc.tuple(fc.nat(12), fc.nat(12), fc.nat(12)), { maxLength: 6 })
      .map(rows => rows.map((byArm, index) => level(String(index), ...byArm)))
    fc.assert(
      fc.property(levels, all => {
        const withheld = findSmallLevels(all)
        const shown = all.filter(each => !withheld.includes(each.level))
        for (const { byArm } of shown) expect(Math.min(...byArm)).toBeGreaterThanOrEqual(FEWEST_IN_ARM)
        if (withheld.length === 0 || shown.length === 0) return
        const rest = all.filter(each => withheld.includes(each.level))
        for (const arm of [0, 1, 2])
          expect(rest.reduce((sum, { byArm }) => sum + (byArm[arm] ?? 0), 0)).toBeGreaterThanOrEqual(
            FEWEST_IN_ARM,
          )
      }),
    )
  })
})

describe('a set whose results by arm could tell an arm', () => {
  const arms = (...sizes: number[]) =>
    sizes.flatMap((size, place) => Array.from({ length: size }, () => ({ arm: 'ABC'[place] ?? null })))

  it('has an arm of one to four, or everybody in one arm', () => {
    expect(hasSmallArm(arms(5, 4))).toBe(true)
    expect(hasSmallArm(arms(1, 40, 40))).toBe(true)
    expect(hasSmallArm(arms(0, 40))).toBe(true)
    expect(hasSmallArm([...arms(9, 9), { arm: null }])).toBe(true)
  })

  it('is none of five or more in each arm that somebody is in, and not that of nobody', () => {
    expect(hasSmallArm(arms(5, 5))).toBe(false)
    expect(hasSmallArm(arms(5, 0, 6))).toBe(false)
    expect(hasSmallArm([])).toBe(false)
  })
})
