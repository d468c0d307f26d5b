import { describe, expect, it } from 'vitest'
import { expectApart, expectInside, flatten, textsOf } from './__fixtures__/geometry'
import type { DistributionChartData } from './distribution-chart-data'
import { layOutDistribution } from './distribution-layout'

const ARMS = ['PRT', 'PLACEBO', 'USUAL_CARE', 'FOURTH_ARM_OF_THE_TRIAL']

function distribution(n: number, arms: number, missing = 0): DistributionChartData {
  return {
    arms: Array.from({ length: arms }, (_, arm) => {
      const each = Math.floor(n / arms)
      const values = Array.from(
        { length: Math.max(0, each - missing) },
        (_, index) => ((index * 37) % 301) - 200,
      )
      const distinct = [...new Set(values)].toSorted((a, b) => a - b)
      return {
        code: ARMS[arm] ?? '',
        n: each,
        withoutValue: missing > 0 ? `missing ${missing}, baseline 0: 1` : '',
        steps: distinct.map(improvement => {
          const share = values.filter(value => value >= improvement).length / each
          return { improvement, share, lower: share * 0.9, upper: 0.1 + share * 0.9 }
        }),
      }
    }),
  }
}

describe('cumulative curves of response', () => {
  it.each([0, 1, 9, 151, 10_000])('keep every label inside and apart at %i participants', n => {
    for (const arms of [1, 3, 4])
      for (const missing of [0, 3])
        for (const width of [320, 460]) {
          const drawing = layOutDistribution(distribution(n, arms, missing), width)
          expectInside(drawing)
          expectApart(drawing)
        }
  })

  it('start at all expected, fall where values are missing, and end at nobody', () => {
    const drawing = layOutDistribution(
      {
        arms: [
          {
            ...{ code: 'ONE', n: 4, withoutValue: 'missing 2' },
            steps: [
              { improvement: 0, share: 0.5, lower: 0.2, upper: 0.8 },
              { improvement: 60, share: 0.25, lower: 0.1, upper: 0.5 },
            ],
          },
        ],
      },
      460,
    )
    const curve = flatten(drawing.marks).find(mark => mark.className.startsWith('mean'))
    const heights =
      curve?.kind === 'path' ? [...curve.d.matchAll(/(?:V| )([\d.]+)/g)].map(match => Number(match[1])) : []
    // 100 %, 50 %, 25 %, nobody: 12, 112, 162 and 212 pixels from the top
    expect(heights).toEqual([12, 112, 162, 212])
    expect(textsOf(drawing).map(mark => mark.text)).toContain('n = 4, no value: missing 2')
  })

  it('fall from all to nobody where no one expected has a value', () => {
    const arm = { code: 'ONE', n: 1, withoutValue: 'missing 1', steps: [] }
    const curve = flatten(layOutDistribution({ arms: [arm] }, 460).marks).find(mark =>
      mark.className.startsWith('mean'),
    )
    expect(curve?.kind === 'path' && curve.d).toMatch(/^M[\d.]+ 12H[\d.]+V212H/)
  })

  it('have a column of their own for those without a value, apart from 0%', () => {
    const drawing = layOutDistribution(distribution(9, 1, 3), 320)
    const [none, zero] = ['No value', '0'].map(text => textsOf(drawing).find(mark => mark.text === text))
    expect(none?.x).toBeLessThan(zero?.x ?? 0)
  })

  it('stay small at 10,000 participants', () => {
    expect(JSON.stringify(layOutDistribution(distribution(10_000, 4), 460)).length).toBeLessThan(60_000)
  })
})
