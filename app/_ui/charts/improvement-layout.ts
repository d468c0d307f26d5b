import { type Drawing, drawLine, drawText, LINE_HEIGHT, type Mark } from './drawing'
import { describeLeftOut, drawRankedArea } from './improvement-area'
import { countRows, type ImprovementChartData, MOST_ROWS } from './improvement-chart-data'
import { describeRow, drawBar, drawName, measureNames, ROW_HEIGHT } from './improvement-rows'
import { drawPercentAxis, findLowest, scalePercent } from './improvement-scale'
import { wrapText } from './text-lines'

/** Panels in a line, by the width of the figure. */
const COLUMNS = [
  { from: 900, columns: 4 },
  { from: 480, columns: 2 },
] as const

const PANEL_GAP = 20
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
export function layOutImprovement(data: ImprovementChartData, width: number): Drawing {
  const columns = COLUMNS.find(({ from }) => width >= from)?.columns ?? 1
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

/** Titles and numbers over a line of panels; long titles are broken. */
function drawHeads(block: Block, first: number, top: number): DrawnLine {
  const panels = block.data.panels.slice(first, first + block.columns)
  const titles = panels.map(({ title }, column) => {
    const { left, right } = panelEdges(block, column)
    return wrapText(title, right - left)
  })
  const base = top + 14 + LINE_HEIGHT * Math.max(1, ...titles.map(lines => lines.length))
  const marks = panels.flatMap(({ n }, column) => {
    const { left } = panelEdges(block, column)
    const lines = (titles[column] ?? []).map((line, index) =>
      drawText(left, top + 14 + index * LINE_HEIGHT, line, 'start', 's'),
    )
    return [...lines, drawText(left, base, `n = ${n}`)]
  })
  return { marks, bottom: base + 7 }
}

function drawNamedLine(block: Block, first: number, top: number): DrawnLine {
  const { data, names, width, columns } = block
  const panels = data.panels.slice(first, first + columns)
  const scales = panels.map((_, column) => {
    const { left, right } = panelEdges(block, column)
    return scalePercent(block.lowest, left, right, true)
  })
  const marks: Mark[] = []
  const rows: Mark[] = []
  const heads = drawHeads(block, first, top)
  const start = heads.bottom
  let y = start
  for (const group of data.groups) {
    if (group.label !== null) {
      rows.push(drawText(0, y + 15, group.label, 'start', 's hv'))
      y += GROUP_HEAD
    }
    for (const row of group.rows) {
      marks.push(drawLine('gr', 0, y, width, y))
      rows.push({
        kind: 'link',
        subject: row.subject,
        label: describeRow(
          row,
          panels.map(({ title }) => title),
          first,
        ),
        marks: [
          ...drawName(row, y, names),
          ...scales.flatMap((scale, column) => drawBar(row.cells[first + column], y, scale)),
        ],
        area: { x: 0, y, width, height: ROW_HEIGHT },
      })
      y += ROW_HEIGHT
    }
  }
  marks.push(drawLine('gr', 0, y, width, y), ...scales.flatMap(scale => drawPercentAxis(scale, start, y)))
  const name = drawText(0, start - 7, 'Participant')
  return { marks: [name, ...heads.marks, ...marks, ...rows], bottom: y + AXIS_HEIGHT }
}

function drawRankedLine(block: Block, first: number, top: number): DrawnLine {
  const { data, columns } = block
  const rowHeight = Math.min(ROW_HEIGHT, AREA_HEIGHT / countRows(data))
  const heads = drawHeads(block, first, top)
  const marks = [...heads.marks]
  let bottom = heads.bottom
  for (let column = 0; column < columns && first + column < data.panels.length; column++) {
    const edges = panelEdges(block, column)
    const scale = scalePercent(block.lowest, edges.left, edges.right, false)
    const bars: Mark[] = []
    let y = heads.bottom
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
    marks.push(...drawPercentAxis(scale, heads.bottom, y), ...bars)
    bottom = Math.max(bottom, y + AXIS_HEIGHT)
  }
  return { marks, bottom }
}
