import { scaleLinear } from 'd3-scale'
import { MOST_LINES } from '@/lib/domain/outcomes/trajectories'
import { formatMean, formatValue } from '@/lib/format/numbers'
import {
  AXIS_OFFSET,
  drawTimeRows,
  drawValueAxis,
  nameArmRow,
  nameVisits,
  type TextRow,
  TICK,
  widenRange,
} from './axes'
import { armClass, type Drawing, drawLine, drawText, type Mark, measureText } from './drawing'
import { spreadLabels } from './label-lanes'
import { keepWithin } from './reference-marks'
import {
  countLines,
  hasQuantileBands,
  MOST_DOSE_MARKS,
  type TrajectoryChartData,
  type TrajectoryReference,
} from './trajectory-chart-data'
import {
  drawBand,
  drawDoses,
  drawIndividuals,
  drawMean,
  drawQuantiles,
  drawReference,
  type PlotScales,
} from './trajectory-marks'

/** Widths at which a panel is drawn: beside another on a screen, and on a phone. */
export const TRAJECTORY_WIDTHS = { wide: 460, narrow: 320 } as const

const TOP = 12
const PLOT_HEIGHT = 200
/** Coloured lines are fainter above this number, so that means stay in front. */
const MANY_LINES = 40
/** Names at the ends of lines take at most this share of the width; else the legend alone has them. */
const OWN_LABEL_SHARE = 0.24
const REFERENCE_LABEL_SHARE = 0.3

/** Lays one panel out at a width. Values beyond the instrument's scale widen the axis; nothing is cut off. */
export function layOutTrajectories(data: TrajectoryChartData, width: number): Drawing {
  const domain = widenRange([data.min, data.max], listValues(data))
  const value = scaleLinear()
    .domain(domain)
    .range([TOP + PLOT_HEIGHT, TOP])
  const ticks = value.ticks(5).map(tick => ({ tick, text: formatValue(tick) }))
  const endLabels = data.arms.length === 1 ? ['mean'] : data.arms.map(arm => arm.code)
  const times = data.visits.map(visit => visit.time)
  const [from, to] = [Math.min(...times, ...data.rules), Math.max(...times, ...data.rules)]
  const references = cutReferences(data, [from, to])
  const widest = (texts: readonly string[], share: number) => {
    const most = Math.max(0, ...texts.map(measureText))
    return most <= width * share ? most : 0
  }
  const ownWidth = widest(endLabels, OWN_LABEL_SHARE)
  const referenceWidth = widest(
    references.map(({ label }) => label),
    REFERENCE_LABEL_SHARE,
  )
  const endLabelWidth = Math.max(ownWidth, referenceWidth)
  const left = Math.max(
    ...ticks.map(({ text }) => measureText(text) + 16),
    ...data.bands.map(({ label }) => measureText(label) + 12),
    measureText(data.timeUnit) + 20,
    measureText('mean') + 34,
  )
  const right = Math.max(22, endLabelWidth === 0 ? 0 : endLabelWidth + 14)
  const plot = { left: left + AXIS_OFFSET, right: width - right }
  const time =
    from < to
      ? scaleLinear().domain([from, to]).range([plot.left, plot.right])
      : () => (plot.left + plot.right) / 2
  const scales: PlotScales = { x: visit => time(times[visit] ?? from), y: value, range: domain }
  const axes = drawScale(data, ticks, value, left, plot)
  const below = drawBelow(data, scales, plot)
  return {
    width,
    height: below.bottom,
    marks: [
      ...axes,
      ...data.rules.map(rule => drawLine('grd', time(rule), TOP, time(rule), TOP + PLOT_HEIGHT)),
      ...drawCurves(
        data,
        scales,
        references.flatMap(reference => drawReference(reference, time, value)),
      ),
      ...drawEndLabels(
        data,
        ownWidth > 0 ? endLabels : [],
        referenceWidth > 0 ? references : [],
        scales,
        time,
      ),
      ...below.marks,
    ],
  }
}

