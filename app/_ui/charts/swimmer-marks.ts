import { drawDose, drawLine, drawMarker, type Mark, toTenth } from './drawing'
import type { SwimmerChartLane } from './swimmer-chart-data'

/** What the marks of a lane stand on. */
export interface LaneScale {
  readonly x: (day: number) => number
  /** Middle of the lane. */
  readonly y: number
  /** Height of the bar of follow-up. */
  readonly height: number
  readonly isFull: boolean
}

const REACH = 4
/** Events stand above the bar, so that they do not hide the dose of their day. */
const ABOVE = 8

/** Follow-up as a bar, and what happened on it. */
export function drawLane(lane: SwimmerChartLane, scale: LaneScale): Mark[] {
  const { x, y, height, isFull } = scale
  const [from, to] = [x(lane.from), x(lane.to)]
  const bar: Mark = {
    kind: 'rect',
    x: toTenth(from),
    y: toTenth(y - height / 2),
    width: toTenth(Math.max(1, to - from)),
    height,
    className: 'o2',
  }
  return [
    bar,
    ...(isFull ? lane.visits.flatMap(({ day, isMissed }) => drawVisit(isMissed, x(day), scale)) : []),
    ...lane.doses.map(day => drawDose(x(day), y, isFull ? REACH + 1 : REACH - 1)),
    ...lane.events
      .filter(({ isSerious }) => isFull || isSerious)
      .map(({ day, isSerious }) => drawEvent(isSerious, x(day), isFull ? y - ABOVE : y)),
    ...lane.rescues.map(day => drawRescue(x(day), y)),
    ...(isFull && lane.arm !== null ? [drawMarker(lane.arm, x(lane.from) - 9, y, 3.5)] : []),
    ...(lane.isOngoing && isFull ? [drawOngoing(to, y)] : []),
    ...(lane.end === '' ? [] : [drawLeaving(to, { y, height })]),
  ]
}

/** A visit done is a tick across the bar, a missed one an open circle. */
export function drawVisit(
  isMissed: boolean,
  x: number,
  { y, height }: Pick<LaneScale, 'y' | 'height'>,
): Mark[] {
  if (!isMissed) return [drawLine('ax', x, y - height / 2, x, y + height / 2)]
  return [{ kind: 'path', className: 'secd', d: circle(x, y, 3) }]
}

/** An adverse event is an open triangle, a serious one a filled square. */
export function drawEvent(isSerious: boolean, x: number, y: number): Mark {
  const r = REACH - 0.5
  if (isSerious)
    return {
      kind: 'path',
      className: 'dose',
      d: `M${toTenth(x - r)} ${toTenth(y - r)}h${2 * r}v${2 * r}h${-2 * r}z`,
    }
  const d = `M${toTenth(x)} ${toTenth(y - r - 1)}L${toTenth(x + r)} ${toTenth(y + r)}L${toTenth(x - r)} ${toTenth(y + r)}z`
  return { kind: 'path', className: 'refdot', d }
}

/** A rescue is a cross. */
export function drawRescue(x: number, y: number): Mark {
  const r = REACH
  const d = `M${toTenth(x - r)} ${toTenth(y - r)}l${2 * r} ${2 * r}M${toTenth(x - r)} ${toTenth(y + r)}l${2 * r} ${-2 * r}`
  return { kind: 'path', className: 'est', d }
}

/** A bar across the end of a lane where the participant left. */
export function drawLeaving(x: number, { y, height }: Pick<LaneScale, 'y' | 'height'>): Mark {
  return drawLine('est', x, y - height / 2 - 1, x, y + height / 2 + 1)
}

/** An arrow where follow-up goes on. */
export function drawOngoing(x: number, y: number): Mark {
  return {
    kind: 'path',
    className: 'est',
    d: `M${toTenth(x)} ${toTenth(y)}h8m-4 -4l4 4l-4 4`,
  }
}

function circle(x: number, y: number, r: number): string {
  return `M${toTenth(x - r)} ${toTenth(y)}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`
}
