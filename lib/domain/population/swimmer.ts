import { deriveStartDay } from '@/lib/domain/logs/partial-days'
import type { CohortParticipant } from '@/lib/domain/outcomes/cohort-data'
import type { ParameterGrid } from '@/lib/domain/outcomes/cohort-grid'
import type { PreparedCohort } from '@/lib/domain/outcomes/prepared-cohort'
import { MOST_MARKED } from '@/lib/domain/population/most-marked'
import type { EventRecord, PopulationData, VisitRecord } from '@/lib/domain/population/population-data'
import type { InterventionKind, Protocol } from '@/lib/domain/protocol/protocol'
import { type CalendarDate, daysBetween } from '@/lib/domain/shared/calendar-date'
import { compareText } from '@/lib/domain/shared/compare-text'
import { groupRows } from '@/lib/domain/shared/group-rows'

/** The course of every participant of the set; days count from day zero. */
export interface Swimmer {
  /** Longest follow-up first; null above 200 participants (`tooMany`). */
  readonly lanes: readonly SwimmerLane[] | null
  readonly lanesReason?: 'tooMany'
  /** Without a day zero, and so without a lane. */
  readonly withoutDayZero: number
  /** The same by arm, for any number of participants. Of one group where participants are not named. */
  readonly counts: readonly SwimmerCounts[]
}

export interface SwimmerLane {
  /** Null where participants may not be named. */
  readonly subject: string | null
  /** Of a site at which the reader does not work: there is no page to open. */
  readonly isOtherSite: boolean
  /** Null where participants may not be named: the course of one of them would tell the arm. */
  readonly arm: string | null
  /** Days from day zero to the end of follow-up, the last visit where all is complete, or the data cut. */
  readonly followUpDays: number
  readonly end: LaneEnd
  /** Whether or not their day is known. */
  readonly visitsDone: number
  readonly visitsMissed: number
  /** Code of the protocol's visit; of a missed one the day is its target. */
  readonly visits: readonly {
    readonly visit: string
    readonly day: number
    readonly state: 'done' | 'missed'
  }[]
  readonly doses: readonly { readonly dose: number; readonly day: number }[]
  readonly events: readonly { readonly day: number; readonly isSerious: boolean }[]
  readonly rescues: readonly { readonly day: number; readonly kind: InterventionKind }[]
  /** Doses, events and rescues whose day is not known. */
  readonly undated: number
}

export type LaneEnd = 'withdrawn' | 'lost' | 'died' | 'complete' | 'inFollowUp'

export interface SwimmerCounts {
  readonly arm: string
  readonly label: string
  readonly inSet: number
  readonly ends: readonly { readonly code: LaneEnd; readonly k: number }[]
  readonly visitsDone: number
  readonly visitsMissed: number
  readonly doses: number
  readonly rescued: number
}

const ENDS: readonly LaneEnd[] = ['complete', 'inFollowUp', 'withdrawn', 'lost', 'died']

/**
 * Each participant's course: follow-up, visits done and declared missed, doses, adverse events, rescues, and how it ended.
 * Follow-up of who has left ends on that day; of who was seen at the last scheduled visit, or whose last window has
 * closed, at the last visit done; of others at the data cut. A partial onset is the earliest day it can stand for, not
 * before the first dose where that lies within it. Lanes of participants who are not named carry no arm.
 * Source: clinical.md §3 (dates, intercurrent events, masking). Checked by hand in swimmer.test.ts.
 * Example: day zero 1 May, died 31 May → followUpDays 30, end `died`.
 */
export function deriveSwimmer(cohort: PreparedCohort, protocol: Protocol, data: PopulationData): Swimmer {
  const { members } = cohort.set
  const visits = groupRows(
    data.visits.filter(({ date }) => date === null || date <= data.dataCut),
    row => row.participant,
  )
  const schedule = collectSchedule(cohort, protocol)
  const isDrawn = members.length <= MOST_MARKED && data.events !== null
  const courses = members.map((member, position) =>
    deriveCourse(member, position, visits.get(member.participant) ?? [], schedule, data.dataCut, isDrawn),
  )
  const arms = cohort.namesParticipants || cohort.arms.length === 1 ? cohort.arms : [poolArms(cohort)]
  const counts = arms.map(({ code, label, members: own }) => ({
    arm: code,
    label,
    inSet: own.length,
    ends: ENDS.map(end => ({ code: end, k: own.filter(position => courses[position]?.end === end).length })),
    visitsDone: sumOf(own, position => courses[position]?.done ?? 0),
    visitsMissed: sumOf(own, position => courses[position]?.missed ?? 0),
    doses: sumOf(own, position => members[position]?.doses.length ?? 0),
    rescued: own.filter(position => (members[position]?.rescues.length ?? 0) > 0).length,
  }))
  const withoutDayZero = members.filter(({ dayZero }) => dayZero === null).length
  if (!isDrawn || data.events === null) return { lanes: null, lanesReason: 'tooMany', withoutDayZero, counts }
  const armOf = new Map(
    cohort.arms.flatMap(arm => arm.members.map(position => [position, arm.code] as const)),
  )
  const events = groupRows(data.events, row => row.participant)
  const lanes = members.flatMap((member, position): SwimmerLane[] => {
    const course = courses[position]
    if (!course || member.dayZero === null) return []
    const isNamed = cohort.namesParticipants
    return [
      {
        subject: isNamed ? member.subject : null,
        isOtherSite: member.site === '',
        arm: isNamed ? (armOf.get(position) ?? null) : null,
        followUpDays: daysBetween(member.dayZero, course.lastDay ?? member.dayZero),
        end: course.end,
        visitsDone: course.done,
        visitsMissed: course.missed,
        visits: course.visits,
        ...markDays(member, member.dayZero, events.get(member.participant) ?? [], data.dataCut),
      },
    ]
  })
  // Who is not named is ordered by the course alone, so that no order tells who or which arm it is.
  const key = (lane: SwimmerLane) => lane.subject ?? JSON.stringify(lane)
  return {
    lanes: lanes.sort((a, b) => b.followUpDays - a.followUpDays || compareText(key(a), key(b))),
    withoutDayZero,
    counts,
  }
}

