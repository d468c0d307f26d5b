import { scaleLinear } from 'd3-scale'
import { AXIS_OFFSET, TICK } from './axes'
import {
  armClass,
  type Drawing,
  drawLine,
  drawMarker,
  drawText,
  LINE_HEIGHT,
  type Mark,
  measureText,
  TEXT_SIZE,
} from './drawing'
import type { ForestChartData, ForestRow } from './forest-chart-data'
import { drawReferenceMarker } from './reference-marks'
import { wrapText } from './text-lines'

/** From here on a line has its label, its estimate and its numbers side by side. */
const WIDE = 700
const ROW_GAP = 7
const GROUP_GAP = 12
/** Height of the line on which an estimate lies where its words stand above it. */
const MARK_HEIGHT = 16

interface Columns {
  readonly plot: { readonly left: number; readonly right: number }
  /** Width for the label, and where the numbers begin; null: both stand above the estimate, over the whole width. */
  readonly aside: { readonly label: number; readonly text: number } | null
}

/** Lays a forest plot out: beside each other on a screen, words above the estimates on a phone. */
export function layOutForest(data: ForestChartData, width: number): Drawing {
  const columns = planColumns(data, width)
  const rows = data.groups.flatMap(group => group.rows)
  const reach = rows.flatMap(({ estimate, lower, upper }) =>
    [estimate, lower, upper].flatMap(value => value ?? []),
  )
  const x = scaleLinear()
    .domain([Math.min(data.min, ...reach), Math.max(data.max, ...reach)])
    .nice(5)
    .range([columns.plot.left, columns.plot.right])
  const marks: Mark[] = []
  let y = 0
  for (const [index, { title, rows: own }] of data.groups.entries()) {
    y += index === 0 ? 0 : GROUP_GAP
    for (const line of wrapText(title, width)) {
      marks.push(drawText(0, y + TEXT_SIZE, line, 'start', 's hv'))
      y += LINE_HEIGHT
    }
    y += 3
    for (const row of own) {
      const drawn = drawRow(row, x, y, columns, width)
      marks.push(...drawn.marks)
      y = drawn.bottom
    }
  }
  const axis = drawAxis(data, x, y, columns.plot, width)
  return { width, height: axis.bottom, marks: [...axis.rules, ...marks, ...axis.marks] }
}

function planColumns({ groups }: ForestChartData, width: number): Columns {
  const rows = groups.flatMap(group => group.rows)
  if (width < WIDE) return { plot: { left: 14, right: width - 22 }, aside: null }
  const texts = Math.max(0, ...rows.map(({ text }) => measureText(text)))
  const textWidth = Math.ceil(Math.min(texts, width * 0.34)) + 1
  const label = Math.ceil(Math.min(Math.max(0, ...rows.map(row => measureText(row.label))), width * 0.3)) + 1
  return {
    plot: { left: label + 24, right: width - textWidth - 24 },
    aside: { label, text: width - textWidth },
  }
}

function drawRow(
  row: ForestRow,
  x: (value: number) => number,
  top: number,
  { aside, plot }: Columns,
  width: number,
): { readonly marks: Mark[]; readonly bottom: number } {
  const className = row.look.kind === 'own' ? 'v hv' : 'l hv'
  if (aside !== null) {
    const label = wrapText(row.label, aside.label)
    const text = wrapText(row.text, width - aside.text)
    const lines = Math.max(label.length, text.length)
    const middle = top + (lines * LINE_HEIGHT) / 2
    const at = (count: number, line: number) => middle + (line - (count - 1) / 2) * LINE_HEIGHT + 4
    return {
      marks: [
        ...label.map((line, index) => drawText(0, at(label.length, index), line, 'start', className)),
        ...text.map((line, index) => drawText(aside.text, at(text.length, index), line, 'start', className)),
        ...drawEstimate(row, x, middle),
      ],
      bottom: top + lines * LINE_HEIGHT + ROW_GAP,
    }
  }
  const words = [...wrapText(row.label, width - plot.left), ...wrapText(row.text, width - plot.left)]
  const middle = top + words.length * LINE_HEIGHT + MARK_HEIGHT / 2
  const labels = words.length - wrapText(row.text, width - plot.left).length
  return {
    marks: [
      ...words.map((line, index) =>
        drawText(
          plot.left,
          top + TEXT_SIZE + index * LINE_HEIGHT,
          line,
          'start',
          index < labels ? className : '',
        ),
      ),
      ...drawEstimate(row, x, middle),
    ],
    bottom: middle + MARK_HEIGHT / 2 + ROW_GAP,
  }
}

function drawEstimate(
  { estimate, lower, upper, look }: ForestRow,
  x: (value: number) => number,
  y: number,
): Mark[] {
  if (estimate === null) return []
  const isOwn = look.kind === 'own'
  const className = isOwn ? `whisker ${armClass(look.index)}` : 'refci'
  const interval =
    lower === null || upper === null
      ? []
      : [
          drawLine(className, x(lower), y, x(upper), y),
          ...[lower, upper].map(end => drawLine(className, x(end), y - 3, x(end), y + 3)),
        ]
  const marker = isOwn
    ? drawMarker(look.index, x(estimate), y, 4)
    : drawReferenceMarker(look.index, x(estimate), y, 4)
  return [...interval, marker]
}

function drawAxis(
  { formatTick, zero, sides }: ForestChartData,
  x: ReturnType<typeof scaleLinear<number, number>>,
  y: number,
  plot: Columns['plot'],
  width: number,
): { readonly rules: Mark[]; readonly marks: Mark[]; readonly bottom: number } {
  const axis = y + AXIS_OFFSET
  const base = axis + TICK + 12
  const ticks = x
    .ticks(plot.right - plot.left < 400 ? 4 : 6)
    .map(tick => ({ at: x(tick), text: formatTick(tick) }))
  const rules = zero === null ? [] : [drawLine('grd', x(zero), 0, x(zero), axis)]
  const sideBase = base + LINE_HEIGHT + 2
  const room = (plot.right - plot.left) / 2 - 4
  const isTight = sides.some(side => measureText(side) > room)
  const [left, right] = sides
  const hasSides = left !== '' || right !== ''
  return {
    rules,
    marks: [
      drawLine('ax', plot.left, axis, plot.right, axis),
      ...ticks.flatMap(({ at, text }) => [
        drawLine('ax', at, axis, at, axis + TICK),
        drawText(at, base, text, 'middle', 'l'),
      ]),
      ...(hasSides
        ? isTight
          ? [drawText(0, sideBase, left), drawText(width, sideBase + LINE_HEIGHT, right, 'end')]
          : [drawText(plot.left, sideBase, left), drawText(plot.right, sideBase, right, 'end')]
        : []),
    ],
    bottom: (hasSides ? sideBase + (isTight ? LINE_HEIGHT : 0) : base) + 6,
  }
}
