import { describe, expect, it } from 'vitest'
import { expectInside, flatten, textsOf } from './__fixtures__/geometry'
import { TICK_LABEL } from './axes'
import type { Drawing } from './drawing'
import { assignLanes, spreadLabels } from './label-lanes'
import type { TrajectoryChartData } from './trajectory-chart-data'
import { layOutTrajectories, TRAJECTORY_WIDTHS } from './trajectory-layout'

const SIZES = [0, 1, 9, 151, 10_000]
const MONTHS = [-0.46, 1, 3, 6, 9, 12, 24]

/** Repeatable values over the scale, without randomness. */
const spread = (index: number, visit: number, max: number) => ((index * 7 + visit * 3) % 11) * (max / 10)

function trajectories(
  n: number,
  arms: number,
  changes: Partial<TrajectoryChartData> = {},
): TrajectoryChartData {
  const max = changes.max ?? 10
  return {
    label: 'Average pain',
    min: 0,
    max,
    bands: [],
    visits: MONTHS.map(time => ({ code: `M${time}`, time, label: time < 0 ? 'BL' : String(time) })),
    timeUnit: 'Month',
    rules: [6],
    arms: Array.from({ length: arms }, (_, arm) => ({
      code: ['PRT', 'PLACEBO', 'USUAL_CARE', 'FOURTH'][arm] ?? '',
      points: MONTHS.map((_, visit) => ({
        n: n === 0 ? 0 : Math.ceil(n / arms),
        mean: n === 0 || visit === 3 ? null : spread(arm, visit, max),
        ciLower: n < 2 ? null : spread(arm, visit, max) - 3,
        ciUpper: n < 2 ? null : spread(arm, visit, max) + 3,
      })),
      lines: Array.from({ length: Math.floor(n / arms) }, (_, index) => ({
        values: MONTHS.map((_, visit) => ((index + visit) % 5 === 0 ? null : spread(index, visit, max))),
        doseAfter: index % 2 === 0 ? 3 : null,
      })),
    })),
    ...changes,
  }
}

const classesOf = (drawing: Drawing) => flatten(drawing.marks).map(mark => mark.className)

describe('trajectories', () => {
  it.each(SIZES)('keep every label inside at %i participants, in one arm and in four, wide and narrow', n => {
    for (const arms of [1, 3, 4])
      for (const width of Object.values(TRAJECTORY_WIDTHS))
        expectInside(layOutTrajectories(trajectories(n, arms), width))
  })

  it('widen the scale where a line, or one of many that are not drawn, lies beyond it', () => {
    const scaleOf = (arm: Partial<TrajectoryChartData['arms'][number]>) => {
      const [first] = trajectories(9, 1).arms
      if (!first) throw new Error('no arm')
      const drawing = layOutTrajectories(trajectories(9, 1, { arms: [{ ...first, ...arm }] }), 460)
      return textsOf(drawing)
        .filter(text => text.className === TICK_LABEL && text.anchor === 'end')
        .at(-1)?.text
    }
    expect(scaleOf({})).toBe('10')
    expect(scaleOf({ lines: [{ values: [13], doseAfter: null }] })).toBe('14')
    expect(scaleOf({ lines: [], crowd: { count: 300, lowest: 0, highest: 13 } })).toBe('14')
  })

  it('keep band names and a scale of three digits inside', () => {
    const bands = ['minimal', 'moderate', 'severe', 'crippled', 'bed-bound'].map((label, index) => ({
      label,
      from: index * 20,
      to: index * 20 + 20,
    }))
    for (const width of Object.values(TRAJECTORY_WIDTHS))
      expectInside(layOutTrajectories(trajectories(9, 1, { max: 100, bands }), width))
  })

  it('stay within the plot where an interval reaches beyond the scale', () => {
    const drawing = layOutTrajectories(trajectories(2, 1), 460)
    const band = flatten(drawing.marks).find(mark => mark.className.startsWith('band'))
    const heights =
      band?.kind === 'path' ? [...band.d.matchAll(/,(-?[\d.]+)/g)].map(match => Number(match[1])) : []
    expect(heights.length).toBeGreaterThan(0)
    expect(Math.min(...heights)).toBeGreaterThanOrEqual(12)
    expect(Math.max(...heights)).toBeLessThanOrEqual(212)
  })

  it('widen the axis for a value beyond the scale instead of cutting it off', () => {
    const data = trajectories(1, 1)
    const beyond = {
      ...data,
      arms: [
        {
          ...data.arms[0],
          code: 'ONE',
          points: data.arms[0]?.points ?? [],
          lines: [{ values: [14, ...MONTHS.slice(1).map(() => 3)], doseAfter: null }],
        },
      ],
    }
    expect(textsOf(layOutTrajectories(beyond, 460)).map(mark => mark.text)).toContain('14')
  })

  it('draw single values without an interval, and a visit on its own in the middle', () => {
    const one = trajectories(1, 1, { visits: [{ code: 'POST', time: 1, label: '1' }], rules: [] })
    const drawing = layOutTrajectories(
      {
        ...one,
        arms: [{ code: 'ONE', points: [{ n: 1, mean: 4, ciLower: null, ciUpper: null }], lines: [] }],
      },
      460,
    )
    expectInside(drawing)
    expect(classesOf(drawing).some(name => name.startsWith('band'))).toBe(false)
    expect(classesOf(drawing).some(name => name.startsWith('dot'))).toBe(true)
  })

  it('dot lines across a missing visit and never join them solidly', () => {
    const drawing = layOutTrajectories(trajectories(9, 1), 460)
    const classes = classesOf(drawing)
    expect(classes).toContain('ind gapped')
    expect(classes).toContain('mean arm-1 gapped')
  })

  it('leave individual lines out above 200 participants', () => {
    const linesOf = (n: number) =>
      classesOf(layOutTrajectories(trajectories(n, 1), 460)).filter(name => /^ind\b/.test(name))
    expect(linesOf(201)).toEqual([])
    // Of more than 40 they are faint, so that the mean stands out.
    expect(linesOf(200).every(name => name.includes('many'))).toBe(true)
    expect(linesOf(40).some(name => name.includes('many'))).toBe(false)
  })
})

describe('labels', () => {
  it('take a second lane where they would touch, and give way where both are taken', () => {
    expect(assignLanes([0, 10, 40], [18, 18, 18], 2)).toEqual([0, 1, 0])
    expect(assignLanes([0, 5, 10], [18, 18, 18], 2)).toEqual([0, 1, null])
  })

  it('move apart in their order and stay within bounds', () => {
    expect(spreadLabels([50, 52], 13, [0, 200])).toEqual([44.5, 57.5])
    expect(spreadLabels([199, 100, 200], 13, [0, 200])).toEqual([187, 100, 200])
  })
})
