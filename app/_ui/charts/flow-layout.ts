import { type Drawing, drawLine, drawText, LINE_HEIGHT, type Mark, toTenth } from './drawing'
import type { FlowBox, FlowChartData } from './flow-chart-data'
import { wrapText } from './text-lines'

const PAD = 10
const INDENT = 12
/** Between two boxes. */
const GAP = 22
/** Arms stand side by side only where each has this room; else under each other. */
const LEAST_ARM = 200
/** From the line that leads downwards to a box beside it. */
const BRANCH = 24
const TRUNK = 8
const ARROW = 4
const MOST_MAIN = 360
/** Bold text takes more room than is measured. */
const BOLD = 0.94
/** Keeps a number with its sign on one line. */
const SPACE = '\u00a0'

interface Boxed {
  readonly marks: readonly Mark[]
  readonly bottom: number
}

/** Lays the flow out: boxes of everybody, those who leave beside them, then a column of boxes for each arm. */
export function layOutFlow(data: FlowChartData, width: number): Drawing {
  const isWide = data.arms.length > 0 && width / Math.max(2, data.arms.length) >= LEAST_ARM
  const trunk = isWide ? width / 2 : TRUNK
  const marks: Mark[] = []
  let y = 1
  for (const [index, { box, aside }] of data.steps.entries()) {
    const main = placeMain(width, isWide)
    const drawn = drawBox(box, main.left, y, main.width)
    marks.push(...drawn.marks)
    y = drawn.bottom
    const from = y
    for (const each of aside) {
      const left = isWide ? trunk + BRANCH : trunk + BRANCH + ARROW
      const beside = drawBox(each, left, y + GAP / 2, width - left - 1)
      marks.push(...beside.marks, ...drawArrow(trunk, (y + GAP / 2 + beside.bottom) / 2, left, 'right'))
      y = beside.bottom
    }
    if (index < data.steps.length - 1) {
      marks.push(...drawArrow(trunk, from, y + GAP, 'down'))
      y += GAP
    } else if (data.arms.length > 0) {
      marks.push(drawLine('ax', trunk, from, trunk, y + GAP / 2))
      y += GAP / 2
    }
  }
  const arms = isWide ? drawColumns(data, width, y) : drawStack(data, width, y)
  return { width, height: arms.bottom + 1, marks: [...marks, ...arms.marks] }
}

function placeMain(width: number, isWide: boolean): { left: number; width: number } {
  if (!isWide) return { left: 1, width: width - 2 }
  const own = Math.min(MOST_MAIN, width / 2 - 8)
  return { left: (width - own) / 2, width: own }
}

/** Arms side by side, their boxes in rows. */
function drawColumns({ arms }: FlowChartData, width: number, top: number): Boxed {
  const gap = 16
  const most = arms.length === 1 ? MOST_MAIN : (width - 2 - gap * (arms.length - 1)) / arms.length
  const left = arms.length === 1 ? (width - most) / 2 : 1
  const centres = arms.map((_, arm) => left + arm * (most + gap) + most / 2)
  const [first = 0, last = 0] = [centres[0], centres.at(-1)]
  const marks: Mark[] = first < last ? [drawLine('ax', first, top, last, top)] : []
  const rows = Math.max(0, ...arms.map(boxes => boxes.length))
  let y = top + (rows > 0 ? GAP / 2 : 0)
  let froms = centres.map(() => top)
  for (let row = 0; row < rows; row += 1) {
    const bottoms = arms.map((boxes, arm) => {
      const box = boxes[row]
      if (!box) return y
      const drawn = drawBox(box, (centres[arm] ?? 0) - most / 2, y, most)
      marks.push(...drawArrow(centres[arm] ?? 0, froms[arm] ?? top, y, 'down'), ...drawn.marks)
      return drawn.bottom
    })
    froms = bottoms
    y = Math.max(...bottoms) + (row < rows - 1 ? GAP : 0)
  }
  return { marks, bottom: y }
}

/** Arms under each other, each led to from the line at the left. */
function drawStack({ arms }: FlowChartData, width: number, top: number): Boxed {
  const marks: Mark[] = []
  const left = arms.length > 1 ? TRUNK + BRANCH : 1
  let y = top
  let lastArm = top
  for (const [arm, boxes] of arms.entries()) {
    for (const [row, box] of boxes.entries()) {
      const isFirst = row === 0
      const start = y + (isFirst && arm === 0 ? GAP / 2 : GAP)
      if (!isFirst) marks.push(...drawArrow(arms.length > 1 ? left + TRUNK : TRUNK, y, start, 'down'))
      else if (arms.length === 1) marks.push(...drawArrow(TRUNK, top, start, 'down'))
      const drawn = drawBox(box, left, start, width - left - 1)
      marks.push(...drawn.marks)
      if (isFirst && arms.length > 1) {
        lastArm = start + 14
        marks.push(...drawArrow(TRUNK, lastArm, left, 'right'))
      }
      y = drawn.bottom
    }
  }
  if (arms.length > 1) marks.push(drawLine('ax', TRUNK, top, TRUNK, lastArm))
  return { marks, bottom: y }
}

function drawBox({ title, count, lines }: FlowBox, left: number, top: number, width: number): Boxed {
  const marks: Mark[] = []
  let base = top + PAD + 9
  const write = (text: string, indent: number, className: string) => {
    const room = (width - 2 * PAD - indent) * (className === 's' ? BOLD : 1)
    for (const line of wrapText(text, room)) {
      marks.push(drawText(left + PAD + indent, base, line, 'start', className))
      base += LINE_HEIGHT
    }
  }
  write(`${title}, n${SPACE}=${SPACE}${count}`, 0, 's')
  for (const { text, count: k, level } of lines)
    write(`${text}: ${k}`, level * INDENT, level === 0 ? 'l' : '')
  const bottom = base - LINE_HEIGHT + 4 + PAD
  const [w, h] = [toTenth(width), toTenth(bottom - top)]
  const frame: Mark = {
    kind: 'path',
    className: 'quartiles',
    d: `M${toTenth(left)} ${toTenth(top)}h${w}v${h}h${-w}z`,
  }
  return { marks: [frame, ...marks], bottom }
}

function drawArrow(x: number, y: number, to: number, direction: 'down' | 'right'): Mark[] {
  const isDown = direction === 'down'
  const [endX, endY] = isDown ? [x, to] : [to, y]
  const head = isDown
    ? `M${toTenth(endX)} ${toTenth(endY)}l${-ARROW} ${-ARROW * 1.5}h${2 * ARROW}z`
    : `M${toTenth(endX)} ${toTenth(endY)}l${-ARROW * 1.5} ${-ARROW}v${2 * ARROW}z`
  return [drawLine('ax', x, y, endX, endY), { kind: 'path', className: 'dose', d: head }]
}