function* listValues({ arms }: TrajectoryChartData): Generator<number | null> {
  for (const { lines, crowd } of arms) {
    for (const { values } of lines) yield* values
    if (crowd) yield* [crowd.lowest, crowd.highest]
  }
}

type ToPixel = (value: number) => number
interface PlotEdges {
  readonly left: number
  readonly right: number
}

function drawScale(
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
    ...drawValueAxis(
      axis,
      [TOP, TOP + PLOT_HEIGHT],
      ticks.map(({ tick, text }) => ({ at: y(tick), text })),
    ),
  ]
}

/** The published points within the time drawn; an arm without any is left out of the drawing. */
function cutReferences(
  { references = [] }: TrajectoryChartData,
  times: readonly number[],
): TrajectoryReference[] {
  return references
    .map(reference => ({ ...reference, points: keepWithin(reference.points, times) }))
    .filter(({ points }) => points.length > 0)
}

function drawCurves(data: TrajectoryChartData, scales: PlotScales, references: readonly Mark[]): Mark[] {
  const isSingle = data.arms.length === 1
  const lines = countLines(data)
  return [
    ...(hasQuantileBands(data)
      ? data.arms.flatMap((arm, index) => drawQuantiles(arm, index, isSingle, scales))
      : []),
    ...(lines > MOST_LINES
      ? []
      : data.arms.flatMap((arm, index) =>
          drawIndividuals(
            arm,
            `ind${isSingle ? '' : ` ${armClass(index)}`}${lines > MANY_LINES ? ' many' : ''}`,
            scales,
          ),
        )),
    ...data.arms.flatMap((arm, index) => drawBand(arm, index, scales)),
    ...references,
    ...(lines > MOST_DOSE_MARKS ? [] : data.arms.flatMap(arm => drawDoses(arm, scales))),
    ...data.arms.flatMap((arm, index) => drawMean(arm, index, scales)),
  ]
}

function drawEndLabels(
  data: TrajectoryChartData,
  labels: readonly string[],
  references: readonly TrajectoryReference[],
  scales: PlotScales,
  time: ToPixel,
): Mark[] {
  const own = data.arms.flatMap((arm, index) => {
    const last = arm.points.findLastIndex(point => point.mean !== null)
    const mean = arm.points[last]?.mean ?? null
    if (mean === null) return []
    return [
      { x: scales.x(last), y: scales.y(mean), text: labels[index] ?? '', look: `s hv ${armClass(index)}` },
    ]
  })
  const published = references.flatMap(({ label, points }) => {
    const last = points.at(-1)
    return last ? [{ x: time(last.time), y: scales.y(last.mean), text: label, look: 'hv' }] : []
  })
  const ends = [...own, ...published]
  const spread = spreadLabels(
    ends.map(end => end.y),
    13,
    [TOP, TOP + PLOT_HEIGHT],
  )
  return ends.map(({ x, text, look }, rank) => drawText(x + 10, (spread[rank] ?? 0) + 4, text, 'start', look))
}

/** The time axis and, for each arm, the mean and the number of participants under each visit. */
function drawBelow(
  data: TrajectoryChartData,
  { x }: PlotScales,
  plot: PlotEdges,
): { marks: Mark[]; bottom: number } {
  const centres = data.visits.map((_, index) => x(index))
  const isSingle = data.arms.length === 1
  const rows = data.arms.flatMap((arm, index): TextRow[] => {
    const name = (text: string) => nameArmRow(text, isSingle ? null : index)
    const means = arm.points.map(({ mean }) => (mean === null ? '' : formatMean(mean, data.decimals)))
    return [
      { name: name('Mean'), texts: means, className: 'v', gap: index === 0 ? 5 : 4 },
      { name: name('n'), texts: arm.points.map(({ n }) => String(n)) },
    ]
  })
  const below = drawTimeRows(TOP + PLOT_HEIGHT, plot, centres, [nameVisits(data), ...rows])
  return {
    marks: below.marks,
    bottom: below.bottom - 8 + (isSingle ? 0 : 4),
  }
}
