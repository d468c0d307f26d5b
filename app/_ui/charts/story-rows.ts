import { drawDose, drawLine, drawText, LINE_HEIGHT, type Mark, measureText, toTenth } from './drawing'
import { drawCategory } from './stacked-chart-data'
import type { StoryItem, StoryRow } from './story-chart-data'
import { wrapText } from './text-lines'

/** Where a day lies, and where names stand. */
export interface StoryPlace {
  readonly left: number
  readonly right: number
  readonly width: number
  /** Names stand left of the plot, else above it. */
  readonly isBeside: boolean
  /** Days outside the story lie on its edge. */
  readonly x: (day: number) => number
}

/** A line holds a text and, under it, its mark. */
const LANE = 26
const MARK_Y = 18
const BAR = 8
const LEAST_BAR = 3
const BETWEEN = 6
const ARROW = 5

interface Box {
  readonly left: number
  readonly right: number
}

/** Draws a row from `top` on: each item in the first line in which it touches no other. */
export function drawRow({ label, items }: StoryRow, place: StoryPlace, top: number) {
  const names = drawName(label, '', place, top)
  const marks: Mark[] = [...names]
  const y = place.isBeside ? top : top + LINE_HEIGHT + 2
  const lanes: number[] = []
  for (const item of items) {
    const text = { width: measureText(item.text), left: placeText(item, place) }
    const bar = placeBar(item, place)
    const left = Math.min(bar.left, item.text === '' ? bar.left : text.left)
    const right = Math.max(bar.right, text.left + text.width)
    const free = lanes.findIndex(end => left >= end + BETWEEN)
    const lane = free < 0 ? lanes.length : free
    lanes[lane] = right
    const laneTop = y + lane * LANE
    marks.push(...drawItem(item, bar, laneTop))
    if (item.text !== '') marks.push(drawText(text.left, laneTop + 10, item.text, 'start', 'l'))
  }
  if (items.length === 0) marks.push(drawText(place.left, y + 10, 'none recorded'))
  const bottom = y + Math.max(items.length === 0 ? 0.6 : 1, lanes.length) * LANE
  return { marks, bottom: Math.max(bottom, lowestName(names)) }
}

/** Where names end: they may take more room than what they name. */
export function lowestName(names: readonly Mark[]): number {
  return names.reduce((lowest, mark) => Math.max(lowest, mark.kind === 'text' ? mark.y + 4 : 0), 0)
}

/** The name of a row or panel, with a second text under it where it stands beside. */
export function drawName(label: string, detail: string, place: StoryPlace, top: number): Mark[] {
  if (!place.isBeside) {
    const text = detail === '' ? label : `${label}, ${detail}`
    return [drawText(0, top + 11, text, 'start', 's')]
  }
  const lines = wrapText(label, place.left - 40)
  const details = detail === '' ? [] : wrapText(detail, place.left - 40)
  return [
    ...lines.map((line, index) => drawText(0, top + 11 + index * LINE_HEIGHT, line, 'start', 's')),
    ...details.map((line, index) => drawText(0, top + 11 + (lines.length + index) * LINE_HEIGHT, line)),
  ]
}

/** Texts begin at their mark, and move left where they would leave the figure. */
function placeText({ from, text }: StoryItem, { x, width, left }: StoryPlace): number {
  return Math.max(
    Math.min(x(from) - 2, width - measureText(text)),
    Math.min(left, width - measureText(text)),
    0,
  )
}

function placeBar({ from, to, mark, isOpen }: StoryItem, { x }: StoryPlace): Box {
  if (mark !== 'bar') return { left: x(from) - 5, right: x(from) + 5 }
  const right = Math.max(x(to), x(from) + LEAST_BAR)
  return { left: x(from), right: right + (isOpen ? ARROW : 0) }
}

function drawItem(item: StoryItem, box: Box, top: number): Mark[] {
  const y = top + MARK_Y
  const centre = (box.left + box.right) / 2
  if (item.mark === 'tick') return [drawLine('ax', centre, y - 4, centre, y + 5)]
  if (item.mark === 'dose') return [drawDose(centre, y)]
  if (item.mark === 'square')
    return [{ kind: 'rect', x: toTenth(centre - 4), y: y - 4, width: 8, height: 8, className: 'dose' }]
  const end = item.isOpen ? box.right - ARROW : box.right
  const bar = { x: box.left, y: y - BAR / 2, width: end - box.left, height: BAR }
  const arrow = item.isOpen ? `l${ARROW} ${BAR / 2}l${-ARROW} ${BAR / 2}` : `v${BAR}`
  const outline = `M${toTenth(bar.x)} ${bar.y}h${toTenth(bar.width)}${arrow}h${toTenth(-bar.width)}z`
  const edge: Mark = { kind: 'path', d: outline, className: 'ind' }
  if (!item.look) return [edge]
  const head: Mark = {
    kind: 'path',
    d: `M${toTenth(end)} ${bar.y}${arrow}z`,
    className: `o${item.look.shade}`,
  }
  return [...drawCategory(item.look, bar), ...(item.isOpen ? [head] : []), edge]
}
