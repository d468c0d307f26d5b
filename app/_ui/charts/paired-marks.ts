import { drawLine, drawMarker, drawText, type Mark, toTenth } from './drawing'
import type { PairedCell, PairedCourse, PairedEnd, PairedQuartileEnds } from './paired-chart-data'

/** Where the ends of pairs lie across one visit's part of a panel. */
export interface PairedScale {
  readonly x: (end: PairedEnd) => number
}

/** Looks differ by colour, by line and by marker: circle better, square unchanged, triangle worse. */
const LOOKS: Readonly<Record<PairedCourse, { line: string; dot: string; shape: number }>> = {
  better: { line: 'up', dot: 'b50', shape: 0 },
  unchanged: { line: 'same', dot: 'same-dot', shape: 1 },
  worse: { line: 'down', dot: 'bneg', shape: 2 },
}

/** The mark of a baseline value: a hollow circle. */
export function drawBaselineMark(x: number, y: number): Mark {
  return restyle(drawMarker(0, x, y, 4), 'secd')
}

/** The mark of a value at a visit, by how it compares with baseline. */
export function drawVisitMark(course: PairedCourse, x: number, y: number): Mark {
  const { dot, shape } = LOOKS[course]
  return restyle(drawMarker(shape, x, y, 4), dot)
}

/** The line from baseline to visit; dotted where it leaves the scale of numbers. */
export function drawPairLine(
  course: PairedCourse,
  from: number,
  to: number,
  y: number,
  isBeyond = false,
): Mark {
  return drawLine(`${LOOKS[course].line}${isBeyond ? ' beyond' : ''}`, from, y, to, y)
}

/** One participant at one visit, or in words why there is no pair. */
export function drawPair(cell: PairedCell, y: number, { x }: PairedScale, left: number): Mark[] {
  if (cell.kind === 'none') return [drawText(left, y + 4, cell.reason, 'start', 'hv')]
  const { baseline, visit, course } = cell
  const isBeyond = (baseline === 'beyond') !== (visit === 'beyond')
  const [from, to] = [x(baseline), x(visit)]
  return [
    ...(from === to ? [] : [drawPairLine(course, from, to, y, isBeyond)]),
    drawBaselineMark(from, y),
    drawVisitMark(course, to, y),
  ]
}

/** Many participants as thin lines, furthest to the right first, one path for each course; a short stroke where nothing changed. */
export function drawThinPairs(
  cells: readonly (PairedCell | undefined)[],
  top: number,
  rowHeight: number,
  { x }: PairedScale,
): Mark[] {
  const paths = new Map<PairedCourse, string>()
  const gain = (cell: PairedCell | undefined) =>
    cell?.kind === 'pair' ? x(cell.visit) - x(cell.baseline) : Number.NEGATIVE_INFINITY
  const ranked = cells
    .map(cell => ({ cell, gain: gain(cell) }))
    .sort((a, b) => (a.gain === b.gain ? 0 : b.gain - a.gain))
  for (const [index, { cell }] of ranked.entries()) {
    if (cell?.kind !== 'pair') continue
    const y = toTenth(top + (index + 0.5) * rowHeight)
    const [from, to] = [x(cell.baseline), x(cell.visit)]
    const [start, end] = from === to ? [from - 1.5, to + 1.5] : [from, to]
    paths.set(cell.course, `${paths.get(cell.course) ?? ''}M${toTenth(start)} ${y}H${toTenth(end)}`)
  }
  return [...paths].map(([course, d]) => ({ kind: 'path', d, className: `${LOOKS[course].line} thin` }))
}

/** Median and quartiles: a bar from quartile to quartile with the median across it. */
export function drawQuartileBar(ends: PairedQuartileEnds | null, y: number, { x }: PairedScale): Mark[] {
  if (ends === null) return []
  const [from, middle, to] = [x(ends.q1), x(ends.median), x(ends.q3)]
  const box = `M${toTenth(from)} ${toTenth(y - 4)}H${toTenth(to)}V${toTenth(y + 4)}H${toTenth(from)}z`
  return [{ kind: 'path', d: box, className: 'quartiles' }, drawLine('median', middle, y - 6, middle, y + 6)]
}

function restyle(mark: Mark, className: string): Mark {
  return mark.kind === 'path' ? { ...mark, className } : mark
}
