import { scaleLinear } from 'd3-scale'
import { formatValue } from '@/lib/format/numbers'
import { TICK_LABEL } from './axes'
import { type Drawing, drawDose, drawLine, drawText, LINE_HEIGHT, type Mark, measureText } from './drawing'
import { assignLanes } from './label-lanes'
import {
  countPairedRows,
  MOST_PAIRED_LINES,
  MOST_PAIRED_NAMES,
  type PairedChartData,
  type PairedEnd,
  type PairedGroup,
  type PairedRow,
} from './paired-chart-data'
import { drawPair, drawQuartileBar, drawThinPairs, type PairedScale } from './paired-marks'
import { wrapText } from './text-lines'

const ROW_HEIGHT = 22
/** Height of all thin lines of an arm. */
const THIN_HEIGHT = 240
const PART_GAP = 20
/** Least width of one visit's part: the visits stand side by side where each has it. */
const LEAST_PART = 155
const GROUP_GAP = 14

/** One visit's part of the panel: where it lies and which visit it is. */
interface Part extends PairedScale {
  readonly visit: number
  readonly left: number
  readonly right: number
}

interface Frame {
  readonly data: PairedChartData
  readonly width: number
  /** Width of the column of names. */
  readonly names: number
  readonly rowHeight: number | null
}

/** Lays out one score: the visits side by side or under each other, each with a row a participant and the quartiles. */
export function layOutPaired(data: PairedChartData, width: number): Drawing {
  const rows = countPairedRows(data)
  const isNamed = rows <= MOST_PAIRED_NAMES
  const subjects = isNamed ? data.groups.flatMap(group => group.rows.map(row => row.subject ?? '')) : []
  const names = Math.max(measureText('Baseline') + 10, ...subjects.map(subject => measureText(subject) + 26))
  const rowHeight = isNamed ? ROW_HEIGHT : rows <= MOST_PAIRED_LINES ? THIN_HEIGHT / rows : null
  const frame = { data, width, names, rowHeight }
  const inLine = Math.max(
    1,
    Math.min(data.visits.length, Math.floor((width - names + PART_GAP) / (LEAST_PART + PART_GAP))),
  )
  const marks: Mark[] = []
  let y = 0
  for (let first = 0; first < data.visits.length; first += inLine) {
    const parts = placeParts(frame, first, inLine)
    const drawn = drawVisits(frame, parts, y)
    marks.push(...drawn.marks)
    y = drawn.bottom + GROUP_GAP
  }
  return { width, height: Math.max(0, y - GROUP_GAP), marks }
}

function placeParts({ data, width, names }: Frame, first: number, inLine: number): Part[] {
  const each = (width - names - PART_GAP * (inLine - 1)) / inLine
  return data.visits.slice(first, first + inLine).map((_, index) => {
    const left = names + index * (each + PART_GAP)
    const right = left + each
    const room = data.beyond === null ? 0 : measureText(data.beyond) + 8
    const end = measureText(`${formatValue(data.max)} ${data.unit}`) / 2
    const number = scaleLinear()
      .domain([data.min, data.max])
      .range([left + 8, right - Math.max(room + 10, end)])
    const x = (value: PairedEnd) => (value === 'beyond' ? right - room / 2 : number(value))
    return { visit: first + index, left, right, x }
  })
}

function drawVisits(frame: Frame, parts: readonly Part[], top: number): { marks: Mark[]; bottom: number } {
  const { data } = frame
  const marks: Mark[] = []
  const titles = parts.map(part => wrapText(data.visits[part.visit] ?? '', part.right - part.left))
  for (const [index, { left }] of parts.entries())
    for (const [line, text] of (titles[index] ?? []).entries())
      marks.push(drawText(left, top + 11 + line * LINE_HEIGHT, text, 'start', 's'))
  let y = top + LINE_HEIGHT * Math.max(1, ...titles.map(lines => lines.length)) + 2
  for (const group of data.groups) {
    const drawn = drawGroup(frame, group, parts, y)
    marks.push(...drawn.marks)
    y = drawn.bottom + GROUP_GAP
  }
  const bottom = y - GROUP_GAP + 6
  return { marks: [...marks, ...parts.flatMap(part => drawAxis(data, part, bottom))], bottom: bottom + 22 }
}

