import { scaleLinear } from 'd3-scale'
import { drawLine, drawMarker, drawText, LINE_HEIGHT, type Mark, measureText } from './drawing'
import { assignLanes } from './label-lanes'

/** Between the plot and its axes. */
export const AXIS_OFFSET = 8
export const TICK = 4
/** Class of what an axis says of its scale, which is no number of the study. */
export const TICK_LABEL = 'tick'
/** Second lane of labels that would touch. */
const LANE_HEIGHT = 12

/** A tick of an axis: where it lies in the drawing, and what it says. */
export interface AxisTick {
  readonly at: number
  readonly text: string
}

/** Room that the labels of a value axis take to the left of it. */
export function measureTicks(ticks: readonly AxisTick[]): number {
  return Math.max(0, ...ticks.map(({ text }) => measureText(text) + 16))
}

/** A vertical axis at `x`, labels to its left. */
export function drawValueAxis(
  x: number,
  range: readonly [top: number, bottom: number],
  ticks: readonly AxisTick[],
): Mark[] {
  return [
    drawLine('ax', x, range[1], x, range[0]),
    ...ticks.flatMap(({ at, text }) => [
      drawLine('ax', x - TICK, at, x, at),
      drawText(x - TICK - 3, at + 4, text, 'end', TICK_LABEL),
    ]),
  ]
}

/** A horizontal axis at `y` from left to right, with ticks below it and no labels: `drawRows` writes them. */
export function drawTimeAxis(
  y: number,
  range: readonly [left: number, right: number],
  centres: readonly number[],
): Mark[] {
  return [
    drawLine('ax', range[0], y, range[1], y),
    ...centres.map(centre => drawLine('ax', centre, y, centre, y + TICK)),
  ]
}

/** A line of text under a plot: its name at the left, a text under each centre; '' leaves a place empty. */
export interface TextRow {
  /** Drawn from the base line given. */
  readonly name: (base: number) => readonly Mark[]
  readonly texts: readonly string[]
  readonly className?: string
  /** Room above it. */
  readonly gap?: number
}

/** A row named by a text alone. */
export function nameRow(name: string): TextRow['name'] {
  return base => [drawText(0, base, name)]
}

/** A row of one arm among several: behind its marker. `arm` null: the only one, told by the text alone. */
export function nameArmRow(text: string, arm: number | null): TextRow['name'] {
  if (arm === null) return nameRow(text)
  return base => [drawMarker(arm, 6, base - 4), drawText(16, base, text)]
}

/** The row of what a time axis is of: visits, under the unit of time. */
export function nameVisits({
  timeUnit,
  visits,
}: {
  readonly timeUnit: string
  readonly visits: readonly { readonly label: string }[]
}): TextRow {
  return { name: nameRow(timeUnit), texts: visits.map(visit => visit.label), className: 'l' }
}

/** The time axis below a plot that ends at `plotBottom`, with its rows of text. `bottom`: as of `drawRows`. */
export function drawTimeRows(
  plotBottom: number,
  range: { readonly left: number; readonly right: number },
  centres: readonly number[],
  rows: readonly TextRow[],
): { readonly marks: Mark[]; readonly bottom: number } {
  const axis = plotBottom + AXIS_OFFSET
  const below = drawRows(centres, rows, axis + TICK + 12)
  return {
    marks: [...drawTimeAxis(axis, [range.left, range.right], centres), ...below.marks],
    bottom: below.bottom,
  }
}

/** The range of a scale, wider where values lie beyond it, so that nothing is cut off. */
export function widenRange(
  [min, max]: readonly [min: number, max: number],
  values: Iterable<number | null>,
): [min: number, max: number] {
  let [lowest, highest] = [min, max]
  for (const value of values) {
    if (value === null) continue
    if (value < lowest) lowest = value
    if (value > highest) highest = value
  }
  if (lowest >= min && highest <= max) return [min, max]
  return scaleLinear().domain([lowest, highest]).nice(5).domain() as [number, number]
}

/**
 * Rows of text under each other: visits, means, numbers. Labels that would touch go into a second lane; one that has no
 * room there either is left out, and stands in the table only. `bottom`: the base line that a next row would have.
 */
export function drawRows(
  centres: readonly number[],
  rows: readonly TextRow[],
  firstBase: number,
): { readonly marks: Mark[]; readonly bottom: number } {
  const marks: Mark[] = []
  let base = firstBase
  for (const { name, texts, className = '', gap = 0 } of rows) {
    base += gap
    const lanes = assignLanes(centres, texts.map(measureText), 2)
    marks.push(...name(base))
    for (const [index, lane] of lanes.entries()) {
      const text = texts[index] ?? ''
      if (lane === null || text === '') continue
      marks.push(drawText(centres[index] ?? 0, base + lane * LANE_HEIGHT, text, 'middle', className))
    }
    base += LINE_HEIGHT + (lanes.includes(1) ? LANE_HEIGHT : 0)
  }
  return { marks, bottom: base }
}
