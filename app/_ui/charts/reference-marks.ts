import { drawMarker, type Mark, toTenth } from './drawing'

/** How many looks published arms have, each with a dash and a marker of its own; as many as there are published arms. */
export const REFERENCE_LOOKS = 9

/**
 * How far beyond the time drawn a published point may lie, as a share of it: 12 months and 52 weeks are one time to a
 * reader.
 */
const BEYOND = 0.01

/** Class of a published arm's thin grey line, each with a dash of its own. Example: `referenceClass(1)` → `'ref ref-2'`. */
export function referenceClass(look: number): string {
  return `ref ref-${(look % REFERENCE_LOOKS) + 1}`
}

/** A published arm's marker, hollow and grey: the shapes of the study's arms turned on, then others. */
export function drawReferenceMarker(look: number, x: number, y: number, radius = 3.5): Mark {
  const r = radius
  const at = (dx: number, dy: number) => `${toTenth(x + dx)} ${toTenth(y + dy)}`
  const line = (dx: number, dy: number) => `M${at(-dx, -dy)}L${at(dx, dy)}`
  const shapes = [
    ...[1, 2, 3, 0].map(index => pathOf(drawMarker(index, x, y, r))),
    `M${at(0, r * 1.2)}L${at(r * 1.15, -r * 0.9)}L${at(-r * 1.15, -r * 0.9)}z`,
    line(r * 1.2, 0) + line(0, r * 1.2),
    line(r, r) + line(r, -r),
    `M${at(-r, -r)}L${at(r, -r)}L${at(-r, r)}L${at(r, r)}z`,
    line(r * 1.2, 0) + line(r * 0.6, r * 1.1) + line(r * 0.6, -r * 1.1),
  ]
  return { kind: 'path', className: 'refdot', d: shapes[look % REFERENCE_LOOKS] ?? '' }
}

/** The published points within the time drawn, give or take a hundredth of it. */
export function keepWithin<Point extends { readonly time: number }>(
  points: readonly Point[],
  times: readonly number[],
): Point[] {
  const [from, to] = [Math.min(...times), Math.max(...times)]
  const slack = (to - from) * BEYOND
  return points.filter(({ time }) => time >= from - slack && time <= to + slack)
}

function pathOf(mark: Mark): string {
  return mark.kind === 'path' ? mark.d : ''
}
