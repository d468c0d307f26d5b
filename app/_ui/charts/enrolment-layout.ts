import { scaleLinear } from 'd3-scale'
import { AXIS_OFFSET, drawTimeRows, drawValueAxis, measureTicks } from './axes'
import { armClass, type Drawing, drawLine, drawText, type Mark, measureText, toTenth } from './drawing'
import { spreadLabels } from './label-lanes'

/** Cumulative counts at the end of each month. */
export interface EnrolmentChartData {
  readonly months: readonly string[]
  /** The first is drawn thin, behind the others; these solid and with dashes, so that they show where they coincide. */
  readonly series: readonly { readonly label: string; readonly counts: readonly number[] }[]
  /** Number planned; null: none is. */
  readonly target: { readonly label: string; readonly count: number } | null
}

const TOP = 14
const PLOT_HEIGHT = 200

/** Lays out cumulative step lines by month, named at their ends, and the number planned as a line across. */
export function layOutEnrolment(data: EnrolmentChartData, width: number): Drawing {
  const highest = Math.max(1, data.target?.count ?? 0, ...data.series.flatMap(({ counts }) => counts))
  const y = scaleLinear()
    .domain([0, highest])
    .nice(5)
    .range([TOP + PLOT_HEIGHT, TOP])
  const ticks = y
    .ticks(5)
    .filter(Number.isInteger)
    .map(tick => ({ at: y(tick), text: String(tick) }))
  const ends = data.series.map(({ label, counts }) => `${label} ${counts.at(-1) ?? 0}`)
  const left = measureTicks(ticks)
  const right = Math.max(8, ...ends.map(text => measureText(text) + 12))
  const plot = { left: left + AXIS_OFFSET, right: width - right }
  const x = scaleLinear()
    .domain([0, Math.max(1, data.months.length)])
    .range([plot.left, plot.right])
  const shown = chooseMonths(data.months.length, plot.right - plot.left)
  const centres = shown.map(month => x(month + 0.5))
  const rows = drawTimeRows(TOP + PLOT_HEIGHT, plot, centres, [
    { name: () => [], texts: shown.map(month => data.months[month] ?? ''), className: 'l' },
  ])
  const heights = data.series.map(({ counts }) => y(counts.at(-1) ?? 0))
  const spread = spreadLabels(heights, 13, [TOP, TOP + PLOT_HEIGHT])
  return {
    width,
    height: rows.bottom - 6,
    marks: [
      ...drawValueAxis(left, [TOP, TOP + PLOT_HEIGHT], ticks),
      ...drawTarget(data, plot, y),
      ...data.series.flatMap(({ counts }, index): Mark[] => [
        drawSteps(counts, index, x, y),
        drawText(
          plot.right + 8,
          (spread[index] ?? 0) + 4,
          ends[index] ?? '',
          'start',
          lookOf(index) === 'ind' ? 's' : `s ${armClass(index - 1)}`,
        ),
      ]),
      ...rows.marks,
    ],
  }
}

function drawTarget(
  { target, series, months }: EnrolmentChartData,
  plot: { readonly left: number; readonly right: number },
  y: (value: number) => number,
): Mark[] {
  if (!target) return []
  const at = y(target.count)
  // Above the line at its left, where curves are still low; below it when they are not.
  const isFree = series.every(({ counts }) => (counts[Math.floor(months.length / 4)] ?? 0) < target.count)
  return [
    drawLine('grd', plot.left, at, plot.right, at),
    ...(isFree || at > TOP + 20 ? [drawText(plot.left + 4, at - 4, target.label, 'start', 'l hv')] : []),
  ]
}

function drawSteps(
  counts: readonly number[],
  index: number,
  x: (value: number) => number,
  y: (value: number) => number,
): Mark {
  let d = `M${toTenth(x(0))} ${toTenth(y(0))}`
  for (const [month, count] of counts.entries()) d += `H${toTenth(x(month + 1))}V${toTenth(y(count))}`
  return { kind: 'path', d, className: lookOf(index) }
}

function lookOf(index: number): string {
  return index === 0 ? 'ind' : `mean ${armClass(index - 1)}`
}

/** Months that are named: evenly, as many as there is room for. */
function chooseMonths(count: number, room: number): number[] {
  const step = Math.max(1, Math.ceil(count / Math.max(1, Math.floor(room / 70))))
  return Array.from({ length: Math.ceil(count / step) }, (_, index) => index * step)
}
