import { scaleLinear } from 'd3-scale'
import { AXIS_OFFSET, drawValueAxis, measureTicks, TICK } from './axes'
import {
  type DistributionArm,
  type DistributionChartData,
  LOWEST_IMPROVEMENT,
} from './distribution-chart-data'
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
import { drawStepBand, drawSteps } from './step-marks'
import { wrapText } from './text-lines'

const TOP = 12
const PLOT_HEIGHT = 200
const BOTTOM = TOP + PLOT_HEIGHT
const TICKS = [0, 0.25, 0.5, 0.75, 1]
/** Width of the column left of the worst improvement, for those without one. */
const NO_VALUE = 'No value'
/** Thresholds at which the arms' markers stand on the curves. */
const MARKED = [0, 30, 50, 80]
const LABEL_GAP = 4
/** Room left of the lowest label, in percent, so that the worst value is seen as a step of its own. */
const STUB = 5

interface Scales {
  readonly x: (improvement: number) => number
  readonly y: (share: number) => number
  readonly lowest: number
  /** Left end of the column of those without a value. */
  readonly left: number
}

/**
 * Lays out cumulative curves of response: read upwards from a threshold, the share that improved by at least so much. Those
 * without a value lie in a column of their own below the worst, never at 0%.
 */
export function layOutDistribution(data: DistributionChartData, width: number): Drawing {
  const y = scaleLinear().domain([0, 1]).range([BOTTOM, TOP])
  const ticks = TICKS.map(tick => ({ at: y(tick), text: `${tick * 100}%` }))
  const axis = measureTicks(ticks)
  const left = axis + AXIS_OFFSET
  const worst = left + measureText(NO_VALUE) + 14
  const right = width - measureText('100%') / 2 - 2
  const lowest = findLowest(data)
  const x = scaleLinear()
    .domain([lowest - STUB, 100])
    .range([worst, right])
  const scales: Scales = { x, y, lowest, left }
  const below = drawBelow(data, scales, right, width)
  return {
    width,
    height: below.bottom,
    marks: [
      ...drawValueAxis(axis, [TOP, BOTTOM], ticks),
      ...[0, 30, 50].map(at => drawLine('grd', x(at), TOP, x(at), BOTTOM)),
      drawLine('gr', worst - 4, TOP, worst - 4, BOTTOM + AXIS_OFFSET),
      ...data.arms.flatMap((arm, index) => drawBand(arm, index, scales)),
      ...data.arms.flatMap((arm, index) => drawCurve(arm, index, scales)),
      ...below.marks,
    ],
  }
}

function findLowest({ arms }: DistributionChartData): number {
  const worst = Math.min(0, ...arms.flatMap(arm => arm.steps[0]?.improvement ?? []))
  return Math.max(LOWEST_IMPROVEMENT, Math.floor(worst / 10) * 10)
}

type Height = 'share' | 'lower' | 'upper'

/** The share that holds up to each improvement, as corners: the curve falls just after it. */
function cornersOf({ steps }: DistributionArm, { x, y, lowest }: Scales, height: Height) {
  const at = (improvement: number) => x(Math.max(lowest, Math.min(100, improvement)))
  const start = steps[0]
  if (!start) return []
  return [
    { x: x(lowest - STUB), y: y(start[height]) },
    ...steps.map(({ improvement }, index) => ({ x: at(improvement), y: y(steps[index + 1]?.[height] ?? 0) })),
  ]
}

function drawBand(arm: DistributionArm, index: number, scales: Scales): Mark[] {
  const last = arm.steps.at(-1)
  if (!last) return []
  const end = scales.x(Math.max(scales.lowest, Math.min(100, last.improvement)))
  return drawStepBand(
    cornersOf(arm, scales, 'upper').slice(0, -1),
    cornersOf(arm, scales, 'lower').slice(0, -1),
    end,
    `band ${armClass(index)}`,
  )
}

/** From all expected, in the column of those without a value, down to nobody. */
function drawCurve(arm: DistributionArm, index: number, scales: Scales): Mark[] {
  if (arm.n === 0) return []
  const { x, y, left, lowest } = scales
  const nobody = [{ x: x(lowest - STUB), y: y(0) }]
  const corners = arm.steps.length > 0 ? cornersOf(arm, scales, 'share') : nobody
  const shareFrom = (threshold: number) =>
    arm.steps.find(({ improvement }) => improvement >= threshold - 1e-9)?.share ?? 0
  return [
    ...drawSteps([{ x: left, y: y(1) }, ...corners], x(100), `mean ${armClass(index)}`),
    ...MARKED.map(at => drawMarker(index, x(at), y(shareFrom(at)), 3.5)),
  ]
}

/** The axis of improvement, what it is, and whom each curve is of. */
function drawBelow(
  data: DistributionChartData,
  { x, lowest, left }: Scales,
  right: number,
  width: number,
): { readonly marks: Mark[]; readonly bottom: number } {
  const axis = BOTTOM + AXIS_OFFSET
  const base = axis + TICK + 12
  const noValueCentre = left + measureText(NO_VALUE) / 2
  const marks: Mark[] = [
    drawLine('ax', x(lowest - STUB), axis, right, axis),
    drawText(noValueCentre, base, NO_VALUE, 'middle', 'l'),
  ]
  let takenFrom = noValueCentre + measureText(NO_VALUE) / 2
  const wanted = new Map(
    [100, 0, 50, 30, lowest].map(at => [at, at < 0 ? `−${-at}` : at === 100 ? '100%' : String(at)]),
  )
  const kept: { at: number; text: string }[] = []
  for (const [at, text] of wanted) {
    const isFree =
      x(at) - measureText(text) / 2 >= takenFrom + LABEL_GAP &&
      kept.every(
        other =>
          Math.abs(x(at) - x(other.at)) >= (measureText(text) + measureText(other.text)) / 2 + LABEL_GAP,
      )
    if (isFree) kept.push({ at, text })
  }
  takenFrom = base
  for (const { at, text } of kept) {
    marks.push(drawLine('ax', x(at), axis, x(at), axis + TICK), drawText(x(at), base, text, 'middle', 'l'))
  }
  let y = takenFrom + LINE_HEIGHT + 1
  marks.push(drawText(right + measureText('100%') / 2, y, 'Improved by at least', 'end'))
  y += LINE_HEIGHT + 4
  for (const [index, arm] of data.arms.entries()) {
    const isSingle = data.arms.length === 1
    const indent = isSingle ? 0 : 16
    const name = isSingle ? '' : `${arm.code}: `
    const text = `${name}n = ${arm.n}${arm.withoutValue === '' ? '' : `, no value: ${arm.withoutValue}`}`
    if (!isSingle) marks.push(drawMarker(index, 6, y - 4))
    for (const line of wrapText(text, width - indent)) {
      marks.push(drawText(indent, y, line))
      y += LINE_HEIGHT
    }
  }
  return { marks, bottom: y - LINE_HEIGHT + 6 }
}
