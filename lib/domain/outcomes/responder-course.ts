import { type AnalysedScore, observedValue } from '@/lib/domain/outcomes/analysed-score'
import type { EventStrategy } from '@/lib/domain/outcomes/analysis-view'
import type { ParameterGrid } from '@/lib/domain/outcomes/cohort-grid'
import { hasIntercurrentEvent, placeAgainstEvents } from '@/lib/domain/outcomes/intercurrent-events'
import { evaluateNoIntervention } from '@/lib/domain/outcomes/no-intervention'
import { evaluateRule } from '@/lib/domain/outcomes/responder'
import type { NotUsedReason } from '@/lib/domain/outcomes/time-to-event-types'
import type { ResponderCondition, ResponderRule } from '@/lib/domain/protocol/protocol'
import { type CalendarDate, daysBetween } from '@/lib/domain/shared/calendar-date'

/** One participant's assessments of a parameter after day zero, in order of time. */
export interface AssessmentCourse {
  readonly assessments: readonly Assessment[]
  /** Values that were received and cannot be used, by why. */
  readonly notUsed: Readonly<Record<NotUsedReason, number>>
}

export interface Assessment {
  /** From day zero: the planned day of a scheduled visit, the own day of an unscheduled one. */
  readonly day: number
  /** When it was taken; null: a scheduled visit whose date is not known. */
  readonly date: CalendarDate | null
  /** Null: taken after an intercurrent event that makes it no response (composite strategy). */
  readonly value: number | null
}

/** Days from day zero. */
export interface ResponderCourse {
  /** First assessment with response; null: none. */
  readonly firstResponse: number | null
  /** First assessment from which on every one responds, of two at least; null: none. */
  readonly sustainedResponse: number | null
  /** Last assessment with a value; 0 where there is none after day zero. */
  readonly lastAssessment: number
}

/**
 * The assessments of one member after day zero: the value that counts at each visit after the last baseline visit, at
 * the planned time of the visit (nominal time), and every value of an unscheduled visit, at its own day. Nominal, since
 * response is looked for at visits alone: at the days of the visits themselves, who comes a few days late would be the
 * last one at risk, and the curve would follow the diary of visits. Of one day the unscheduled come last.
 * Missing rule: nothing is filled in. A scheduled value without a date stands at its visit; one dated on or before day
 * zero, one of a visit not planned after it, and one left out by the view are counted and not used. After an intercurrent
 * event (by the date of the value; `placeAgainstEvents`; also where that is not known) values stay under treatment
 * policy, are no response under the composite strategy, and are left out while on first dose.
 * Source: clinical.md §3, which record counts, intercurrent events. Checked by hand in responder-course.test.ts.
 * Example: 5 at M1 (1 month) on day 36, 3 at an unscheduled visit on day 40 → at days 30.4 and 40.
 */
export function deriveAssessments(
  grid: ParameterGrid,
  position: number,
  dayZero: CalendarDate,
  strategy: EventStrategy,
): AssessmentCourse {
  const assessments: Assessment[] = []
  const notUsed = { notAfterDayZero: 0, leftOutByView: 0 }
  const member = grid.members[position]
  const events =
    member !== undefined && strategy !== 'treatmentPolicy' && hasIntercurrentEvent(member) ? member : null
  const add = (score: AnalysedScore, day: number) => {
    const value = observedValue(score)
    const { date } = score
    if (score.leftOut !== undefined) notUsed.leftOutByView += 1
    else if (value === null) return
    else if (day <= 0 || (date !== null && date <= dayZero)) notUsed.notAfterDayZero += 1
    else if (events === null || placeAgainstEvents(events, score) === 'before')
      assessments.push({ day, date, value })
    else if (strategy === 'composite') assessments.push({ day, date, value: null })
    else notUsed.leftOutByView += 1
  }
  for (const { afterBaseline, plannedDay, scores } of grid.columns) {
    const score = scores[position]
    if (afterBaseline && score !== undefined) add(score, plannedDay)
  }
  for (const score of grid.unscheduled[position] ?? [])
    if (score.date !== null) add(score, daysBetween(dayZero, score.date))
  for (let index = 1; index < assessments.length; index += 1) {
    const [before, after] = [assessments[index - 1], assessments[index]]
    if (before && after && before.day > after.day) {
      assessments.sort((a, b) => a.day - b.day)
      break
    }
  }
  return { assessments, notUsed }
}

/**
 * When a member first responds by a rule on one parameter, and from when on for good: every later value up to the last
 * one responds too, and there are two in a row at least. Under the composite strategy an intercurrent event ends both:
 * later values are no response, and nothing is sustained past the event. Days from day zero, as `deriveAssessments` places
 * them.
 * Missing rule: a value not taken neither interrupts nor confirms. Source: clinical.md §3, responder at p %, intercurrent
 * events. Checked by hand in responder-course.test.ts.
 * Example: baseline 8; 5, 7, 4, 3 at visits planned for days 30, 90, 180, 365, rule ≥ 30 % → first 30, sustained 180, last 365.
 */
export function deriveResponderCourse(
  rule: ResponderRule,
  grid: ParameterGrid,
  position: number,
  { assessments }: AssessmentCourse,
  strategy: EventStrategy,
): ResponderCourse {
  const baseline = grid.baselines[position] ?? null
  const member = grid.members[position]
  const responds = assessments.map(({ date, value }) => {
    if (value === null) return false
    const facts = { parameter: grid.parameter, baseline, value }
    const noIntervention = () => evaluateNoIntervention(member?.rescues ?? [], [date])
    return evaluateRule(rule, '', () => facts, noIntervention).met
  })
  const dayOf = (index: number) => assessments[index]?.day ?? null
  const lastFailure = responds.lastIndexOf(false)
  const isEnded = strategy === 'composite' && member !== undefined && hasIntercurrentEvent(member)
  const isSustained = !isEnded && responds.length - lastFailure > 2
  return {
    firstResponse: responds.includes(true) ? dayOf(responds.indexOf(true)) : null,
    sustainedResponse: isSustained ? dayOf(lastFailure + 1) : null,
    lastAssessment: dayOf(assessments.length - 1) ?? 0,
  }
}

/**
 * The parameter of a rule that asks for one alone, at whatever visit; null: it asks for several, or names visits, so that
 * no single assessment decides. Example: VAS ≥ 20 % and VAS ≥ 20 mm → `'VAS'`.
 */
export function findOwnParameter(condition: ResponderCondition): string | null {
  if (condition.visits !== undefined) return null
  if ('parameter' in condition) return condition.parameter
  const parts = 'all' in condition ? condition.all : condition.any
  const parameters = new Set(parts.map(findOwnParameter))
  const [only = null] = parameters
  return parameters.size === 1 ? only : null
}

/** Whether a condition asks for a share of baseline anywhere. Example: `≥ 30 %` → true, `≥ 2 points` → false. */
export function usesPercent(condition: ResponderCondition): boolean {
  if ('parameter' in condition) return condition.improvement.unit === 'percent'
  return ('all' in condition ? condition.all : condition.any).some(usesPercent)
}
