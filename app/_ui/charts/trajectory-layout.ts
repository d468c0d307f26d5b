import { scaleLinear } from 'd3-scale'
import { formatMean, formatValue } from '@/lib/format/numbers'
import {
  armClass,
  type Drawing,
  drawLine,
  drawMarker,
  drawText,
  LINE_HEIGHT,
  type Mark,
  measureText,
} from './drawing'
import { assignLanes, spreadLabels } from './label-lanes'
import { countLines, MOST_DOSE_MARKS, MOST_LINES, type TrajectoryChartData } from './trajectory-chart-data'
import { drawBand, drawDoses, drawIndividuals, drawMean, type PlotScales } from './trajectory-marks'

/** Widths at which a panel is drawn: beside another on a screen, and on a phone. */
export const TRAJECTORY_WIDTHS = { wide: 460, narrow: 320 } as const

const TOP = 12
const PLOT_HEIGHT = 200
/** Between the plot and its axes. */
const OFFSET = 8
const TICK = 4
/** Coloured lines are fainter above this number, so that means stay in front. */
const MANY_LINES = 40
/** Second lane of labels that would touch. */
const LANE_HEIGHT = 12

/** Lays one panel out at a width. Values beyond the instrument's scale widen the axis; nothing is cut off. */
export function layOutTrajectories(data: TrajectoryChartData, width: number): Drawing {
  const domain = deriveDomain(data)
  const value = scaleLinear()
    .domain(domain)
    .range([TOP + PLOT_HEIGHT, TOP])
  const ticks = value.ticks(5).map(tick => ({ tick, text: formatValue(tick) }))
  const endLabels = data.arms.length === 1 ? ['mean'] : data.arms.map(arm => arm.code)
  const endLabelWidth = Math.max(0, ...endLabels.map(measureText))
  const hasEndLabels = endLabelWidth <= width * 0.24
  const left = Math.max(
    ...ticks.map(({ text }) => measureText(text) + 16),
    ...data.bands.map(({ label }) => measureText(label) + 12),
    measureText(data.timeUnit) + 20,
    measureText('mean') + 34,
  )
  const right = Math.max(22, hasEndLabels ? endLabelWidth + 14 : 0)
  const times = data.visits.map(visit => visit.time)
  const [from, to] = [Math.min(...times, ...data.rules), Math.max(...times, ...data.rules)]
  const plot = { left: left + OFFSET, right: width - right }
  const time =
    from < to
      ? scaleLinear().domain([from, to]).range([plot.left, plot.right])
      : () => (plot.left + plot.right) / 2
  const scales: PlotScales = { x: visit => time(times[visit] ?? from), y: value, range: domain }
  const axes = drawValueAxis(data, ticks, value, left, plot)
  const below = drawBelow(data, scales, plot)
  return {
    width,
    height: below.bottom,
    marks: [
      ...axes,
      ...data.rules.map(rule => drawLine('grd', time(rule), TOP, time(rule), TOP + PLOT_HEIGHT)),
      ...drawCurves(data, scales),
      ...(hasEndLabels ? drawEndLabels(data, endLabels, scales) : []),
      ...below.marks,
    ],
  }
}

function deriveDomain({ arms, min, max }: TrajectoryChartData): [number, number] {
  let [lowest, highest] = [min, max]
  for (const arm of arms)
    for (const { values } of arm.lines)
      for (const value of values) {
        if (value === null) continue
        if (value < lowest) lowest = value
        if (value > highest) highest = value
      }
  return lowest < min || highest > max
    ? (scaleLinear().domain([lowest, highest]).nice(5).domain() as [number, number])
    : [min, max]
}

type ToPixel = (value: number) => number
interface PlotEdges {
  readonly left: number
  readonly right: number
}

