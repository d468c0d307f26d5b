import { describe, expect, it } from 'vitest'
import { expectApart, expectInside, flatten } from './__fixtures__/geometry'
import type { VisitEstimatesData } from './rates-chart-data'
import { layOutVisitEstimates } from './rates-layout'

const TIMES = [0.23, 1, 3, 6, 9, 12, 24]

function estimates(n: number, arms: number, changes: Partial<VisitEstimatesData> = {}): VisitEstimatesData {
  return {
    ...{ min: 0, max: 1, zero: null, rules: [] },
    formatTick: value => `${Math.round(value * 100)}%`,
    timeUnit: 'Month',
    visits: TIMES.map(time => ({ time, label: String(time) })),
    rowNames: ['%', 'k/n'],
    arms: Array.from({ length: arms }, (_, arm) => ({
      code: ['PRT', 'PLACEBO', 'USUAL_CARE', 'FOURTH'][arm] ?? '',
      points: TIMES.map((_, visit) => {
        const estimate = n === 0 || visit === 3 ? null : ((visit + arm) % 7) / 7
        return {
          estimate,
          lower: n < 2 || estimate === null ? null : estimate * 0.8,
          upper: n < 2 || estimate === null ? null : 0.2 + estimate * 0.8,
          texts:
            estimate === null
              ? ['', `0/${n}`]
              : [`${Math.round(estimate * 100)}%`, `${Math.round(n / 2)}/${n}`],
        }
      }),
    })),
    references: [],
    ...changes,
  }
}

describe('estimates at visits', () => {
  it.each([0, 1, 9, 151, 10_000])('keep every label inside and apart at %i participants', n => {
    for (const arms of [1, 3, 4])
      for (const width of [320, 460]) {
        const drawing = layOutVisitEstimates(estimates(n, arms), width)
        expectInside(drawing)
        expectApart(drawing)
      }
  })

  it('stand in the middle where there is one visit', () => {
    const one = estimates(9, 3)
    const arms = one.arms.map(arm => ({ ...arm, points: arm.points.slice(0, 1) }))
    const drawing = layOutVisitEstimates({ ...one, arms, visits: [{ time: 1, label: '1' }] }, 320)
    expectInside(drawing)
    expectApart(drawing)
  })

  it('draw published values hollow, and none beyond the time of the study', () => {
    const point = (time: number) => ({ time, estimate: 0.5, lower: null, upper: null })
    const drawing = layOutVisitEstimates(
      estimates(9, 1, { references: [{ label: 'Trial', look: 0, points: [point(12), point(36)] }] }),
      460,
    )
    const classes = flatten(drawing.marks).map(mark => mark.className)
    expect(classes.filter(name => name === 'refdot')).toHaveLength(1)
    expect(classes.some(name => name.startsWith('refci'))).toBe(false)
  })

  it('draw published values within a few pixels of their time, however many there are', () => {
    const widths = (count: number) => {
      const references = Array.from({ length: count }, (_, look) => ({
        ...{ label: `Trial ${look}`, look },
        points: [{ time: 12, estimate: 0.5, lower: 0.4, upper: 0.6 }],
      }))
      const marks = flatten(layOutVisitEstimates(estimates(9, 1, { references }), 460).marks)
      const label = marks.find(mark => mark.kind === 'text' && mark.text === '12')
      const whiskers = marks.flatMap(mark =>
        mark.kind === 'path' && mark.className === 'refci' ? mark.d : [],
      )
      const at = whiskers.map(d => Number(/^M(\S+)/.exec(d)?.[1]))
      return at.map(x => Math.abs(x - (label?.kind === 'text' ? label.x : 0)))
    }
    for (const count of [1, 2, 9]) {
      expect(widths(count)).toHaveLength(count * 3)
      // 4 to the side, and half the bar that ends an interval
      expect(Math.max(...widths(count))).toBeLessThanOrEqual(6.6)
    }
  })

  it('dot the line across a visit without an estimate', () => {
    const classes = flatten(layOutVisitEstimates(estimates(9, 1), 460).marks).map(mark => mark.className)
    expect(classes.filter(name => name === 'join arm-1 gapped')).toHaveLength(1)
  })

  it('have no whisker where an interval cannot be computed', () => {
    const classes = flatten(layOutVisitEstimates(estimates(1, 1), 460).marks).map(mark => mark.className)
    expect(classes.some(name => name.startsWith('whisker'))).toBe(false)
    expect(classes.some(name => name.startsWith('dot'))).toBe(true)
  })
})