interface Course {
  readonly end: LaneEnd
  readonly lastDay: CalendarDate | null
  readonly visits: SwimmerLane['visits']
  readonly done: number
  readonly missed: number
}

/** Visits that are scheduled for anybody, in protocol order, each by member's position. */
type Schedule = readonly {
  readonly visit: string
  readonly rows: ParameterGrid['columns'][number]['scheduled']
}[]

function collectSchedule(cohort: PreparedCohort, protocol: Protocol): Schedule {
  const columns = new Map(
    cohort.grids.flatMap(grid => grid.columns.map(column => [column.visit, column] as const)),
  )
  return protocol.visits.flatMap(({ code }) => {
    const rows = columns.get(code)?.scheduled
    return rows ? [{ visit: code, rows }] : []
  })
}

function deriveCourse(
  member: CohortParticipant,
  position: number,
  rows: readonly VisitRecord[],
  schedule: Schedule,
  dataCut: CalendarDate,
  isDrawn: boolean,
): Course {
  let lastDone: CalendarDate | null = null
  let done = 0
  let missed = 0
  for (const { date, isMissed } of rows) {
    if (isMissed) missed += 1
    else if (date !== null) {
      done += 1
      if (lastDone === null || date > lastDone) lastDone = date
    }
  }
  const planned = schedule.findLast(visit => visit.rows[position] !== undefined)
  const isLastDone = planned !== undefined && rows.some(({ visit }) => visit === planned.visit)
  const lastEnd = planned?.rows[position]?.windowEnd ?? null
  const isOver = isLastDone || (lastEnd !== null && lastEnd < dataCut)
  const left = member.followUpEnd
  return {
    end: left ? (left.reason as LaneEnd) : isOver ? 'complete' : 'inFollowUp',
    lastDay: left ? left.date : isOver ? lastDone : dataCut,
    visits: isDrawn && member.dayZero !== null ? markVisits(member.dayZero, position, rows, schedule) : [],
    done,
    missed,
  }
}

function markVisits(
  dayZero: CalendarDate,
  position: number,
  rows: readonly VisitRecord[],
  schedule: Schedule,
): SwimmerLane['visits'] {
  const targetOf = (code: string) =>
    schedule.find(({ visit }) => visit === code)?.rows[position]?.target ?? null
  return rows
    .flatMap(({ visit, date, isMissed }) => {
      const on = date ?? (isMissed ? targetOf(visit) : null)
      const state = isMissed ? ('missed' as const) : ('done' as const)
      return on === null ? [] : [{ visit, day: daysBetween(dayZero, on), state }]
    })
    .sort((a, b) => a.day - b.day)
}

function markDays(
  member: CohortParticipant,
  dayZero: CalendarDate,
  events: readonly EventRecord[],
  dataCut: CalendarDate,
): Pick<SwimmerLane, 'doses' | 'events' | 'rescues' | 'undated'> {
  const firstDose = member.doses.find(({ date }) => date !== null)?.date ?? null
  const dated = events.map(({ onset, isSerious }) => ({
    isSerious,
    day: deriveStartDay(onset, { firstProcedure: firstDose })?.day ?? null,
  }))
  const shown = dated.filter(({ day }) => day === null || day <= dataCut)
  const count = (days: readonly (CalendarDate | null)[]) => days.filter(day => day === null).length
  return {
    doses: member.doses.flatMap(({ date }, index) =>
      date === null ? [] : [{ dose: index + 1, day: daysBetween(dayZero, date) }],
    ),
    events: shown
      .flatMap(({ day, isSerious }) => (day === null ? [] : [{ day: daysBetween(dayZero, day), isSerious }]))
      .sort((a, b) => a.day - b.day),
    rescues: member.rescues.flatMap(({ day, kind }) =>
      day === null ? [] : [{ day: daysBetween(dayZero, day), kind }],
    ),
    undated:
      count(member.doses.map(({ date }) => date)) +
      count(shown.map(({ day }) => day)) +
      count(member.rescues.map(({ day }) => day)),
  }
}

function poolArms(cohort: PreparedCohort) {
  return { code: 'ALL', label: 'All arms', members: cohort.set.members.map((_, position) => position) }
}

function sumOf(positions: readonly number[], count: (position: number) => number): number {
  return positions.reduce((sum, position) => sum + count(position), 0)
}
