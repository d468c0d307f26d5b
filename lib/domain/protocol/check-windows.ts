import type { Protocol, VisitPlan } from '@/lib/domain/protocol/protocol'
import { describeError, type ProtocolError } from '@/lib/domain/protocol/protocol-error'
import { addDays, addOffset, type CalendarDate, daysBetween } from '@/lib/domain/shared/calendar-date'

/**
 * Every day of a leap cycle. What is true from each of them is true from every day zero between 1901 and 2099,
 * where a leap year comes every four years: months are as long, and as short, as they can be.
 */
const CYCLE_START = '2001-01-01' as CalendarDate
const CYCLE_DAYS = 1461

interface PlacedVisit {
  readonly visit: VisitPlan
  readonly index: number
  /** Days from day zero to the target, for each day zero of the cycle. */
  readonly targetDays: readonly number[]
}

/**
 * Refuses visits whose windows for one instrument or form share a day from any day zero, since a record dated then
 * would belong to both, and visits that stand in the list after one that is always later.
 * Windows are compared from every day zero of a leap cycle, so an overlap that only a short February makes is seen.
 * One thing passes: windows that meet on a single day and only where the months between are at their shortest (day
 * zero + 14 days, and 1 month − 14 days, in a February of 28). The visit entered decides there, as everywhere.
 * Errors: one for each pair, with both visits, what they share, and the days of the worst case.
 * Source: clinical.md §3, which record counts. Example: windows of weeks 4 and 5, each 7 days around, share
 * nprs → one error.
 */
export function checkWindows(protocol: Pick<Protocol, 'visits'>): readonly ProtocolError[] {
  const cycle = Array.from({ length: CYCLE_DAYS }, (_, day) => addDays(CYCLE_START, day))
  const placed = protocol.visits.map((visit, index) => ({
    visit,
    index,
    targetDays: cycle.map(dayZero => daysBetween(dayZero, addOffset(dayZero, visit.target))),
  }))
  return placed.flatMap((later, index) => [
    ...placed.slice(0, index).flatMap(earlier => checkOverlap(earlier, later)),
    ...checkOrder(placed[index - 1], later),
  ])
}

function checkOverlap(a: PlacedVisit, b: PlacedVisit): ProtocolError[] {
  const asked = [...a.visit.instruments, ...a.visit.forms]
  const shared = asked.filter(code => b.visit.instruments.includes(code) || b.visit.forms.includes(code))
  if (shared.length === 0) return []
  const overlaps = Array.from({ length: CYCLE_DAYS }, (_, day) => compareOn(a, b, day))
  const worst = overlaps.reduce((most, overlap) => (overlap.excess > most.excess ? overlap : most))
  const isOnlyTouch = worst.excess === 1 && overlaps.some(overlap => overlap.excess <= 0)
  if (worst.excess <= 0 || isOnlyTouch) return []
  const { first, second, day, excess } = worst
  const dayZero = addDays(CYCLE_START, day)
  const from = addDays(dayZero, Math.max(firstDay(first, day), firstDay(second, day)))
  const to = addDays(dayZero, Math.min(lastDay(first, day), lastDay(second, day)))
  const text =
    `Windows of ${first.visit.code} and ${second.visit.code} overlap for ${shared.join(', ')}: ` +
    `from day zero ${dayZero}, ${from === to ? from : `${from} to ${to}`} lies in both. ` +
    `Shorten afterDays of ${first.visit.code} or beforeDays of ${second.visit.code}, ` +
    `by ${excess} ${excess === 1 ? 'day' : 'days'} together.`
  return [describeError(`visits[${b.index}].window`, b.visit.window, text)]
}

/** How far the earlier window reaches into the later one, in days, from one day zero; 0 or less: not at all. */
function compareOn(a: PlacedVisit, b: PlacedVisit, day: number) {
  const [first, second] = targetOn(a, day) <= targetOn(b, day) ? [a, b] : [b, a]
  return { first, second, day, excess: lastDay(first, day) - firstDay(second, day) + 1 }
}

function checkOrder(before: PlacedVisit | undefined, after: PlacedVisit): ProtocolError[] {
  if (!before?.targetDays.every((target, day) => target > targetOn(after, day))) return []
  const text = `${after.visit.code} comes before ${before.visit.code}. List visits in order of their targets.`
  return [describeError(`visits[${after.index}].target`, after.visit.target, text)]
}

function targetOn(placed: PlacedVisit, day: number): number {
  return placed.targetDays[day] ?? 0
}

function firstDay(placed: PlacedVisit, day: number): number {
  return targetOn(placed, day) - placed.visit.window.beforeDays
}

function lastDay(placed: PlacedVisit, day: number): number {
  return targetOn(placed, day) + placed.visit.window.afterDays
}
