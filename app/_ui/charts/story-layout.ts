import { drawTimeAxis, TICK } from './axes'
import { type Drawing, drawLine, drawText, type Mark, measureText } from './drawing'
import { DAYS_PER_MONTH, type StoryChartData } from './story-chart-data'
import { drawPanel } from './story-panels'
import { drawRow, type StoryPlace } from './story-rows'

/** From this width on names stand left of what they name, else above it. */
const LEAST_BESIDE = 500
const BESIDE = 150
const ABOVE = 34
const RIGHT = 8
/** Room for the text of the first and the last value. */
const INSET = 12
const GAP = 8
/** Below so many days the axis counts days. */
const FEW_DAYS = 120
const STEPS = { Day: [1, 2, 7, 14, 28], Month: [1, 2, 3, 6, 12, 24, 60] } as const
const TICK_ROOM = 40

/** Lays a participant's course out at a width: rows, panels and below them the one axis of all. */
export function layOutStory(data: StoryChartData, width: number): Drawing {
  const isBeside = width >= LEAST_BESIDE
  const left = isBeside ? BESIDE : ABOVE
  const span = Math.max(1, data.to - data.from)
  const right = width - RIGHT
  const x = (day: number) => left + INSET + ((day - data.from) / span) * (right - left - 2 * INSET)
  const place: StoryPlace = {
    left,
    right,
    width,
    isBeside,
    x: day => x(Math.max(data.from, Math.min(data.to, day))),
  }
  const marks: Mark[] = []
  let y = 0
  for (const row of data.rows) {
    const drawn = drawRow(row, place, y)
    marks.push(drawLine('gr', 0, drawn.bottom + GAP / 2, right, drawn.bottom + GAP / 2), ...drawn.marks)
    y = drawn.bottom + GAP
  }
  for (const panel of data.panels) {
    const drawn = drawPanel(panel, place, y)
    marks.push(...drawn.marks)
    y = drawn.bottom + GAP
  }
  const axis = drawAxis(data, place, y - 2)
  return {
    width,
    height: axis.bottom,
    marks: [...data.rules.map(day => drawLine('grd', x(day), 0, x(day), y - 2)), ...marks, ...axis.marks],
  }
}

function drawAxis(data: StoryChartData, { left, right, x }: StoryPlace, y: number) {
  const unit = data.to - data.from > FEW_DAYS ? 'Month' : 'Day'
  const days = unit === 'Month' ? DAYS_PER_MONTH : 1
  const room = (right - left) / TICK_ROOM
  const [first, last] = [data.from / days, data.to / days]
  const step = STEPS[unit].find(each => (last - first) / each <= room) ?? STEPS[unit].at(-1) ?? 1
  const ticks = Array.from(
    { length: Math.max(1, Math.floor(last / step) - Math.ceil(first / step) + 1) },
    (_, index) => (Math.ceil(first / step) + index) * step,
  )
  const name = unit === 'Month' ? 'Months since day zero' : 'Days since day zero'
  const marks: Mark[] = [
    ...drawTimeAxis(
      y,
      [left, right],
      ticks.map(tick => x(tick * days)),
    ),
    ...ticks.map(tick =>
      drawText(x(tick * days), y + TICK + 12, tick < 0 ? `−${-tick}` : String(tick), 'middle', 'l'),
    ),
    drawText(Math.max(left, (left + right - measureText(name)) / 2), y + TICK + 27, name),
  ]
  return { marks, bottom: y + TICK + 32 }
}
