import { armClass, drawLine, drawMarker, type Mark, toTenth } from './drawing'
import type { StripPoint, StripValue } from './strip-chart-data'

const RADIUS = 2.5
const BOX_WIDTH = 9
/** Below this width a group has no room for marks of single participants. */
const LEAST_GROUP = 30
const MOST_GROUP = 96

/** Where the parts of a group stand: single values left, quartiles, and the mean right of them. */
export function placeGroup(centre: number, room: number) {
  const span = Math.min(room, MOST_GROUP)
  const at = (share: number) => centre - span / 2 + share * span
  return span < LEAST_GROUP
    ? { values: null, box: at(0.3), mean: at(0.72) }
    : { values: { centre: at(0.28), half: 0.22 * span }, box: at(0.66), mean: at(0.87) }
}

export interface StripScale {
  readonly y: (value: number) => number
  readonly range: readonly [lowest: number, highest: number]
}

/** Single values, those at the same height side by side; linked to their participants where that was asked for. */
export function drawValues(
  values: readonly StripValue[],
  place: { readonly centre: number; readonly half: number },
  arm: number,
  { y }: StripScale,
  hasLinks: boolean,
): Mark[] {
  const rows = new Map<number, StripValue[]>()
  for (const each of values) {
    const row = Math.round(y(each.value) / (2 * RADIUS))
    const known = rows.get(row)
    if (known) known.push(each)
    else rows.set(row, [each])
  }
  const className = `pt ${armClass(arm)}`
  let together = ''
  const links: Mark[] = []
  for (const row of rows.values()) {
    const reach = Math.ceil((row.length - 1) / 2)
    const step = reach === 0 ? 0 : Math.min(2 * RADIUS + 0.4, place.half / reach)
    for (const [index, each] of row.entries()) {
      const side = index % 2 === 1 ? 1 : -1
      const x = place.centre + side * Math.ceil(index / 2) * step
      const mark = drawMarker(arm, x, y(each.value), RADIUS)
      if (mark.kind !== 'path') continue
      if (hasLinks && each.subject !== null)
        links.push({
          kind: 'link',
          subject: each.subject,
          label: each.label,
          marks: [{ ...mark, className }],
        })
      else together += mark.d
    }
  }
  return together === '' ? links : [{ kind: 'path', d: together, className }, ...links]
}

/** Quartiles as an open box with the median across it. */
export function drawQuartiles({ q1, median, q3 }: StripPoint, x: number, { y }: StripScale): Mark[] {
  if (q1 === null || median === null || q3 === null) return []
  const half = BOX_WIDTH / 2
  const box = `M${toTenth(x - half)} ${toTenth(y(q3))}h${BOX_WIDTH}V${toTenth(y(q1))}h${-BOX_WIDTH}z`
  return [
    { kind: 'path', d: box, className: 'quartiles' },
    drawLine('median', x - half, y(median), x + half, y(median)),
  ]
}

/** The mean with its interval, which is drawn to the ends of the scale at most. */
export function drawMean(
  { mean, ciLower, ciUpper }: StripPoint,
  x: number,
  arm: number,
  { y, range }: StripScale,
): Mark[] {
  if (mean === null) return []
  const within = (value: number) => y(Math.max(range[0], Math.min(range[1], value)))
  const interval =
    ciLower === null || ciUpper === null ? [] : [drawLine('est', x, within(ciLower), x, within(ciUpper))]
  return [...interval, drawMarker(arm, x, y(mean), 3.5)]
}
