import { describe, expect, it } from 'vitest'
import { expectApart, expectInside, flatten, textsOf } from './__fixtures__/geometry'
import { type EnrolmentChartData, layOutEnrolment } from './enrolment-layout'
import { deriveHeat, type HeatMapCell, type HeatMapChartData } from './heat-map-chart-data'
import { layOutHeatMap } from './heat-map-layout'
import type { SwimmerChartData, SwimmerChartLane } from './swimmer-chart-data'
import { layOutSwimmer } from './swimmer-layout'

const WIDTHS = [320, 520, 1000]

describe('a heat map of forms received', () => {
  const cellsOf = (n: number, columns: number): HeatMapCell[] =>
    Array.from({ length: columns }, (_, index) => {
      if (index % 4 === 3) return { kind: 'none' }
      if (index % 5 === 4) return { kind: 'text', text: 'not due' }
      const k = Math.max(0, n - index)
      return { kind: 'count', k, n, inFollowUp: Math.max(k, n - 1) }
    })
  const map = (n: number, columns: number): HeatMapChartData => ({
    columns: Array.from({ length: columns }, (_, index) => ({
      label: index === 1 ? '1 week (safety)' : `${index} months`,
      code: `M${index}`,
    })),
    rows: ['Numeric pain rating scale (NPRS)', 'ODI', 'Sitting, standing and walking tolerance'].map(
      label => ({
        label,
        cells: cellsOf(n, columns),
      }),
    ),
  })

  it.each([0, 1, 9, 151, 10_000])('keeps every text inside and apart at %i participants', n => {
    for (const columns of [1, 2, 8, 16])
      for (const width of WIDTHS) {
        const drawing = layOutHeatMap(map(n, columns), width)
        expectInside(drawing)
        expectApart(drawing)
      }
  })

  it('counts inside each cell, and those still followed where they are fewer', () => {
    const texts = textsOf(layOutHeatMap(map(9, 3), 1000)).map(({ text }) => text)
    expect(texts).toContain('9/9')
    expect(texts).toContain('(9/8)'.replace('9/8', '8/8'))
  })

  it('is darker the more is missing', () => {
    expect([
      deriveHeat(9, 9),
      deriveHeat(96, 100),
      deriveHeat(91, 100),
      deriveHeat(8, 9),
      deriveHeat(1, 2),
    ]).toEqual([1, 2, 3, 4, 5])
  })
})

describe('enrolment by month', () => {
  const months = (count: number, n: number): EnrolmentChartData => ({
    months: Array.from({ length: count }, (_, index) => `Nov ${2000 + index}`),
    series: ['Screened', 'Enrolled', 'Treated'].map((label, index) => ({
      label,
      counts: Array.from(
        { length: count },
        (_, month) => Math.round((n * (month + 1)) / count) - (n > 5 ? index : 0),
      ),
    })),
    target: { label: `Planned ${n}`, count: n },
  })

  it.each([1, 9, 151, 10_000])('keeps every text inside and apart at %i participants', n => {
    for (const count of [1, 3, 26, 120])
      for (const width of WIDTHS) {
        for (const target of [months(count, n).target, null]) {
          const drawing = layOutEnrolment({ ...months(count, n), target }, width)
          expectInside(drawing)
          expectApart(drawing)
        }
      }
  })
})

describe('a swimmer plot', () => {
  const lane = (index: number, changes: Partial<SwimmerChartLane> = {}): SwimmerChartLane => ({
    subject: `MEL-${String(index).padStart(3, '0')}`,
    hasPage: true,
    label: `MEL-${index}`,
    arm: index % 3,
    from: -14,
    to: 800 - index,
    end: index % 7 === 0 ? 'withdrawn' : '',
    isOngoing: index % 2 === 0,
    visits: [
      { day: -14, isMissed: false },
      { day: 30, isMissed: index % 2 === 1 },
    ],
    doses: [0, 190],
    events: [
      { day: 3, isSerious: false },
      { day: 200, isSerious: true },
    ],
    rescues: [400],
    ...changes,
  })
  const plot = (lanes: number, changes: Partial<SwimmerChartLane> = {}): SwimmerChartData => ({
    timeUnit: 'Month',
    daysPerUnit: 365.25 / 12,
    lanes: Array.from({ length: lanes }, (_, index) => lane(index, changes)),
  })

  it.each([1, 9, 60, 61, 200])('keeps every text inside and apart with %i lanes', lanes => {
    for (const width of WIDTHS) {
      const drawing = layOutSwimmer(plot(lanes), width)
      expectInside(drawing)
      expectApart(drawing)
    }
  })

  it('links each lane to its participant, and none without a name or a page', () => {
    const links = (changes: Partial<SwimmerChartLane>) =>
      layOutSwimmer(plot(9, changes), 1000).marks.filter(mark => mark.kind === 'link').length
    expect([links({}), links({ subject: null }), links({ hasPage: false })]).toEqual([9, 0, 0])
  })

  it('is thin and bare above sixty lanes', () => {
    const drawing = layOutSwimmer(plot(61), 1000)
    expect(drawing.marks.some(mark => mark.kind === 'link')).toBe(false)
    expect(textsOf(drawing).some(({ text }) => text.startsWith('MEL'))).toBe(false)
    expect(drawing.height).toBeLessThan(400)
    expect(flatten(drawing.marks).filter(mark => mark.className === 'refdot')).toEqual([])
  })
})
