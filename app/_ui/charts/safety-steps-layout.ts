import { scaleLinear } from 'd3-scale'
import { AXIS_OFFSET, drawTimeRows, drawValueAxis, measureTicks } from './axes'
import { armClass, type Drawing, drawMarker, drawText, type Mark, measureText, toTenth } from './drawing'
import { spreadLabels } from './label-lanes'

/** Cumulative percentages of arms over days, as steps. */
export interface StepsChartData {
  readonly arms: readonly {
    readonly code: string
    readonly n: number
    readonly steps: readonly { readonly day: number; readonly participants: number }[]
  }[]
  /** Days at which numbers stand under the axis, each with how many of every arm are still observed. */
  readonly days: readonly { readonly day: number; readonly observed: readonly number[] }[]
  readonly lastDay: number
}

const TOP = 12
const PLOT_HEIGHT = 180

/** Lays out one step curve for each arm, in percent, with the participants still observed under the axis. */
export function layOutSteps(data: StepsChartData, width: number): Drawing {
  const value = scaleLinear()
    .domain([0, 100])
    .range([TOP + PLOT_HEIGHT, TOP])
  const ticks = [0, 25, 50, 75, 100].map(tick => ({
    at: value(tick),
    text: tick === 100 ? '100%' : String(tick),
  }))
  const isSingle = data.arms.length === 1
  const endWidth = isSingle ? 0 : Math.max(0, ...data.arms.map(arm => measureText(arm.code))) + 14
  const hasEndLabels = endWidth <= width * 0.24
  const names = ['Day', 'Observed', ...(isSingle ? [] : data.arms.map(arm => arm.code))]
  const widest = Math.max(...names.map(name => measureText(name))) + (isSingle ? 12 : 28)
  const left = Math.max(measureTicks(ticks), Math.min(widest, width * 0.4))
  const plot = { left: left + AXIS_OFFSET, right: width - Math.max(18, hasEndLabels ? endWidth : 0) }
  const time = scaleLinear()
    .domain([0, Math.max(1, data.lastDay)])
    .range([plot.left, plot.right])
  const centres = data.days.map(({ day }) => time(day))
  const rows = drawTimeRows(TOP + PLOT_HEIGHT, plot, centres, [
    {
      name: base => [drawText(0, base, 'Day')],
      texts: data.days.map(({ day }) => String(day)),
      className: 'l',
    },
    ...data.arms.map((arm, index) => ({
      name: (base: number) => nameArm(isSingle ? 'Observed' : arm.code, isSingle ? null : index, base, left),
      texts: data.days.map(({ observed }) => String(observed[index] ?? 0)),
      gap: index === 0 ? 5 : 2,
    })),
  ])
  return {
    width,
    height: rows.bottom - 6,
    marks: [
      ...drawValueAxis(left, [TOP, TOP + PLOT_HEIGHT], ticks),
      ...data.arms.flatMap((arm, index) => drawSteps(arm, index, data.lastDay, time, value)),
      ...(hasEndLabels && !isSingle ? drawEnds(data, plot.right + 8, value) : []),
      ...rows.marks,
    ],
  }
}

/** A code that is too long for the room beside the plot is told by its marker alone; the legend has it. */
function nameArm(name: string, index: number | null, base: number, room: number): Mark[] {
  if (index === null) return [drawText(0, base, name)]
  const marker = drawMarker(index, 6, base - 4)
  return measureText(name) + 20 <= room ? [marker, drawText(16, base, name)] : [marker]
}

type ToPixel = (value: number) => number

function drawSteps(
  { steps, n }: StepsChartData['arms'][number],
  index: number,
  lastDay: number,
  x: ToPixel,
  y: ToPixel,
): Mark[] {
  if (n === 0) return []
  const percent = (participants: number) => toTenth(y((100 * participants) / n))
  const path = steps.map(({ day, participants }) => `H${toTenth(x(day))}V${percent(participants)}`).join('')
  const d = `M${toTenth(x(0))} ${percent(0)}${path}H${toTenth(x(Math.max(1, lastDay)))}`
  return [{ kind: 'path', d, className: `mean ${armClass(index)}` }]
}

function drawEnds(data: StepsChartData, x: number, y: ToPixel): Mark[] {
  const ends = data.arms.map(({ steps, n }) => y(n === 0 ? 0 : (100 * (steps.at(-1)?.participants ?? 0)) / n))
  const spread = spreadLabels(ends, 13, [TOP, TOP + PLOT_HEIGHT])
  return data.arms.map(({ code }, index) =>
    drawText(x, (spread[index] ?? 0) + 4, code, 'start', `s hv ${armClass(index)}`),
  )
}
