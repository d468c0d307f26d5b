import { scaleLinear } from 'd3-scale'
import type { Parameter } from '@/lib/domain/instruments/instrument'
import type { VisitState } from '@/lib/domain/protocol/visit-state'
import { type CalendarDate, daysBetween } from '@/lib/domain/shared/calendar-date'

export interface TimelineVisit {
  readonly code: string
  readonly name: string
  readonly state: VisitState
  readonly inWindow: boolean | null
  readonly date: CalendarDate | null
  readonly target: CalendarDate | null
  readonly windowStart: CalendarDate | null
  readonly windowEnd: CalendarDate | null
}

export interface TimelineLine {
  readonly label: string
  /** How its values are written. */
  readonly scale: Pick<Parameter, 'kind' | 'decimals'>
  readonly range: readonly [number, number]
  readonly points: readonly { readonly date: CalendarDate; readonly value: number }[]
}

/** Parameters of one instrument share a panel. */
export interface TimelinePanel {
  readonly title: string
  readonly lines: readonly TimelineLine[]
}

export interface TimelineData {
  readonly visits: readonly TimelineVisit[]
  readonly doses: readonly { readonly date: CalendarDate; readonly text: string }[]
  readonly panels: readonly TimelinePanel[]
  readonly today: CalendarDate
}

/** Widths in user units: the drawing is made for each width, not scaled. */
export interface TimelineSize {
  readonly width: number
  readonly left: number
  readonly right: number
  readonly panelHeight: number
}

export const WIDE: TimelineSize = { width: 1030, left: 64, right: 76, panelHeight: 136 }
export const NARROW: TimelineSize = { width: 358, left: 30, right: 14, panelHeight: 124 }

/** Place of a day on the one time axis of all rows; null where there is no date at all. */
export function makeTimeScale(
  data: TimelineData,
  size: TimelineSize,
): ((date: CalendarDate) => number) | null {
  const dates = [
    ...data.visits.flatMap(visit => [visit.date, visit.windowStart, visit.windowEnd]),
    ...data.doses.map(dose => dose.date),
    ...data.panels.flatMap(panel => panel.lines.flatMap(line => line.points.map(point => point.date))),
  ]
    .filter(date => date !== null)
    .toSorted()
  const [first] = dates
  const last = dates.at(-1)
  if (first === undefined || last === undefined) return null
  const span = Math.max(1, daysBetween(first, last))
  return date => size.left + (daysBetween(first, date) / span) * (size.width - size.left - size.right)
}

/** Round values to label on the axis of a panel, two or three. */
export function listValueTicks(lowest: number, highest: number): readonly number[] {
  return scaleLinear().domain([lowest, highest]).ticks(2)
}

const HALF_TICK_LABEL = 26

/** Days to label on the axis: the first of a quarter or a year, as many as have room. */
export function listTicks(
  data: TimelineData,
  scale: (date: CalendarDate) => number,
  size: TimelineSize,
): readonly CalendarDate[] {
  const ends = data.visits
    .flatMap(visit => [visit.windowStart, visit.windowEnd])
    .filter(date => date !== null)
  const known = [...ends, ...data.doses.map(dose => dose.date)].toSorted()
  const [first] = known
  const last = known.at(-1)
  if (!first || !last) return []
  const quarters: CalendarDate[] = []
  for (let year = Number(first.slice(0, 4)); year <= Number(last.slice(0, 4)); year++) {
    for (const month of ['01', '04', '07', '10']) quarters.push(`${year}-${month}-01` as CalendarDate)
  }
  const shown: CalendarDate[] = []
  for (const date of quarters) {
    if (date < first || date > last) continue
    const before = shown.at(-1)
    if (scale(date) > size.width - size.right || scale(date) + HALF_TICK_LABEL > size.width) continue
    if (before === undefined || scale(date) - scale(before) >= 62) shown.push(date)
  }
  return shown
}
