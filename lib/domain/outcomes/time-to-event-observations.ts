import type { EventStrategy } from '@/lib/domain/outcomes/analysis-view'
import type { CohortParticipant } from '@/lib/domain/outcomes/cohort-data'
import type { ParameterGrid } from '@/lib/domain/outcomes/cohort-grid'
import { deriveAssessments, deriveResponderCourse, usesPercent } from '@/lib/domain/outcomes/responder-course'
import type { NotUsedReason } from '@/lib/domain/outcomes/time-to-event-types'
import type { ResponderRule } from '@/lib/domain/protocol/protocol'
import { type CalendarDate, daysBetween } from '@/lib/domain/shared/calendar-date'
import type { TimeToEvent } from '@/lib/domain/statistics/kaplan-meier'

/** Why a member has no time. */
export type ExclusionReason =
  | 'noDayZero'
  | 'noBaseline'
  | 'baselineZero'
  | 'undatedRescue'
  | 'undatedFollowUpEnd'

/** What is observed of each member of the analysis set, by position: a time, or why there is none. */
export interface EventObservations {
  readonly times: readonly (TimeToEvent | ExclusionReason)[]
  /** Values that could not be used, by member; empty for rescue. */
  readonly notUsed: readonly Readonly<Record<NotUsedReason, number>>[]
}

/** Observations of both responses by one rule. */
export interface ResponseObservations {
  readonly firstResponse: EventObservations
  readonly sustainedResponse: EventObservations
}

/**
 * Times to first and to sustained response of all members, for every rule on one parameter: each member's assessments are
 * put in order once. Rules: `computeTimeToEvent`. Example: a member without day zero → `'noDayZero'` under every rule.
 */
export function observeResponses(
  grid: ParameterGrid,
  rules: readonly ResponderRule[],
  members: readonly CohortParticipant[],
  strategy: EventStrategy,
): ReadonlyMap<string, ResponseObservations> {
  const notUsed: Record<NotUsedReason, number>[] = []
  const byRule = rules.map(rule => ({
    rule,
    isPercent: usesPercent(rule.condition),
    first: [] as (TimeToEvent | ExclusionReason)[],
    sustained: [] as (TimeToEvent | ExclusionReason)[],
  }))
  for (const [position, { dayZero }] of members.entries()) {
    const baseline = grid.baselines[position] ?? null
    if (dayZero === null) {
      notUsed.push({ notAfterDayZero: 0, leftOutByView: 0 })
      for (const { first, sustained } of byRule) for (const list of [first, sustained]) list.push('noDayZero')
      continue
    }
    const course = deriveAssessments(grid, position, dayZero, strategy)
    notUsed.push(course.notUsed)
    for (const { rule, isPercent, first, sustained } of byRule) {
      const excluded =
        baseline === null ? 'noBaseline' : isPercent && baseline === 0 ? 'baselineZero' : undefined
      if (excluded !== undefined) {
        for (const list of [first, sustained]) list.push(excluded)
        continue
      }
      const response = deriveResponderCourse(rule, grid, position, course, strategy)
      first.push(toObservation(response.firstResponse, response.lastAssessment))
      sustained.push(toObservation(response.sustainedResponse, response.lastAssessment))
    }
  }
  return new Map(
    byRule.map(({ rule, first, sustained }) => [
      rule.code,
      { firstResponse: { times: first, notUsed }, sustainedResponse: { times: sustained, notUsed } },
    ]),
  )
}

/**
 * Time to the first rescue of all members; without one, to the end of follow-up or the data cut, whichever is first.
 * Rules: `computeTimeToEvent`. Example: operated on 40 days after day zero → `{ time: 40, isEvent: true }`.
 */
export function observeRescues(
  members: readonly CohortParticipant[],
  dataCut: CalendarDate,
  strategy: EventStrategy,
): EventObservations {
  const times = members.map((member): TimeToEvent | ExclusionReason => {
    const { dayZero, rescues, followUpEnd, doses } = member
    if (dayZero === null) return 'noDayZero'
    const day = rescues.flatMap(rescue => rescue.day ?? []).toSorted()[0] ?? null
    if (day === null && rescues.length > 0) return 'undatedRescue'
    if (day === null && followUpEnd !== null && followUpEnd.date === null) return 'undatedFollowUpEnd'
    const secondDose = strategy === 'whileOnFirstDose' ? (doses[1]?.date ?? null) : null
    const end = earliest([dataCut, followUpEnd?.date ?? null, secondDose])
    const isEvent = day !== null && (secondDose === null || day <= secondDose)
    const at = isEvent && day !== null ? day : end
    return { time: Math.max(0, daysBetween(dayZero, at ?? dataCut)), isEvent }
  })
  return { times, notUsed: [] }
}

function toObservation(day: number | null, lastAssessment: number): TimeToEvent {
  return day === null ? { time: lastAssessment, isEvent: false } : { time: day, isEvent: true }
}

function earliest(days: readonly (CalendarDate | null)[]): CalendarDate | null {
  return days.flatMap(date => date ?? []).toSorted()[0] ?? null
}
