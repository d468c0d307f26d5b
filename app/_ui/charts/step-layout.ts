import { scaleLinear } from 'd3-scale'
import { AXIS_OFFSET, drawTimeRows, drawValueAxis, nameArmRow, nameVisits, type TextRow } from './axes'
import { armClass, type Drawing, drawLine, drawMarker, drawText, type Mark, measureText } from './drawing'
import { spreadLabels } from './label-lanes'
import { countCensorMarks, MOST_CENSOR_MARKS, type StepArm, type StepChartData } from './step-chart-data'
import { drawStepBand, drawSteps, type StepCorner } from './step-marks'

const TOP = 12
const PLOT_HEIGHT = 200
const BOTTOM = TOP + PLOT_HEIGHT
const TICKS = [0, 0.25, 0.5, 0.75, 1]
/** Names at the curves' ends take at most this share of the width; else the legend alone has them. */
const LABEL_SHARE = 0.24

interface StepScales {
  readonly x: (time: number) => number
  readonly y: (share: number) => number
  readonly end: number
}

/** Lays out the share with an event as curves in steps, from 0 to 100%, with the numbers at risk under the visits. */
export function layOutSteps(data: StepChartData, width: number): Drawing {
  const isSingle = data.arms.length === 1
  const y = scaleLinear().domain([0, 1]).range([BOTTOM, TOP])
  const ticks = TICKS.map(tick => ({ at: y(tick), text: `${tick * 100}%` }))
  const names = isSingle ? [] : data.arms.map(arm => arm.code)
  const nameWidth = Math.max(0, ...names.map(measureText))
  const hasNames = names.length > 0 && nameWidth <= width * LABEL_SHARE
  const axis = Math.max(measureText('At risk') + (isSingle ? 8 : 24), measureText(data.timeUnit) + 20)
  const plot = { left: axis + AXIS_OFFSET, right: width - Math.max(22, hasNames ? nameWidth + 14 : 0) }
  const lastVisit = data.visits.at(-1)?.time ?? 0
  const lastStep = Math.max(0, ...data.arms.map(arm => arm.steps.at(-1)?.time ?? 0))
  const last = Math.max(lastVisit, lastStep) || 1
  const time = scaleLinear().domain([0, last]).range([plot.left, plot.right])
  const scales: StepScales = { x: time, y, end: last }
  const curves = data.arms.map(arm => cornersOf(arm, scales))
  const below = drawBelow(data, scales, plot)
  const hasCensorMarks = countCensorMarks(data) <= MOST_CENSOR_MARKS
  return {
    width,
    height: below.bottom,
    marks: [
      ...drawValueAxis(axis, [TOP, BOTTOM], ticks),
      drawLine('grd', plot.left, y(0.5), plot.right, y(0.5)),
      ...data.arms.flatMap((arm, index) => drawBand(arm, index, scales)),
      ...data.arms.flatMap((arm, index) => [
        ...drawSteps(curves[index] ?? [], scales.x(arm.steps.at(-1)?.time ?? 0), `mean ${armClass(index)}`),
        ...(hasCensorMarks ? drawCensored(arm, scales) : []),
        ...drawArmMarkers(data, arm, index, scales),
      ]),
      ...(hasNames ? drawNames(data, scales) : []),
      ...below.marks,
    ],
  }
}

function cornersOf({ steps }: StepArm, { x, y }: StepScales): StepCorner[] {
  if (steps.length === 0) return []
  return [{ x: x(0), y: y(0) }, ...steps.map(step => ({ x: x(step.time), y: y(step.share) }))]
}

/** The band from where an interval can be computed; before it the share is 0 and has none. */
function drawBand({ steps }: StepArm, index: number, { x, y }: StepScales): Mark[] {
  const corners = (at: (step: StepArm['steps'][number]) => number | null) =>
    steps.flatMap(step => {
      const share = at(step)
      return share === null ? [] : [{ x: x(step.time), y: y(share) }]
    })
  const lastTime = steps.findLast(step => step.upper !== null)?.time ?? 0
  const next = steps.find(step => step.time > lastTime)?.time ?? lastTime
  return drawStepBand(
    corners(step => step.upper),
    corners(step => step.lower),
    x(next),
    `band ${armClass(index)}`,
  )
}

/** One short stroke across the curve at each time of censoring. */
function drawCensored({ steps }: StepArm, { x, y }: StepScales): Mark[] {
  return steps.flatMap(({ time, share, isCensored }) =>
    isCensored ? [drawLine('censored', x(time), y(share) - 4, x(time), y(share) + 4)] : [],
  )
}

/** The arm's marker on its curve at each visit at which somebody is still at risk. */
function drawArmMarkers(data: StepChartData, arm: StepArm, index: number, { x, y }: StepScales): Mark[] {
  return data.visits.flatMap(({ time }, visit) => {
    if ((arm.atRisk[visit] ?? 0) === 0 || time === 0) return []
    const share = arm.steps.findLast(step => step.time <= time)?.share ?? 0
    return [drawMarker(index, x(time), y(share), 3.5)]
  })
}

function drawNames({ arms }: StepChartData, { x, y }: StepScales): Mark[] {
  const ends = arms.flatMap(({ code, steps }, index) => {
    const last = steps.at(-1)
    return last ? [{ code, index, x: x(last.time) + 8, y: y(last.share) }] : []
  })
  const right = Math.max(0, ...ends.map(end => end.x))
  const spread = spreadLabels(
    ends.map(end => end.y),
    13,
    [TOP + 4, BOTTOM - 4],
  )
  return ends.map(({ code, index }, rank) =>
    drawText(right, (spread[rank] ?? 0) + 4, code, 'start', `s hv ${armClass(index)}`),
  )
}

function drawBelow(
  data: StepChartData,
  { x }: StepScales,
  plot: { readonly left: number; readonly right: number },
): { marks: Mark[]; bottom: number } {
  const centres = data.visits.map(({ time }) => x(time))
  const isSingle = data.arms.length === 1
  const rows = data.arms.map(
    (arm, index): TextRow => ({
      name: nameArmRow('At risk', isSingle ? null : index),
      texts: arm.atRisk.map(String),
      gap: index === 0 ? 5 : 0,
    }),
  )
  const below = drawTimeRows(BOTTOM, plot, centres, [nameVisits(data), ...rows])
  return { marks: below.marks, bottom: below.bottom - 8 }
}
