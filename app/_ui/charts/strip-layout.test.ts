import { describe, expect, it } from 'vitest'
import { expectApart, expectInside, flatten, textsOf } from './__fixtures__/geometry'
import type { StripChartData } from './strip-chart-data'
import { layOutStrip } from './strip-layout'

const WIDTHS = [320, 460]
const BANDS = ['minimal', 'moderate', 'severe', 'crippled', 'bed-bound'].map((label, index) => ({
  label,
  from: index * 20,
  to: index * 20 + 20,
}))
/** Ranges of unequal width, as those of depression. */
const UNEQUAL = [0, 9, 13, 20, 27].map((from, index, all) => ({
  label: ['normal', 'mild', 'moderate', 'severe', 'extremely severe'][index] ?? '',
  from,
  to: all[index + 1] ?? 42,
}))

function strip(n: number, arms: number, changes: Partial<StripChartData> = {}): StripChartData {
  const max = changes.max ?? 100
  return {
    min: 0,
    max,
    bands: BANDS,
    visits: ['Baseline', '6 months', '12 months'],
    arms: Array.from({ length: arms }, (_, arm) => ({
      code: arms > 1 ? `ARM${arm}` : null,
      points: [0, 1, 2].map(visit => ({
        n: Math.ceil(n / arms),
        values: Array.from({ length: Math.ceil(n / arms) }, (_, index) => ({
          value: (((index * 7 + visit * 3 + arm) % 21) * max) / 20,
          subject: `MEL-${index}`,
          label: `MEL-${index}, value`,
        })),
        ...(n === 0
          ? { mean: null, median: null, q1: null, q3: null }
          : { mean: 38.5, median: 40, q1: 22, q3: 51 }),
        ...(n < 2 ? { ciLower: null, ciUpper: null } : { ciLower: -4, ciUpper: 110 }),
      })),
    })),
    ...changes,
  }
}

describe('strips', () => {
  it.each([0, 1, 9, 151, 10_000])('keep every label inside and apart at %i participants', n => {
    for (const arms of [1, 3, 4])
      for (const bands of [BANDS, []])
        for (const width of WIDTHS) {
          const drawing = layOutStrip(strip(n, arms, { bands }), width)
          expectInside(drawing)
          expectApart(drawing)
        }
  })

  it('keep names of narrow bands apart', () => {
    for (const width of WIDTHS) expectApart(layOutStrip(strip(9, 1, { max: 42, bands: UNEQUAL }), width))
  })

  it('keep long names of visits and an index of three decimals inside', () => {
    const visits = ['Baseline', 'Post-treatment visit', 'Long-term follow-up']
    const drawing = layOutStrip(strip(9, 1, { min: -0.594, max: 1, decimals: 3, bands: [], visits }), 320)
    expectInside(drawing)
    expectApart(drawing)
  })

  it('draw an interval to the ends of the scale at most', () => {
    const paths = flatten(layOutStrip(strip(9, 1), 460).marks)
    const interval = paths.find(mark => mark.kind === 'path' && mark.className === 'est')
    const heights =
      interval?.kind === 'path' ? [...interval.d.matchAll(/ ([\d.-]+)/g)].map(each => Number(each[1])) : []
    expect(heights).toEqual([212, 12])
  })

  it('link up to 40 participants, mark up to 200 and draw none of more', () => {
    const marksOf = (n: number) => layOutStrip(strip(n, 1), 460).marks
    const links = (n: number) => marksOf(n).filter(mark => mark.kind === 'link').length
    const points = (n: number) => flatten(marksOf(n)).some(mark => mark.className.startsWith('pt'))
    expect([links(40), links(41)]).toEqual([120, 0])
    expect([points(200), points(201)]).toEqual([true, false])
    expect(JSON.stringify(layOutStrip(strip(10_000, 3), 460)).length).toBeLessThan(10_000)
  })

  it('say no mean where there is none', () => {
    expect(textsOf(layOutStrip(strip(0, 1), 460)).map(mark => mark.text)).not.toContain('38.5')
  })
})
