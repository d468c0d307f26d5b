import { describe, expect, it } from 'vitest'
import { expectApart, expectInside, flatten, textsOf } from './__fixtures__/geometry'
import type { ForestChartData } from './forest-chart-data'
import { layOutForest } from './forest-layout'

const WIDTHS = [320, 520, 1000]

function forest(own: number, published: number, visits = 2): ForestChartData {
  return {
    formatTick: value => String(value).replace('-', '−'),
    ...{ min: -4, max: 1, zero: 0, sides: ['Less pain', 'More pain'] as const },
    groups: Array.from({ length: visits }, (_, visit) => ({
      title: `Change at ${visit + 1} months after the first treatment`,
      rows: [
        ...Array.from({ length: own }, (_, index) => ({
          label: `This study, ${['PRT', 'PLACEBO', 'USUAL_CARE', 'FOURTH'][index]}`,
          text: index === 3 ? 'no values' : '−2.4 (−4.0 to −0.9), n = 10000',
          ...{ estimate: index === 3 ? null : -2.4, lower: -4 + index, upper: -0.9 },
          look: { kind: 'own' as const, index },
        })),
        ...Array.from({ length: published }, (_, index) => ({
          label: `Ashar 2022, Pain reprocessing therapy, 12 months from the end of treatment`,
          text: '−2.71, n = 50 randomised, interval not published',
          ...{ estimate: -2.71 + index, lower: null, upper: null },
          look: { kind: 'reference' as const, index },
        })),
      ],
    })),
  }
}

describe('forest plots', () => {
  it('keep every label inside and apart, with one arm and four, with and without published ones', () => {
    for (const own of [0, 1, 3, 4])
      for (const published of [0, 3, 8])
        for (const width of WIDTHS) {
          const drawing = layOutForest(forest(own, published), width)
          expectInside(drawing)
          expectApart(drawing)
        }
  })

  it('hold a long name and long sides', () => {
    const data = {
      ...forest(1, 1),
      sides: ['Less disability than at baseline', 'More disability than at baseline'] as const,
    }
    for (const width of WIDTHS) {
      expectInside(layOutForest(data, width))
      expectApart(layOutForest(data, width))
    }
  })

  it('widen the scale for an interval instead of cutting it off', () => {
    const [group] = forest(1, 0, 1).groups
    const rows = (group?.rows ?? []).map(row => ({ ...row, lower: -9 }))
    const drawing = layOutForest({ ...forest(1, 0, 1), groups: [{ title: 'One', rows }] }, 1000)
    const whisker = flatten(drawing.marks).find(mark => mark.className.startsWith('whisker'))
    expect(whisker?.kind === 'path' && Number(/M(-?[\d.]+)/.exec(whisker.d)?.[1])).toBeGreaterThan(0)
    expect(textsOf(drawing).some(mark => mark.text === '−10' || mark.text === '−8')).toBe(true)
  })

  it('give a published point without an interval none, and mark it hollow', () => {
    const classes = flatten(layOutForest(forest(0, 1, 1), 520).marks).map(mark => mark.className)
    expect(classes).toContain('refdot')
    expect(classes).not.toContain('refci')
  })
})
