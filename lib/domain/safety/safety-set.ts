import type { CohortParticipant } from '@/lib/domain/outcomes/cohort-data'
import type { PreparedCohort } from '@/lib/domain/outcomes/prepared-cohort'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import type { LastVisit, SafetyData } from '@/lib/domain/safety/safety-data'
import { type CalendarDate, daysBetween } from '@/lib/domain/shared/calendar-date'

/** A participant of the safety set with the days from and to which events count. */
export interface SafetyMember {
  readonly participant: number
  readonly subject: string
  /** Code of the arm of the result. */
  readonly arm: string
  readonly followUpEnd: CohortParticipant['followUpEnd']
  /** First procedure, harvest or dose; where the protocol has no treatments day zero. Null: not known. */
  readonly start: CalendarDate | null
  /** Days of the doses, ascending, those of unknown date left out. */
  readonly doseDays: readonly CalendarDate[]
  /** Last day on which events were asked for; null: the first is not known, or lies after it. */
  readonly end: CalendarDate | null
  /** From start to end, both included; null as `end`. */
  readonly exposureDays: number | null
}

/** An arm with its members in the safety set. */
export interface SafetyArm {
  readonly code: string
  readonly label: string
  readonly members: readonly SafetyMember[]
}

/**
 * Whether safety speaks of the treated, as everywhere a protocol has treatments, or of all enrolled.
 * Source: clinical.md §3, sets. Example: a protocol with `DOSE1` → `'treated'`.
 */
export function nameSafetySet(protocol: Pick<Protocol, 'treatments'>): 'treated' | 'enrolled' {
  return protocol.treatments.length > 0 ? 'treated' : 'enrolled'
}

/**
 * The arms of the result with those of their members who were treated (a dose was given, dated or not, by the cut). Arms
 * are those allocated. Expects a cohort to which the data cut has been applied.
 * Example: 10 randomised to an arm, 9 treated → an arm of 9.
 */
export function deriveSafetyArms(
  { set, arms }: Pick<PreparedCohort, 'set' | 'arms'>,
  protocol: Pick<Protocol, 'treatments'>,
  data: SafetyData,
  dataCut: CalendarDate,
): SafetyArm[] {
  const isTreated = nameSafetySet(protocol) === 'treated'
  const harvests = firstDays(data.harvests, dataCut)
  const lastVisits = new Map(data.lastVisits.map(visit => [visit.participant, visit]))
  return arms.map(({ code, label, members }) => ({
    code,
    label,
    members: members.flatMap(position => {
      const person = set.members[position]
      if (!person || (isTreated && person.doses.length === 0)) return []
      const harvest = harvests.get(person.participant) ?? null
      const days = deriveDays(person, harvest, isTreated, lastVisits.get(person.participant), dataCut)
      const { participant, subject, followUpEnd } = person
      return [{ participant, subject, arm: code, followUpEnd, ...days }]
    }),
  }))
}

function deriveDays(
  person: CohortParticipant,
  harvest: CalendarDate | null,
  isTreated: boolean,
  lastVisit: LastVisit | undefined,
  dataCut: CalendarDate,
): Pick<SafetyMember, 'start' | 'doseDays' | 'end' | 'exposureDays'> {
  const doseDays = person.doses.flatMap(({ date }) => (date === null ? [] : [date])).toSorted()
  const first = earliest([harvest, doseDays[0] ?? null])
  const start = first ?? (isTreated ? null : person.dayZero)
  const end = deriveExposureEnd(person.followUpEnd?.date ?? null, lastVisit, dataCut)
  const isKnown = start !== null && end >= start
  return {
    start,
    doseDays,
    end: isKnown ? end : null,
    exposureDays: isKnown ? daysBetween(start, end) + 1 : null,
  }
}

/**
 * The last day of exposure: the earliest of the end of follow-up (withdrawal, loss, death), the last scheduled visit (its
 * date; where it was not held the end of its window) and the data cut. What is not known caps nothing.
 * No source: a convention of ours, since events are asked for as long as visits are. Example: last visit held on
 * 2026-03-01, cut 2026-06-30 → 2026-03-01.
 */
export function deriveExposureEnd(
  followUpEnd: CalendarDate | null,
  lastVisit: Pick<LastVisit, 'heldOn' | 'windowEnd'> | undefined,
  dataCut: CalendarDate,
): CalendarDate {
  const held = lastVisit?.heldOn ?? null
  const visit = held !== null && held <= dataCut ? held : (lastVisit?.windowEnd ?? null)
  return earliest([followUpEnd, visit, dataCut]) ?? dataCut
}

/** The first day of each participant by the cut. */
export function firstDays(
  rows: readonly { readonly participant: number; readonly date: CalendarDate }[],
  dataCut: CalendarDate,
): Map<number, CalendarDate> {
  const days = new Map<number, CalendarDate>()
  for (const { participant, date } of rows) {
    const known = days.get(participant)
    if (date <= dataCut && (known === undefined || date < known)) days.set(participant, date)
  }
  return days
}

function earliest(days: readonly (CalendarDate | null)[]): CalendarDate | null {
  return days.filter(day => day !== null).toSorted()[0] ?? null
}
