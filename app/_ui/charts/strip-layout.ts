import { scaleLinear } from 'd3-scale'
import { formatMean, formatValue } from '@/lib/format/numbers'
import {
  AXIS_OFFSET,
  drawTimeRows,
  drawValueAxis,
  measureTicks,
  nameArmRow,
  type TextRow,
  widenRange,
} from './axes'
import { type Drawing, drawLine, drawText, type Mark, measureText } from './drawing'
import { spreadLabels } from './label-lanes'
import { countStripMarks, MOST_STRIP_LINKS, MOST_STRIP_MARKS, type StripChartData } from './strip-chart-data'
import { drawMean, drawQuartiles, drawValues, placeGroup, type StripScale } from './strip-marks'
import { wrapText } from './text-lines'

const TOP = 12
const PLOT_HEIGHT = 200
/** Names of bands take at most this share of the width; where they need more they are left out. */
const BAND_SHARE = 0.26

interface Plot {
  readonly left: number
  readonly right: number
}

/** Lays out the values of one score at a few visits: single values, quartiles, and the mean with its interval. */
export function layOutStrip(data: StripChartData, width: number): Drawing {
  const domain = widenRange([data.min, data.max], listValues(data))
  const y = scaleLinear()
    .domain(domain)
    .range([TOP + PLOT_HEIGHT, TOP])
  const ticks = y.ticks(5).map(tick => ({ at: y(tick), text: formatValue(tick) }))
  const bandRoom = Math.max(0, ...data.bands.map(({ label }) => measureText(label) + 8))
  const hasBandNames = bandRoom <= width * BAND_SHARE
  const axis = Math.max(measureTicks(ticks), measureText('Median') + 22)
  const plot = { left: axis + AXIS_OFFSET, right: width - (hasBandNames ? Math.max(8, bandRoom) : 8) }
  const slot = (plot.right - plot.left) / Math.max(1, data.visits.length)
  const centres = data.visits.map((_, visit) => plot.left + (visit + 0.5) * slot)
  const below = drawBelow(data, centres, plot)
  return {
    width,
    height: below.bottom,
    marks: [
      ...data.bands.slice(1).map(({ from }) => drawLine('gr', plot.left, y(from), plot.right, y(from))),
      ...(hasBandNames ? nameBands(data, y, plot) : []),
      ...drawValueAxis(axis, [TOP, TOP + PLOT_HEIGHT], ticks),
      ...drawGroups(data, centres, slot, { y, range: domain }),
      ...below.marks,
    ],
  }
}

function* listValues({ arms }: StripChartData): Generator<number> {
  for (const { points } of arms) for (const { values } of points) for (const { value } of values) yield value
}

function nameBands({ bands }: StripChartData, y: (value: number) => number, plot: Plot): Mark[] {
  const middles = bands.map(({ from, to }) => y((from + to) / 2))
  const spread = spreadLabels(middles, 12, [TOP + 4, TOP + PLOT_HEIGHT - 4])
  return bands.map(({ label }, index) =>
    drawText(plot.right + 6, (spread[index] ?? 0) + 4, label, 'start', 'l'),
  )
}

function drawGroups(
  data: StripChartData,
  centres: readonly number[],
  slot: number,
  scale: StripScale,
): Mark[] {
  const count = countStripMarks(data)
  const room = slot / Math.max(1, data.arms.length)
  return centres.flatMap((centre, visit) =>
    data.arms.flatMap((arm, index) => {
      const point = arm.points[visit]
      if (!point) return []
      const place = placeGroup(centre + (index + 0.5) * room - slot / 2, room)
      const hasValues = place.values !== null && count <= MOST_STRIP_MARKS
      return [
        ...(place.values && hasValues
          ? drawValues(point.values, place.values, index, scale, count <= MOST_STRIP_LINKS)
          : []),
        ...drawQuartiles(point, place.box, scale),
        ...drawMean(point, place.mean, index, scale),
      ]
    }),
  )
}

/** The visits and, for each arm, mean, median and n under each of them. */
function drawBelow(
  { visits, arms, decimals }: StripChartData,
  centres: readonly number[],
  plot: Plot,
): { marks: Mark[]; bottom: number } {
  const write = (value: number | null) => (value === null ? '' : formatMean(value, decimals))
  const rows = arms.flatMap(({ points }, index): TextRow[] => {
    const name = (text: string) => nameArmRow(text, arms.length === 1 ? null : index)
    return [
      { name: name('Mean'), texts: points.map(({ mean }) => write(mean)), className: 'v', gap: 5 },
      { name: name('Median'), texts: points.map(({ median }) => write(median)), className: 'v' },
      { name: name('n'), texts: points.map(({ n }) => String(n)) },
    ]
  })
  const slot = (plot.right - plot.left) / Math.max(1, visits.length)
  const below = drawTimeRows(TOP + PLOT_HEIGHT, plot, centres, [...wrapVisits(visits, slot), ...rows])
  return { marks: below.marks, bottom: below.bottom - 8 }
}

/** Names of visits, broken between words to the room that each has. */
function wrapVisits(visits: readonly string[], room: number): TextRow[] {
  const lines = visits.map(visit => wrapText(visit, room - 6))
  return Array.from({ length: Math.max(0, ...lines.map(each => each.length)) }, (_, line) => ({
    name: () => [],
    texts: lines.map(each => each[line] ?? ''),
    className: 'l',
  }))
}
