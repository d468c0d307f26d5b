import { describe, expect, it } from 'vitest'
import { boxOf, type Drawing, type Mark, type TextMark } from './drawing'
import type { ImprovementCell, ImprovementChartData } from './improvement-chart-data'
import { IMPROVEMENT_WIDTHS, layOutImprovement } from './improvement-layout'
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

function improvement(n: number, arms: number): ImprovementChartData {
  const cell = (index: number): ImprovementCell =>
    index % 9 === 8
      ? { kind: 'none', reason: index % 2 ? 'no baseline' : 'missing' }
      : { kind: 'value', value: ((index * 37) % 301) - 200, lowBaseline: index % 4 === 0 }
  return {
    panels: [
      'Average pain, 6 months',
      'Average pain, 12 months',
      'Worst pain, 6 months',
      'Worst pain, 12 months',
    ].map(title => ({ title, n })),
    groups: Array.from({ length: arms }, (_, arm) => ({
      label: arms > 1 ? `Arm ${arm}` : null,
      rows: Array.from({ length: Math.ceil(n / arms) }, (_, row) => ({
        subject: `MEL-${String(row).padStart(5, '0')}`,
        hasSecondDose: row % 2 === 0,
        cells: [0, 1, 2, 3].map(panel => cell(row * 4 + panel)),
      })),
    })),
  }
}

const texts = (drawing: Drawing) => drawing.marks.filter((mark): mark is TextMark => mark.kind === 'text')

function expectInside(drawing: Drawing): void {
  for (const mark of texts(drawing)) {
    const box = boxOf(mark)
    const place = `${mark.text} at ${box.left.toFixed(1)} to ${box.right.toFixed(1)} of ${drawing.width}`
    expect(box.left, place).toBeGreaterThanOrEqual(-0.5)
    expect(box.right, place).toBeLessThanOrEqual(drawing.width + 0.5)
    expect(box.top, place).toBeGreaterThanOrEqual(0)
    expect(box.bottom, place).toBeLessThanOrEqual(drawing.height)
  }
  expect(JSON.stringify(drawing)).not.toMatch(/NaN|Infinity|undefined|null/)
}

const classOf = (mark: Mark) => (mark.kind === 'link' ? '' : mark.className)

describe('trajectories', () => {
  it.each(SIZES)('keep every label inside at %i participants, in one arm and in four, wide and narrow', n => {
    for (const arms of [1, 3, 4])
      for (const width of Object.values(TRAJECTORY_WIDTHS))
        expectInside(layOutTrajectories(trajectories(n, arms), width))
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
    const band = drawing.marks.find(mark => classOf(mark).startsWith('band'))
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
    expect(texts(layOutTrajectories(beyond, 460)).map(mark => mark.text)).toContain('14')
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
    expect(drawing.marks.some(mark => classOf(mark).startsWith('band'))).toBe(false)
    expect(drawing.marks.some(mark => classOf(mark).startsWith('dot'))).toBe(true)
  })

  it('dot lines across a missing visit and never join them solidly', () => {
    const drawing = layOutTrajectories(trajectories(9, 1), 460)
    const classes = drawing.marks.map(classOf)
    expect(classes).toContain('ind gapped')
    expect(classes).toContain('mean arm-1 gapped')
  })

  it('leave individual lines out above 200 participants', () => {
    const hasLines = (n: number) =>
      layOutTrajectories(trajectories(n, 1), 460).marks.some(mark => classOf(mark) === 'ind')
    expect([hasLines(200), hasLines(201)]).toEqual([true, false])
  })
})

describe('bars of improvement', () => {
  it.each(SIZES)('keep every label inside at %i participants, in one arm and in three, at each width', n => {
    for (const arms of [1, 3])
      for (const size of Object.values(IMPROVEMENT_WIDTHS))
        expectInside(layOutImprovement(improvement(n, arms), size))
  })

  it('stop at −100 % with the value written', () => {
    const data: ImprovementChartData = {
      panels: [{ title: 'Average pain, 12 months', n: 2 }],
      groups: [
        {
          label: null,
          rows: [-250, -100].map((value, index) => ({
            subject: `MEL-00${index}`,
            hasSecondDose: false,
            cells: [{ kind: 'value' as const, value, lowBaseline: false }],
          })),
        },
      ],
    }
    const drawing = layOutImprovement(data, IMPROVEMENT_WIDTHS.medium)
    const bars = drawing.marks.flatMap(mark => (mark.kind === 'rect' ? [mark] : []))
    expect(bars).toHaveLength(2)
    expect(bars[0]?.width).toBe(bars[1]?.width)
    expect(texts(drawing).map(mark => mark.text)).toEqual(expect.arrayContaining(['−250', '−100']))
  })

  it('say in words why there is no bar, instead of one at 0', () => {
    const data = improvement(9, 1)
    const drawing = layOutImprovement(data, IMPROVEMENT_WIDTHS.wide)
    expect(texts(drawing).map(mark => mark.text)).toContain('missing')
    const cells = data.groups.flatMap(group => group.rows.flatMap(row => row.cells))
    const values = cells.filter(cell => cell.kind === 'value' && cell.value !== 0)
    expect(drawing.marks.filter(mark => mark.kind === 'rect')).toHaveLength(values.length)
  })

  it('stay small at 10,000 participants', () => {
    const drawing = layOutImprovement(improvement(10_000, 1), IMPROVEMENT_WIDTHS.wide)
    expect(JSON.stringify(drawing).length).toBeLessThan(120_000)
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