function drawValueAxis(
  data: TrajectoryChartData,
  ticks: readonly { tick: number; text: string }[],
  y: ToPixel,
  axis: number,
  plot: PlotEdges,
): Mark[] {
  const edges = data.bands.slice(1).map(band => band.from)
  return [
    ...edges.map(edge => drawLine('gr', plot.left, y(edge), plot.right, y(edge))),
    ...data.bands.map(({ label, from, to }) =>
      drawText(axis - TICK - 3, y((from + to) / 2) + 4, label, 'end', 'l'),
    ),
    drawLine('ax', axis, TOP + PLOT_HEIGHT, axis, TOP),
    ...ticks.flatMap(({ tick, text }) => [
      drawLine('ax', axis - TICK, y(tick), axis, y(tick)),
      drawText(axis - TICK - 3, y(tick) + 4, text, 'end'),
    ]),
  ]
}

function drawCurves(data: TrajectoryChartData, scales: PlotScales): Mark[] {
  const isSingle = data.arms.length === 1
  const lines = countLines(data)
  return [
    ...(lines > MOST_LINES
      ? []
      : data.arms.flatMap((arm, index) =>
          drawIndividuals(
            arm,
            isSingle ? 'ind' : `ind ${armClass(index)}${lines > MANY_LINES ? ' many' : ''}`,
            scales,
          ),
        )),
    ...data.arms.flatMap((arm, index) => drawBand(arm, index, scales)),
    ...(lines > MOST_DOSE_MARKS ? [] : data.arms.flatMap(arm => drawDoses(arm, scales))),
    ...data.arms.flatMap((arm, index) => drawMean(arm, index, scales)),
  ]
}

function drawEndLabels(data: TrajectoryChartData, labels: readonly string[], scales: PlotScales): Mark[] {
  const ends = data.arms.flatMap((arm, index) => {
    const last = arm.points.findLastIndex(point => point.mean !== null)
    const mean = arm.points[last]?.mean ?? null
    return mean === null ? [] : [{ index, x: scales.x(last) + 10, y: scales.y(mean) }]
  })
  const spread = spreadLabels(
    ends.map(end => end.y),
    13,
    [TOP, TOP + PLOT_HEIGHT],
  )
  return ends.map(({ index, x }, rank) =>
    drawText(x, (spread[rank] ?? 0) + 4, labels[index] ?? '', 'start', `s hv ${armClass(index)}`),
  )
}

/** The time axis and, for each arm, the mean and the number of participants under each visit. */
function drawBelow(
  data: TrajectoryChartData,
  { x }: PlotScales,
  plot: PlotEdges,
): { marks: Mark[]; bottom: number } {
  const axis = TOP + PLOT_HEIGHT + OFFSET
  const centres = data.visits.map((_, index) => x(index))
  const marks: Mark[] = [
    drawLine('ax', plot.left, axis, plot.right, axis),
    ...centres.map(centre => drawLine('ax', centre, axis, centre, axis + TICK)),
  ]
  let base = axis + TICK + 12
  const addRow = (name: Mark[], texts: readonly string[], className: string) => {
    const lanes = assignLanes(centres, texts.map(measureText), 2)
    marks.push(...name)
    for (const [index, lane] of lanes.entries()) {
      const text = texts[index] ?? ''
      if (lane === null || text === '') continue
      marks.push(drawText(centres[index] ?? 0, base + lane * LANE_HEIGHT, text, 'middle', className))
    }
    base += LINE_HEIGHT + (lanes.includes(1) ? LANE_HEIGHT : 0)
  }
  addRow(
    [drawText(0, base, data.timeUnit)],
    data.visits.map(visit => visit.label),
    'l',
  )
  base += 5
  for (const [index, arm] of data.arms.entries()) {
    const nameRow = (name: string) =>
      data.arms.length === 1
        ? [drawText(0, base, name)]
        : [drawMarker(index, 6, base - 4), drawText(16, base, name)]
    const means = arm.points.map(({ mean }) => (mean === null ? '' : formatMean(mean, data.decimals)))
    addRow(nameRow('Mean'), means, 'v')
    addRow(
      nameRow('n'),
      arm.points.map(({ n }) => String(n)),
      '',
    )
    base += data.arms.length > 1 ? 4 : 0
  }
  return { marks, bottom: base - 8 }
}
