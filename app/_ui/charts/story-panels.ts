import { scaleLinear } from 'd3-scale'
import { formatValue } from '@/lib/format/numbers'
import { drawValueAxis } from './axes'
import { boxOf, drawMarker, drawText, LINE_HEIGHT, type Mark, type TextMark, toTenth } from './drawing'
import type { StoryPanel } from './story-chart-data'
import { drawName, lowestName, type StoryPlace } from './story-rows'

const LINE_PLOT = 48
/** Between two levels: a text fits between their lines. */
const LEVEL = 18
/** Room for the text of the uppermost value. */
const HEAD = 15

/** Draws one panel from `top` on. */
export function drawPanel(panel: StoryPanel, place: StoryPlace, top: number) {
  const names = drawName(panel.label, panel.scale, place, top)
  const y = (place.isBeside ? top : top + LINE_HEIGHT) + HEAD
  const height = panel.kind === 'line' ? LINE_PLOT : Math.max(1, panel.max - panel.min) * LEVEL
  const value = scaleLinear()
    .domain([panel.min, panel.max])
    .range([y + height, y])
  const ticks = (panel.kind === 'line' ? value.ticks(2) : []).map(tick => ({
    at: value(tick),
    text: formatValue(tick),
  }))
  return {
    marks: [
      ...names,
      ...(panel.kind === 'line' ? drawValueAxis(place.left - 4, [y, y + height], ticks) : []),
      ...drawCourse(panel, place, value),
      ...drawTexts(panel, place, value),
    ],
    bottom: Math.max(y + height + 6, lowestName(names)),
  }
}

type ToPixel = (value: number) => number

function drawCourse({ kind, points }: StoryPanel, { x }: StoryPlace, y: ToPixel): Mark[] {
  const places = points.map(({ day, value }) => ({ x: toTenth(x(day)), y: toTenth(y(value)) }))
  const d = places
    .map((point, index) => {
      if (index === 0) return `M${point.x} ${point.y}`
      return kind === 'steps' ? `H${point.x}V${point.y}` : `L${point.x} ${point.y}`
    })
    .join('')
  return [
    ...(places.length > 1 ? [{ kind: 'path' as const, d, className: 'mean arm-1' }] : []),
    ...places.map(point => drawMarker(0, point.x, point.y, 3.5)),
  ]
}

/** Numbers stand over their points, names of categories where they change; one that would lie over another is left out. */
function drawTexts({ kind, points }: StoryPanel, { x, width, left }: StoryPlace, y: ToPixel): Mark[] {
  const drawn: TextMark[] = []
  for (const [index, { day, value, text }] of points.entries()) {
    if (kind === 'steps' && points[index - 1]?.value === value) continue
    const anchor = kind === 'steps' ? 'start' : 'middle'
    const wanted = drawText(x(day), y(value) - 6, text, anchor, 'v hv')
    const box = boxOf(wanted)
    const shift = Math.max(left - 4 - box.left, Math.min(0, width - box.right))
    const mark = { ...wanted, x: toTenth(wanted.x + shift) }
    if (drawn.every(other => !isOver(boxOf(other), boxOf(mark)))) drawn.push(mark)
  }
  return drawn
}

function isOver(a: ReturnType<typeof boxOf>, b: ReturnType<typeof boxOf>): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
}