function drawGroup(
  frame: Frame,
  group: PairedGroup,
  parts: readonly Part[],
  top: number,
): { marks: Mark[]; bottom: number } {
  const { data, width } = frame
  const head: Mark[] = []
  let y = top
  if (group.label !== null) {
    for (const line of wrapText(group.label, width)) {
      head.push(drawText(0, y + 11, line, 'start', 's'))
      y += LINE_HEIGHT
    }
  }
  const texts = parts.map(({ visit, left, right }) =>
    wrapText(group.summaries[visit]?.text ?? '', right - left),
  )
  for (const [index, { left }] of parts.entries())
    for (const [line, text] of (texts[index] ?? []).entries())
      head.push(drawText(left, y + 11 + line * LINE_HEIGHT, text))
  y += LINE_HEIGHT * Math.max(1, ...texts.map(lines => lines.length)) + 2
  const { beyond } = data
  if (beyond !== null) {
    head.push(...parts.map(({ x }) => drawText(x('beyond'), y + 11, beyond, 'middle', 'l')))
    y += LINE_HEIGHT + 2
  }
  const start = y
  const rows = drawRows(frame, group, parts, y)
  y = rows.bottom + 2
  const summary = [
    { name: 'Baseline', of: 'baseline' as const },
    { name: 'At visit', of: 'visit' as const },
  ].flatMap(({ name, of }, index) => {
    const base = y + 12 + index * 20
    return [
      drawText(0, base + 4, name, 'start', 'l'),
      ...parts.flatMap(part => drawQuartileBar(group.summaries[part.visit]?.[of] ?? null, base, part)),
    ]
  })
  const bottom = y + 42
  const rules =
    beyond === null ? [] : parts.map(({ x }) => drawLine('grd', x('beyond'), start, x('beyond'), bottom))
  const line = rows.bottom > start ? [drawLine('gr', 0, rows.bottom, width, rows.bottom)] : []
  return {
    marks: [...head, ...rules, ...line, ...rows.marks, ...summary],
    bottom,
  }
}

function drawRows(
  frame: Frame,
  group: PairedGroup,
  parts: readonly Part[],
  top: number,
): { marks: Mark[]; bottom: number } {
  const { rowHeight } = frame
  if (rowHeight === null) return { marks: [], bottom: top }
  const bottom = top + group.rows.length * rowHeight
  if (rowHeight !== ROW_HEIGHT) {
    const thin = parts.flatMap(part =>
      drawThinPairs(
        group.rows.map(row => row.cells[part.visit]),
        top,
        rowHeight,
        part,
      ),
    )
    return { marks: thin, bottom }
  }
  return {
    marks: group.rows.flatMap((row, index) => drawRow(frame, row, parts, top + index * ROW_HEIGHT)),
    bottom,
  }
}

function drawRow({ width, names }: Frame, row: PairedRow, parts: readonly Part[], top: number): Mark[] {
  const y = top + ROW_HEIGHT / 2
  const marks = [
    ...(row.subject === null ? [] : [drawText(0, y + 4, row.subject, 'start', 'v')]),
    ...(row.hasSecondDose && row.subject !== null ? [drawDose(names - 14, y)] : []),
    ...parts.flatMap(part => {
      const cell = row.cells[part.visit]
      return cell ? drawPair(cell, y, part, part.left + 8) : []
    }),
  ]
  const rule = drawLine('gr', 0, top, width, top)
  return row.subject === null
    ? [rule, ...marks]
    : [
        rule,
        {
          kind: 'link',
          subject: row.subject,
          label: row.label,
          marks,
          area: { x: 0, y: top, width, height: ROW_HEIGHT },
        },
      ]
}

function drawAxis({ min, max, unit }: PairedChartData, { x }: Part, y: number): Mark[] {
  const ticks = scaleLinear().domain([min, max]).ticks(4)
  const last = ticks.at(-1)
  const texts = ticks.map(tick => (tick === last ? `${formatValue(tick)} ${unit}` : formatValue(tick)))
  const centres = ticks.map(x)
  // The last label carries the unit: it is placed first, and of the others those that have room beside it.
  const lanes = assignLanes(
    [...centres].reverse().map(centre => -centre),
    [...texts].reverse().map(measureText),
    1,
  ).reverse()
  return [
    drawLine('ax', x(min), y, x(max), y),
    ...centres.map(centre => drawLine('ax', centre, y, centre, y + 4)),
    ...texts.flatMap((text, index) =>
      lanes[index] === null ? [] : [drawText(centres[index] ?? 0, y + 16, text, 'middle', TICK_LABEL)],
    ),
  ]
}
