import { type Drawing, drawLine, drawText, LINE_HEIGHT, type Mark } from './drawing'
import { describeLeftOut, drawRankedArea } from './improvement-area'
import { countRows, type ImprovementChartData, MOST_ROWS } from './improvement-chart-data'
import { drawBars, drawNames, measureNames, ROW_HEIGHT } from './improvement-rows'
import { drawPercentAxis, findLowest, scalePercent } from './improvement-scale'

/** Widths at which the figure is drawn, with the number of panels in a line. */
export const IMPROVEMENT_WIDTHS = {
  wide: { width: 1000, columns: 4 },
  medium: { width: 520, columns: 2 },
  narrow: { width: 320, columns: 1 },
} as const

const PANEL_GAP = 20
const PANEL_HEAD = 36
const GROUP_HEAD = 22
/** Axis text under a line of panels. */
const AXIS_HEIGHT = 26
/** Height of all bars where there are too many for names. */
const AREA_HEIGHT = 320

interface Block {
  readonly data: ImprovementChartData
  readonly lowest: number
  readonly names: number
  readonly width: number
  readonly columns: number
}

/** Lays the figure out: lines of panels under each other, the same participants down the side of each. */
export function layOutImprovement(
  data: ImprovementChartData,
  { width, columns }: { readonly width: number; readonly columns: number },
): Drawing {
  const isNamed = countRows(data) <= MOST_ROWS
  const inLine = Math.min(columns, Math.max(1, data.panels.length))
  const names = isNamed ? measureNames(data.groups) : 0
  const block = { data, lowest: findLowest(data), names, width, columns: inLine }
  const marks: Mark[] = []
  let top = 0
  for (let first = 0; first < data.panels.length; first += inLine) {
    const drawn = isNamed ? drawNamedLine(block, first, top) : drawRankedLine(block, first, top)
    marks.push(...drawn.marks)
    top = drawn.bottom
  }
  return { width, height: top, marks }
}

interface DrawnLine {
  readonly marks: Mark[]
  readonly bottom: number
}

function panelEdges({ names, width, columns }: Block, column: number): { left: number; right: number } {
  const each = (width - names - PANEL_GAP * (columns - 1)) / columns
  const left = names + column * (each + PANEL_GAP)
  return { left, right: left + each }
}

function drawHeads(block: Block, first: number, top: number): Mark[] {
  return block.data.panels.slice(first, first + block.columns).flatMap((panel, column) => {
    const { left } = panelEdges(block, column)
    return [
      drawText(left, top + 14, panel.title, 'start', 's'),
      drawText(left, top + 28, `n = ${panel.n}`, 'start'),
    ]
  })
}

function drawNamedLine(block: Block, first: number, top: number): DrawnLine {
  const { data, names, width, columns } = block
  const marks = [drawText(0, top + 28, 'Participant'), ...drawHeads(block, first, top)]
  let y = top + PANEL_HEAD
  const start = y
  for (const group of data.groups) {
    if (group.label !== null) {
      marks.push(drawText(0, y + 15, group.label, 'start', 's'))
      y += GROUP_HEAD
    }
    marks.push(...drawNames(group, y, names, width))
    y += group.rows.length * ROW_HEIGHT
  }
  marks.push(drawLine('gr', 0, y, width, y))
  for (let column = 0; column < columns && first + column < data.panels.length; column++) {
    const edges = panelEdges(block, column)
    const scale = scalePercent(block.lowest, edges.left, edges.right, true)
    marks.push(...drawPercentAxis(scale, start, y))
    let groupTop = start
    for (const group of data.groups) {
      groupTop += group.label === null ? 0 : GROUP_HEAD
      marks.push(
        ...drawBars(
          group.rows.map(row => row.cells[first + column]),
          groupTop,
          scale,
        ),
      )
      groupTop += group.rows.length * ROW_HEIGHT
    }
  }
  return { marks, bottom: y + AXIS_HEIGHT }
}

function drawRankedLine(block: Block, first: number, top: number): DrawnLine {
  const { data, columns } = block
  const rowHeight = Math.min(ROW_HEIGHT, AREA_HEIGHT / countRows(data))
  const marks = drawHeads(block, first, top)
  let bottom = top + PANEL_HEAD
  for (let column = 0; column < columns && first + column < data.panels.length; column++) {
    const edges = panelEdges(block, column)
    const scale = scalePercent(block.lowest, edges.left, edges.right, false)
    const bars: Mark[] = []
    let y = top + PANEL_HEAD
    for (const group of data.groups) {
      const cells = group.rows.map(row => row.cells[first + column])
      if (group.label !== null) {
        bars.push(drawText(edges.left, y + 15, group.label, 'start', 's hv'))
        y += GROUP_HEAD
      }
      bars.push(...drawRankedArea(cells, y, rowHeight, scale))
      y += group.rows.length * rowHeight
      const leftOut = describeLeftOut(cells)
      if (leftOut !== '') bars.push(drawText(edges.left, y + 12, leftOut, 'start', 'hv'))
      y += LINE_HEIGHT + 4
    }
    marks.push(...drawPercentAxis(scale, top + PANEL_HEAD, y), ...bars)
    bottom = Math.max(bottom, y + AXIS_HEIGHT)
  }
  return { marks, bottom }
}
