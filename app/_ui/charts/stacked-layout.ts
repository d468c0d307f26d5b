import { scaleLinear } from 'd3-scale'
import { drawTimeAxis, TICK, TICK_LABEL } from './axes'
import { type Drawing, drawText, LINE_HEIGHT, type Mark, measureText } from './drawing'
import {
  drawCategory,
  type StackedBar,
  type StackedCategory,
  type StackedChartData,
} from './stacked-chart-data'
import { wrapText } from './text-lines'

const BAR_HEIGHT = 26
/** Between two bars, and more between two visits of several arms. */
const BAR_GAP = 10
const VISIT_GAP = 16
/** Between two segments. */
const SEGMENT_GAP = 1.5
/** Labels stand left of the bars if they leave them this share of the width, else above them. */
const LEAST_BAR_SHARE = 0.55
const MARGIN = 10
const SAMPLE = { width: 20, height: 12 } as const

interface Place {
  readonly data: StackedChartData
  readonly width: number
  /** Edges of the bars. */
  readonly left: number
  readonly right: number
  readonly hasLabelsAbove: boolean
}

/** Lays out one panel of stacked bars in percent of those with a value, with the counts in the segments. */
export function layOutStacked(data: StackedChartData, width: number): Drawing {
  const place = placeBars(data, width)
  const marks: Mark[] = []
  const isByArm = data.visits.some(visit => visit.bars.length > 1)
  let y = 0
  for (const [index, visit] of data.visits.entries()) {
    if (isByArm) {
      y += index > 0 ? VISIT_GAP - BAR_GAP : 0
      for (const line of wrapText(visit.label, width)) {
        marks.push(drawText(0, y + 11, line, 'start', 's'))
        y += LINE_HEIGHT
      }
      y += 3
    }
    for (const bar of visit.bars) {
      const drawn = drawBar(place, bar, (isByArm ? bar.label : visit.label) ?? '', y)
      marks.push(...drawn.marks)
      y = drawn.bottom + BAR_GAP
    }
  }
  const axis = drawPercentAxis(place, y - BAR_GAP + 8)
  const key = data.hasOwnKey
    ? drawKey(data.categories, width, axis.bottom + 8)
    : { marks: [], bottom: axis.bottom }
  return { width, height: key.bottom, marks: [...marks, ...axis.marks, ...key.marks] }
}

function placeBars(data: StackedChartData, width: number): Place {
  const isByArm = data.visits.some(visit => visit.bars.length > 1)
  const labels = data.visits.flatMap(visit =>
    isByArm ? visit.bars.map(bar => bar.label ?? '') : [visit.label],
  )
  const left = Math.max(0, ...labels.map(measureText)) + MARGIN
  const bars = data.visits.flatMap(visit => visit.bars)
  const right = width - Math.max(0, ...bars.map(({ n }) => measureText(nameCount(n)))) - MARGIN
  const hasLabelsAbove = right - left < width * LEAST_BAR_SHARE
  return hasLabelsAbove
    ? { data, width, left: measureText('0') / 2, right: width - measureText('100%') / 2, hasLabelsAbove }
    : { data, width, left, right, hasLabelsAbove }
}

const nameCount = (n: number) => `n = ${n}`

function drawBar(
  place: Place,
  bar: StackedBar,
  label: string,
  top: number,
): { marks: Mark[]; bottom: number } {
  const { data, width, left, right, hasLabelsAbove } = place
  const marks: Mark[] = []
  let y = top
  if (hasLabelsAbove) {
    const count = nameCount(bar.n)
    const lines = wrapText(label, width - measureText(count) - MARGIN)
    marks.push(drawText(width, y + 11, count, 'end'))
    for (const line of lines) {
      marks.push(drawText(0, y + 11, line, 'start', 'l'))
      y += LINE_HEIGHT
    }
    y += 2
  } else {
    marks.push(drawText(0, y + 17, label, 'start', 'l'), drawText(width, y + 17, nameCount(bar.n), 'end'))
  }
  if (bar.n === 0) marks.push(drawText(left, y + 17, 'no values'))
  const scale = scaleLinear()
    .domain([0, Math.max(1, bar.n)])
    .range([left, right])
  let before = 0
  for (const [index, { look }] of data.categories.entries()) {
    const count = bar.counts[index] ?? 0
    if (count === 0) continue
    const [from, to] = [scale(before), scale(before + count)]
    before += count
    const box = { x: from, y, width: Math.max(0.5, to - from - SEGMENT_GAP), height: BAR_HEIGHT }
    marks.push(...drawCategory(look, box))
    const text = String(count)
    if (measureText(text) + 4 <= box.width) {
      marks.push(drawText(from + box.width / 2, y + 17, text, 'middle', `s oi${look.shade}`))
    }
  }
  return { marks, bottom: y + BAR_HEIGHT }
}

function drawPercentAxis({ left, right }: Place, y: number): { marks: Mark[]; bottom: number } {
  const scale = scaleLinear().domain([0, 100]).range([left, right])
  const ticks = [0, 25, 50, 75, 100]
  const marks = [
    ...drawTimeAxis(y, [left, right], ticks.map(scale)),
    ...ticks.map(tick =>
      drawText(scale(tick), y + TICK + 12, tick === 100 ? '100%' : String(tick), 'middle', TICK_LABEL),
    ),
  ]
  return { marks, bottom: y + TICK + 16 }
}

/** The names of the categories beside samples, in as many lines as they need. */
function drawKey(
  categories: readonly StackedCategory[],
  width: number,
  top: number,
): { marks: Mark[]; bottom: number } {
  const marks: Mark[] = []
  let [x, y] = [0, top]
  for (const { label, look } of categories) {
    const room = SAMPLE.width + 6 + measureText(label)
    if (x > 0 && x + room > width) [x, y] = [0, y + LINE_HEIGHT + 3]
    marks.push(...drawCategory(look, { x, y, ...SAMPLE }))
    const lines = wrapText(label, width - SAMPLE.width - 6)
    for (const [index, line] of lines.entries()) {
      marks.push(drawText(x + SAMPLE.width + 6, y + 10 + index * LINE_HEIGHT, line, 'start', 'l'))
    }
    if (lines.length > 1) [x, y] = [0, y + lines.length * LINE_HEIGHT + 3]
    else x += room + 14
  }
  return { marks, bottom: y + (x > 0 ? LINE_HEIGHT + 1 : 0) }
}
