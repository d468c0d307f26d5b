import { describe, expect, it } from 'vitest'
import { expectApart, expectInside, flatten, textsOf } from './__fixtures__/geometry'
import type { TrajectoryChartData } from './trajectory-chart-data'
import { layOutTrajectories, TRAJECTORY_WIDTHS } from './trajectory-layout'

const MONTHS = [-0.46, 1, 3, 6, 12]
const WIDTHS = Object.values(TRAJECTORY_WIDTHS)

function trajectories(n: number, arms: number, published: number): TrajectoryChartData {
  return {
    ...{ label: 'Average pain', min: 0, max: 10, bands: [], timeUnit: 'Month', rules: [] },
    visits: MONTHS.map(time => ({ code: `M${time}`, time, label: time < 0 ? 'BL' : String(time) })),
    arms: Array.from({ length: arms }, (_, arm) => ({
      code: ['PRT', 'PLACEBO', 'USUAL_CARE', 'FOURTH'][arm] ?? '',
      points: MONTHS.map((_, visit) => ({
        n: Math.floor(n / arms),
        mean: n === 0 ? null : 6 - visit + arm,
        ciLower: n < 2 ? null : 5.5 - visit + arm,
        ciUpper: n < 2 ? null : 6.5 - visit + arm,
        quantiles:
          n === 0 ? { q10: null, q25: null, q75: null, q90: null } : { q10: 1, q25: 2, q75: 8, q90: 9 },
      })),
      lines: [],
    })),
    references: Array.from({ length: published }, (_, index) => ({
      label: `Ashar 2022 ${['PRT', 'PLACEBO', 'USUAL'][index % 3]}`,
      isFirstApart: true,
      look: index,
      points: [-0.46, 0, 1, 3, 6, 12, 36].map(time => ({
        time,
        mean: 4 - index / 2 - Math.max(0, time) / 12,
      })),
    })),
  }
}

describe('published references over trajectories', () => {
  it('are drawn apart and labelled, with every label inside and apart', () => {
    for (const n of [0, 1, 9, 151, 10_000])
      for (const arms of [1, 3, 4])
        for (const published of [1, 3, 6])
          for (const width of WIDTHS) {
            const drawing = layOutTrajectories(trajectories(n, arms, published), width)
            expectInside(drawing)
            expectApart(drawing)
          }
    const wide = layOutTrajectories(trajectories(9, 1, 3), 460)
    expect(textsOf(wide).map(mark => mark.text)).toContain('Ashar 2022 PRT')
  })

  it('are hollow and never joined to a baseline that counts from another day', () => {
    const marks = flatten(layOutTrajectories(trajectories(9, 1, 1), 460).marks)
    const line = marks.find(mark => mark.className === 'ref ref-1')
    // months 0, 1, 3, 6 and 12 are joined; the baseline stands alone, and month 36 is beyond the time drawn
    expect(line?.kind === 'path' && line.d.match(/[ML]/g)).toHaveLength(5)
    expect(marks.filter(mark => mark.className === 'refdot')).toHaveLength(6)
  })
})

describe('many participants', () => {
  it('become quantile bands above 200, in one arm and in several', () => {
    const looks = (n: number, arms: number) =>
      flatten(layOutTrajectories(trajectories(n, arms, 0), 460).marks).filter(mark =>
        mark.className.startsWith('quantile'),
      ).length
    expect([looks(200, 1), looks(201, 1)]).toEqual([0, 2])
    // two bands and two edges an arm
    expect([looks(10_000, 3), looks(10_000, 4)]).toEqual([12, 16])
  })
})
