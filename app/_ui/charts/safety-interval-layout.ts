import { scaleLinear } from 'd3-scale'
import { AXIS_OFFSET, drawTimeRows, drawValueAxis, measureTicks, nameRow } from './axes'
import { type Drawing, drawLine, drawText, type Mark, measureText } from './drawing'
import { type CategoryLook, drawCategory } from './stacked-chart-data'

/** Events in intervals of time, stacked by grade. */
export interface IntervalChartData {
  readonly intervals: readonly {
    readonly label: string
    readonly participants: number
    /** Null: it has none. */
    readonly participantYears: string | null
    /** Events of each grade, mildest first; the order of `looks`. */
    readonly counts: readonly number[]
  }[]
  readonly looks: readonly CategoryLook[]
}

/** Looks of grades 1 to 5, darker is worse, and of events without a grade. */
export const GRADE_LOOKS: readonly CategoryLook[] = [
  ...[1, 2, 3, 4, 5].map(shade => ({ shade, isHatched: false })),
  { shade: 1, isHatched: true },
]

const TOP = 18
const PLOT_HEIGHT = 170
const MOST_BAR = 64
const ROWS = ['Days', 'People', 'Years'] as const

/** Lays bars of events out, one for each interval, with who had them and how long the interval was observed under it. */
export function layOutIntervals(data: IntervalChartData, width: number): Drawing {
  const totals = data.intervals.map(({ counts }) => counts.reduce((sum, count) => sum + count, 0))
  const value = scaleLinear()
    .domain([0, Math.max(4, ...totals)])
    .nice(4)
    .range([TOP + PLOT_HEIGHT, TOP])
  const ticks = value
    .ticks(4)
    .filter(Number.isInteger)
    .map(tick => ({ at: value(tick), text: String(tick) }))
  const left = Math.max(measureTicks(ticks), ...ROWS.map(name => measureText(name) + 10))
  const plot = { left: left + AXIS_OFFSET, right: width - 10 }
  const step = (plot.right - plot.left) / Math.max(1, data.intervals.length)
  const centres = data.intervals.map((_, index) => plot.left + (index + 0.5) * step)
  const bar = Math.min(MOST_BAR, step * 0.72)
  const rows = drawTimeRows(TOP + PLOT_HEIGHT, plot, centres, [
    { name: nameRow(ROWS[0]), texts: data.intervals.map(({ label }) => label), className: 'l' },
    { name: nameRow(ROWS[1]), texts: data.intervals.map(each => String(each.participants)), gap: 5 },
    { name: nameRow(ROWS[2]), texts: data.intervals.map(each => each.participantYears ?? '') },
  ])
  return {
    width,
    height: rows.bottom - 6,
    marks: [
      ...ticks.slice(1).map(({ at }) => drawLine('gr', plot.left, at, plot.right, at)),
      ...drawValueAxis(left, [TOP, TOP + PLOT_HEIGHT], ticks),
      ...data.intervals.flatMap(({ counts }, index) =>
        drawStack(counts, data.looks, { centre: centres[index] ?? 0, width: bar }, value),
      ),
      ...totals.map((total, index) =>
        drawText(centres[index] ?? 0, value(total) - 5, String(total), 'middle', 's'),
      ),
      ...rows.marks,
    ],
  }
}

function drawStack(
  counts: readonly number[],
  looks: readonly CategoryLook[],
  bar: { readonly centre: number; readonly width: number },
  value: (count: number) => number,
): Mark[] {
  const marks: Mark[] = []
  let below = 0
  for (const [index, look] of looks.entries()) {
    const count = counts[index] ?? 0
    if (count === 0) continue
    const [top, bottom] = [value(below + count), value(below)]
    below += count
    const height = Math.max(0.5, bottom - top - 1)
    marks.push(...drawCategory(look, { x: bar.centre - bar.width / 2, y: top, width: bar.width, height }))
    const text = String(count)
    // One grade alone is told by the total above it.
    if (
      height >= 14 &&
      measureText(text) + 2 <= bar.width &&
      counts.some((other, at) => at !== index && other > 0)
    )
      marks.push(drawText(bar.centre, top + height / 2 + 4, text, 'middle', `oi${look.shade}`))
  }
  return marks
}
