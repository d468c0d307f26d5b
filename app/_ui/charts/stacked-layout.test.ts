import { describe, expect, it } from 'vitest'
import { expectApart, expectInside, flatten, textsOf } from './__fixtures__/geometry'
import { deriveLooks, type StackedChartData } from './stacked-chart-data'
import { layOutStacked } from './stacked-layout'

const WIDTHS = [320, 460]
const ARMS = ['PRT', 'PLACEBO', 'USUAL_CARE', 'FOURTH_ARM_OF_THE_TRIAL']

/** `n` participants in each bar, spread over the categories; every other category is empty in the first bar. */
function stacked(
  n: number,
  arms: number,
  categories = 5,
  changes: Partial<StackedChartData> = {},
): StackedChartData {
  const countsOf = (shift: number) => {
    const counts = new Array<number>(categories).fill(0)
    for (let index = 0; index < n; index++) {
      const at = (index * index + shift) % categories
      counts[at] = (counts[at] ?? 0) + 1
    }
    return counts
  }
  return {
    categories: deriveLooks(categories).map((look, index) => ({ label: `Level ${index + 1}`, look })),
    hasOwnKey: false,
    visits: ['Baseline', '6 months', '12 months after the last injection'].map((label, visit) => ({
      label,
      bars: Array.from({ length: arms }, (_, arm) => ({
        label: arms > 1 ? (ARMS[arm] ?? '') : null,
        n,
        counts: countsOf(visit + arm),
      })),
    })),
    ...changes,
  }
}

describe('stacked bars', () => {
  it.each([0, 1, 9, 151, 10_000])('keep every label inside and apart at %i participants', n => {
    for (const arms of [1, 3, 4])
      for (const categories of [2, 3, 5, 8])
        for (const hasOwnKey of [false, true])
          for (const width of WIDTHS) {
            const drawing = layOutStacked(stacked(n, arms, categories, { hasOwnKey }), width)
            expectInside(drawing)
            expectApart(drawing)
          }
  })

  it('keep a long name of a category inside', () => {
    const [look] = deriveLooks(1)
    const label = 'Reduced duties or hours because of the back, or changed to lighter work for the time being'
    if (!look) throw new Error('no look')
    const drawing = layOutStacked(stacked(9, 1, 1, { categories: [{ label, look }], hasOwnKey: true }), 320)
    expectInside(drawing)
    expectApart(drawing)
  })

  it('write the count in each segment that has room for it, and no bar where nobody is', () => {
    const drawing = layOutStacked(
      {
        ...stacked(9, 1, 3),
        visits: [
          { label: 'Baseline', bars: [{ label: null, n: 9, counts: [3, 5, 1] }] },
          { label: '6 months', bars: [{ label: null, n: 0, counts: [0, 0, 0] }] },
        ],
      },
      460,
    )
    const texts = textsOf(drawing).map(mark => mark.text)
    expect(texts).toEqual(expect.arrayContaining(['3', '5', '1', 'n = 9', 'n = 0', 'no values']))
    expect(flatten(drawing.marks).filter(mark => mark.kind === 'rect')).toHaveLength(3)
  })

  it('are darker for worse, and told apart without colour where shades repeat', () => {
    expect(deriveLooks(3).map(look => look.shade)).toEqual([1, 3, 5])
    for (const count of [2, 3, 4, 5, 6, 7, 8, 10]) {
      const looks = deriveLooks(count).map(({ shade, isHatched }) => `${shade}${isHatched}`)
      expect(new Set(looks).size, String(count)).toBe(count)
    }
  })
})
