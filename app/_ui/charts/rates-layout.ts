import { scaleLinear } from 'd3-scale'
import {
  AXIS_OFFSET,
  drawTimeRows,
  drawValueAxis,
  measureTicks,
  nameArmRow,
  nameRow,
  nameVisits,
  type TextRow,
} from './axes'
import { armClass, type Drawing, drawLine, drawMarker, drawText, type Mark, measureText } from './drawing'
import type { EstimateArm, VisitEstimatesData } from './rates-chart-data'
import { drawReferenceMarker, keepWithin, referenceClass } from './reference-marks'

const TOP = 12
const PLOT_HEIGHT = 200
const BOTTOM = TOP + PLOT_HEIGHT
/** Between the marks of neighbouring arms at one visit. */
const DODGE = 7
/** How far published marks may stand beside their time. */
const REFERENCE_DODGE = 4
/** Half the width of the bar that ends an interval. */
const CAP = 2.5

interface Scales {
  readonly x: (time: number) => number
  readonly y: (value: number) => number
}

/** Lays out estimates with their intervals at the visits: arms beside each other, joined by their dash. */
export function layOutVisitEstimates(data: VisitEstimatesData, width: number): Drawing {
  const isSingle = data.arms.length === 1
  const y = scaleLinear().domain([data.min, data.max]).range([BOTTOM, TOP])
  const ticks = y.ticks(5).map(tick => ({ at: y(tick), text: data.formatTick(tick) }))
  const names = [
    ...data.rowNames.map(name => measureText(name) + (isSingle ? 0 : 16)),
    measureText(data.timeUnit),
  ]
  const axis = Math.max(measureTicks(ticks), ...names.map(name => name + 8))
  const half = ((data.arms.length - 1) * DODGE) / 2
  const textRoom = (visit: number) =>
    Math.max(0, ...data.arms.flatMap(arm => (arm.points.at(visit)?.texts ?? []).map(measureText))) / 2
  const plot = {
    left: Math.max(axis + AXIS_OFFSET + half, Math.max(...names) + textRoom(0) + 6),
    right: width - Math.max(22, textRoom(-1) + 2) - half,
  }
  const times = data.visits.map(visit => visit.time)
  const [from, to] = [Math.min(...times), Math.max(...times)]
  const time = from < to ? scaleLinear().domain([from, to]).range([plot.left, plot.right]) : undefined
  const scales: Scales = { x: at => (time ? time(at) : (plot.left + plot.right) / 2), y }
  const edges = { left: plot.left - half, right: plot.right + half }
  const below = drawBelow(data, scales, edges)
  return {
    width,
    height: below.bottom,
    marks: [
      ...drawValueAxis(axis, [TOP, BOTTOM], ticks),
      ...data.rules.map(rule => drawLine('grd', edges.left, y(rule), edges.right, y(rule))),
      ...(data.zero === null ? [] : [drawLine('ax', edges.left, y(data.zero), edges.right, y(data.zero))]),
      ...drawReferences(data, scales, times),
      ...data.arms.flatMap((arm, index) => drawArm(data, arm, index, scales)),
      ...below.marks,
    ],
  }
}

function drawArm(data: VisitEstimatesData, arm: EstimateArm, index: number, { x, y }: Scales): Mark[] {
  const shift = (index - (data.arms.length - 1) / 2) * DODGE
  const points = arm.points.flatMap(({ estimate, lower, upper }, visit) => {
    const at = data.visits[visit]?.time
    return estimate === null || at === undefined ? [] : [{ visit, x: x(at) + shift, estimate, lower, upper }]
  })
  const joins = points.slice(1).map((point, before) => {
    const last = points[before] ?? point
    const look = point.visit - last.visit > 1 ? ' gapped' : ''
    return drawLine(`join ${armClass(index)}${look}`, last.x, y(last.estimate), point.x, y(point.estimate))
  })
  return [
    ...joins,
    ...points.flatMap(point => drawWhisker(`whisker ${armClass(index)}`, point, y)),
    ...points.map(point => drawMarker(index, point.x, y(point.estimate), 3.5)),
  ]
}

function drawWhisker(
  className: string,
  { x, lower, upper }: { readonly x: number; readonly lower: number | null; readonly upper: number | null },
  y: (value: number) => number,
): Mark[] {
  if (lower === null || upper === null) return []
  return [
    drawLine(className, x, y(lower), x, y(upper)),
    ...[lower, upper].map(end => drawLine(className, x - CAP, y(end), x + CAP, y(end))),
  ]
}

/** Published values within the time drawn: thin and hollow, at their time, behind the study's own. */
function drawReferences(data: VisitEstimatesData, { x, y }: Scales, times: readonly number[]): Mark[] {
  const { length } = data.references
  return data.references.flatMap(({ look, points: all }, index) => {
    const points = keepWithin(all, times)
    const shift =
      length === 1 ? REFERENCE_DODGE : (index / (length - 1)) * 2 * REFERENCE_DODGE - REFERENCE_DODGE
    const at = (time: number) => x(time) + shift
    const joins = points.slice(1).map((point, before) => {
      const last = points[before] ?? point
      return drawLine(
        referenceClass(look),
        at(last.time),
        y(last.estimate),
        at(point.time),
        y(point.estimate),
      )
    })
    return [
      ...joins,
      ...points.flatMap(point => drawWhisker('refci', { ...point, x: at(point.time) }, y)),
      ...points.map(point => drawReferenceMarker(look, at(point.time), y(point.estimate))),
    ]
  })
}

function drawBelow(
  data: VisitEstimatesData,
  { x }: Scales,
  plot: { readonly left: number; readonly right: number },
): { marks: Mark[]; bottom: number } {
  const centres = data.visits.map(({ time }) => x(time))
  const rows = data.arms.flatMap((arm, index) =>
    data.rowNames.map(
      (name, line): TextRow => ({
        name:
          data.arms.length === 1
            ? nameRow(name)
            : line === 0
              ? nameArmRow(name, index)
              : base => [drawText(16, base, name)],
        texts: arm.points.map(point => point.texts[line] ?? ''),
        className: line === 0 ? 'v' : '',
        gap: line > 0 ? 0 : index === 0 ? 5 : 4,
      }),
    ),
  )
  const below = drawTimeRows(BOTTOM, plot, centres, [nameVisits(data), ...rows])
  return { marks: below.marks, bottom: below.bottom - 8 }
}
