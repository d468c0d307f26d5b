import type { CurveResolution } from '@/lib/domain/outcomes/curve-resolution'
import { countGrades, countPeople, DAYS_PER_YEAR } from '@/lib/domain/safety/event-counts'
import type { PlacedEvent } from '@/lib/domain/safety/place-events'
import type { SafetyArm, SafetyMember } from '@/lib/domain/safety/safety-set'
import type { DoseInterval, FirstEventCourse } from '@/lib/domain/safety/safety-summary'
import { daysBetween } from '@/lib/domain/shared/calendar-date'

/** First and last day since a dose of each interval; no source, a convention of ours. */
const INTERVALS: readonly (readonly [from: number, to: number | null])[] = [
  [0, 7],
  [8, 30],
  [31, 90],
  [91, 180],
  [181, 365],
  [366, null],
]

/** Days since the first procedure at which it is told how many are still observed, and coarse courses step. */
const OBSERVED_DAYS = [0, 30, 90, 180, 365, 730, 1095, 1825]
const YEAR = 365

/**
 * Events by the days since the participant's last dose on or before them (on the day of a dose: 0), with the time that
 * participants spent in each interval; each new dose begins anew. What lies between first procedure and first dose is
 * `beforeDose`. Missing rule: an event without a known day, or of who was treated on an unknown day, is `notDated`.
 * Example: dose on day 0 and 180, event on day 185 → in the interval of 0 to 7 days.
 */
export function deriveDoseIntervals({ members }: SafetyArm, events: readonly PlacedEvent[]): DoseInterval[] {
  const days = new Array<number>(INTERVALS.length).fill(0)
  let beforeDose = 0
  for (const member of members) {
    for (const stretch of listStretches(member)) {
      if (!stretch.isAfterDose) beforeDose += stretch.days
      else addStretch(days, stretch.days)
    }
  }
  const isDated = (event: PlacedEvent) => event.onsetDay !== null && event.member.doseDays.length > 0
  const early = events.filter(event => isDated(event) && event.daysSinceLastDose === null)
  const undated = events.filter(event => !isDated(event))
  return [
    {
      kind: 'beforeDose',
      fromDay: null,
      toDay: null,
      participantYears: beforeDose / DAYS_PER_YEAR,
      ...tell(early),
    },
    ...INTERVALS.map(([fromDay, toDay], index): DoseInterval => {
      const within = events.filter(
        ({ daysSinceLastDose: since }) =>
          since !== null && since >= fromDay && (toDay === null || since <= toDay),
      )
      return {
        kind: 'sinceDose',
        fromDay,
        toDay,
        participantYears: (days[index] ?? 0) / DAYS_PER_YEAR,
        ...tell(within),
      }
    }),
    { kind: 'notDated', fromDay: null, toDay: null, participantYears: null, ...tell(undated) },
  ]
}

function tell(events: readonly PlacedEvent[]) {
  return { participants: countPeople(events), events: events.length, grades: countGrades(events) }
}

/** The exposure of a member cut at each dose; none where it is not known. */
function listStretches({ start, end, doseDays }: SafetyMember) {
  if (start === null || end === null) return []
  const from = [start, ...doseDays].filter(day => day <= end)
  return from.flatMap((day, index) => {
    const next = from[index + 1]
    const days = next === undefined ? daysBetween(day, end) + 1 : daysBetween(day, next)
    return days > 0 ? [{ days, isAfterDose: doseDays.includes(day) }] : []
  })
}

function addStretch(days: number[], length: number): void {
  for (const [index, [from, to]] of INTERVALS.entries()) {
    const last = to === null ? length - 1 : Math.min(to, length - 1)
    days[index] = (days[index] ?? 0) + Math.max(0, last - from + 1)
  }
}

/**
 * How many participants had had an event by each day since their first procedure: a plain count, no estimate, since
 * members are observed for different times, which `observed` tells. Days run to the longest exposure or the last event.
 * Missing rule: participants of whose events no day is known are on no step and counted in `notDated`.
 * Coarse (`deriveCurveResolution`): steps stand at 30, 90, 180, 365 … days, each at the first of them by which the event
 * had begun. Example: first events on days 2, 2 and 30 → steps 2: 2, 30: 3; coarse 30: 3.
 */
export function deriveFirstEvents(
  { members }: SafetyArm,
  events: readonly PlacedEvent[],
  resolution: CurveResolution,
): FirstEventCourse {
  const first = new Map<SafetyMember, number | null>()
  for (const { member, daysSinceStart: day } of events) {
    const known = first.get(member) ?? null
    first.set(member, known === null ? day : day === null ? known : Math.min(known, day))
  }
  const days = [...first.values()]
    .flatMap(day => (day === null ? [] : [resolution === 'exact' ? day : roundUp(day)]))
    .toSorted((a, b) => a - b)
  const steps = days.flatMap((day, index) =>
    days[index + 1] === day ? [] : [{ day, participants: index + 1 }],
  )
  const exposures = members.flatMap(({ exposureDays }) => (exposureDays === null ? [] : [exposureDays]))
  const longest = exposures.reduce((most, days) => Math.max(most, days), 0)
  const observed = OBSERVED_DAYS.filter(day => day < longest || day === 0).map(day => ({
    day,
    participants: exposures.filter(exposure => exposure > day).length,
  }))
  return { resolution, steps, notDated: first.size - days.length, observed }
}

function roundUp(day: number): number {
  return OBSERVED_DAYS.find(told => told > 0 && day <= told) ?? Math.ceil(day / YEAR) * YEAR
}
