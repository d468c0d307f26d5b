import { formatCount, formatPercent } from '@/lib/format/numbers'
import { type Drawing, drawText, LINE_HEIGHT, type Mark, measureText, toTenth } from './drawing'
import {
  deriveHeat,
  type HeatMapCell,
  type HeatMapChartData,
  type HeatMapColumn,
} from './heat-map-chart-data'
import { wrapText } from './text-lines'

const CELL_HEIGHT = 36
const GAP = 2
/** Labels stand left of the cells where they leave them this share of the width. */
const LEAST_SHARE = 0.6
const LEAST_CELL = 44
const MOST_CELL = 110
const LABEL_MOST = 210

/** Lays out a grid of counts; where the columns have no room beside each other, in several blocks. */
export function layOutHeatMap(data: HeatMapChartData, width: number): Drawing {
  const label = Math.min(LABEL_MOST, Math.max(0, ...data.rows.map(row => measureText(row.label))) + 12)
  const isBeside = width - label >= width * LEAST_SHARE && width > 400
  const left = isBeside ? label : 0
  const fit = Math.max(1, Math.floor((width - left) / LEAST_CELL))
  const blocks = Math.max(1, Math.ceil(data.columns.length / fit))
  const inBlock = Math.ceil(data.columns.length / blocks)
  const cell = Math.min(MOST_CELL, (width - left) / Math.max(1, inBlock))
  const marks: Mark[] = []
  let y = 0
  for (let block = 0; block < blocks; block += 1) {
    const from = block * inBlock
    const columns = data.columns.slice(from, from + inBlock)
    const head = drawHead(columns, left, y, cell)
    marks.push(...head.marks)
    y = head.bottom + 4
    for (const row of data.rows) {
      const cells = row.cells.slice(from, from + inBlock)
      if (blocks > 1 && cells.every(each => each.kind === 'none')) continue
      if (isBeside) {
        const lines = wrapText(row.label, left - 10)
        for (const [index, line] of lines.entries())
          marks.push(
            drawText(
              0,
              y + CELL_HEIGHT / 2 + 4 + (index - (lines.length - 1) / 2) * LINE_HEIGHT,
              line,
              'start',
              'l',
            ),
          )
      } else {
        for (const line of wrapText(row.label, width)) {
          marks.push(drawText(0, y + 11, line, 'start', 'l'))
          y += LINE_HEIGHT
        }
        y += 2
      }
      for (const [index, each] of cells.entries()) marks.push(...drawCell(each, left + index * cell, y, cell))
      y += CELL_HEIGHT + (isBeside ? 0 : 6)
    }
    y += block < blocks - 1 ? 12 : 0
  }
  return { width, height: y, marks }
}

function drawHead(columns: readonly HeatMapColumn[], left: number, top: number, cell: number) {
  const lines = columns.map(({ label, code }) => {
    const own = wrapText(label, cell - 6)
    return own.every(line => measureText(line) <= cell - 4) ? own : [code]
  })
  const most = Math.max(1, ...lines.map(each => each.length))
  const marks = lines.flatMap((each, column) =>
    each.map((line, index) =>
      drawText(
        left + (column + 0.5) * cell,
        top + 11 + (most - each.length + index) * LINE_HEIGHT,
        line,
        'middle',
        's',
      ),
    ),
  )
  return { marks, bottom: top + most * LINE_HEIGHT }
}

function drawCell(cell: HeatMapCell, x: number, y: number, width: number): Mark[] {
  const centre = x + (width - GAP) / 2
  const write = (text: string, dy: number, className: string) =>
    drawText(centre, y + dy, text, 'middle', className)
  if (cell.kind === 'none') return [write('–', CELL_HEIGHT / 2 + 3, '')]
  if (cell.kind === 'text') {
    const lines = wrapText(cell.text, width - 4)
    return lines.map((line, index) =>
      write(line, CELL_HEIGHT / 2 + 3 + (index - (lines.length - 1) / 2) * 12, ''),
    )
  }
  const { k, n, inFollowUp } = cell
  const shade = deriveHeat(k, n)
  const fits = (text: string) => measureText(text) <= width - GAP - 2
  const all = formatCount(k, n)
  const followed = formatCount(k, inFollowUp)
  const share = n === 0 ? '' : formatPercent(k / n)
  const texts = [
    fits(all) ? all : share,
    inFollowUp === n ? '' : fits(`(${followed})`) ? `(${followed})` : '',
  ]
  const shown = texts.filter(text => text !== '' && fits(text))
  const box: Mark = {
    kind: 'rect',
    x: toTenth(x),
    y: toTenth(y),
    width: toTenth(width - GAP),
    height: CELL_HEIGHT - GAP,
    className: `o${shade}`,
  }
  return [
    box,
    ...shown.map((text, index) =>
      write(
        text,
        CELL_HEIGHT / 2 + 3 + (index - (shown.length - 1) / 2) * 14,
        `${index === 0 ? 's ' : ''}oi${shade}`,
      ),
    ),
  ]
}
