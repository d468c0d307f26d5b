import { scaleLinear } from 'd3-scale'
import { drawRows, drawTimeAxis, TICK } from './axes'
import { type Drawing, drawLine, drawText, type LinkMark, type Mark, measureText } from './drawing'
import { MOST_FULL_LANES, type SwimmerChartData, type SwimmerChartLane } from './swimmer-chart-data'
import { drawLane } from './swimmer-marks'

const TOP = 10
const FULL = { lane: 20, bar: 9 } as const
const THIN = { lane: 5, bar: 3 } as const
/** Marks reach this far beyond the days they stand on. */
const REACH = 14
/** Names stand left of the lanes where they leave them this share of the width. */
const MOST_NAME_SHARE = 0.35

/** Lays out a lane for each participant over days from day zero; above sixty lanes they are thin and bare. */
export function layOutSwimmer(data: SwimmerChartData, width: number): Drawing {
  const { lanes, timeUnit, daysPerUnit } = data
  const isFull = lanes.length <= MOST_FULL_LANES
  const size = isFull ? FULL : THIN
  const names = isFull
    ? Math.max(0, ...lanes.map(({ subject }) => (subject === null ? 0 : measureText(subject))))
    : 0
  const hasNames = names > 0 && names <= width * MOST_NAME_SHARE
  const ends = isFull ? Math.max(0, ...lanes.map(({ end }) => measureText(end))) : 0
  const days = lanes.flatMap(lane => [
    lane.from,
    lane.to,
    ...lane.doses,
    ...lane.rescues,
    ...lane.visits.map(({ day }) => day),
    ...lane.events.map(({ day }) => day),
  ])
  const [first, last] = [Math.min(0, ...days), Math.max(daysPerUnit, ...days)]
  const plot = {
    left: Math.max(hasNames ? names + 8 : 0, measureText(timeUnit) + 8) + REACH,
    right: width - Math.max(REACH, ends + 12),
  }
  const x = scaleLinear().domain([first, last]).range([plot.left, plot.right])
  const bottom = TOP + lanes.length * size.lane
  const ticks = listTicks(first / daysPerUnit, last / daysPerUnit, (plot.right - plot.left) / 50)
  const centres = ticks.map(tick => x(tick * daysPerUnit))
  const rows = drawRows(
    centres,
    [
      {
        name: base => [drawText(0, base, timeUnit)],
        texts: ticks.map(tick => String(tick).replace('-', '−')),
        className: 'l',
      },
    ],
    bottom + TICK + 12,
  )
  const marks = lanes.map((lane, index) => {
    const y = TOP + (index + 0.5) * size.lane
    return linkLane(
      lane,
      [
        ...(hasNames && lane.subject !== null ? [drawText(0, y + 4, lane.subject, 'start', 'l')] : []),
        ...drawLane(lane, { x, y, height: size.bar, isFull }),
        ...(isFull && lane.end !== '' ? [drawText(x(lane.to) + 8, y + 4, lane.end)] : []),
      ],
      { x: 0, y: TOP + index * size.lane, width, height: size.lane },
      isFull,
    )
  })
  return {
    width,
    height: rows.bottom - 6,
    marks: [
      drawLine('grd', x(0), TOP, x(0), bottom),
      ...marks.flat(),
      ...drawTimeAxis(bottom, [plot.left, plot.right], centres),
      ...rows.marks,
    ],
  }
}

/** Steps by which times are read: months by quarters and years, weeks and days near enough. */
const STEPS = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 6000]

function listTicks(first: number, last: number, most: number): number[] {
  const step = STEPS.find(each => (last - first) / each <= most) ?? last - first
  const from = Math.ceil(first / step)
  return Array.from({ length: Math.floor(last / step) - from + 1 }, (_, index) => (from + index) * step)
}

function linkLane(
  lane: SwimmerChartLane,
  marks: readonly Mark[],
  area: NonNullable<LinkMark['area']>,
  isFull: boolean,
): Mark[] {
  const { subject, hasPage, label } = lane
  return subject !== null && hasPage && isFull ? [{ kind: 'link', subject, label, marks, area }] : [...marks]
}
