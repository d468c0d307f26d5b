import type { CurveResolution } from '@/lib/domain/outcomes/curve-resolution'
import { leafOf, nullLeaf } from '@/lib/domain/outcomes/leaf'
import type { ReportedArm } from '@/lib/domain/outcomes/reported-arms'
import type { EventObservations } from '@/lib/domain/outcomes/time-to-event-observations'
import type {
  ArmTimeToEvent,
  TimeToEventPoint,
  TimeToEventStep,
} from '@/lib/domain/outcomes/time-to-event-types'
import { computeNominalDays } from '@/lib/domain/protocol/nominal-time'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import {
  computeKaplanMeier,
  countAtRisk,
  type KaplanMeierStep,
  type TimeToEvent,
} from '@/lib/domain/statistics/kaplan-meier'
import { computeMedianSurvival } from '@/lib/domain/statistics/median-survival'

/** A visit and its planned time in days from day zero. */
export interface VisitDay {
  readonly visit: string
  readonly day: number
}

/**
 * The planned days of visits after day zero, in order of time; months have their mean length.
 * Example: `M1` at 1 month → day 30.44.
 */
export function listVisitDays(protocol: Pick<Protocol, 'visits'>, codes: readonly string[]): VisitDay[] {
  return protocol.visits
    .filter(({ code }) => codes.includes(code))
    .map(({ code, target }) => ({ visit: code, day: computeNominalDays(target) }))
    .filter(({ day }) => day > 0)
    .sort((a, b) => a.day - b.day)
}

/**
 * One arm's curve: share with the event and 95 % interval (1 − Kaplan–Meier survival, log-log), at every distinct time
 * and at the planned visits, with the median time and its interval. A visit later than anybody was observed has no
 * estimate (`noValues`). Missing rule: who has no time is left out and counted. Source: clinical.md §4.
 * Checked against the published leukaemia data in time-to-event.test.ts.
 * Example: events at days 10 and 30, censored at 20 → at day 10 a third, at day 30 all.
 */
export function computeArmCurve(
  arm: ReportedArm,
  { times, notUsed }: EventObservations,
  visits: readonly VisitDay[],
  resolution: CurveResolution,
): ArmTimeToEvent {
  const observed: TimeToEvent[] = []
  const excluded: Record<string, number> = {}
  const valuesNotUsed = { notAfterDayZero: 0, leftOutByView: 0 }
  for (const position of arm.members) {
    const time = times[position]
    if (typeof time === 'string') excluded[time] = (excluded[time] ?? 0) + 1
    else if (time !== undefined) observed.push(time)
    const own = notUsed[position]
    if (own === undefined) continue
    valuesNotUsed.notAfterDayZero += own.notAfterDayZero
    valuesNotUsed.leftOutByView += own.leftOutByView
  }
  const steps = computeKaplanMeier(observed)
  const events = observed.filter(({ isEvent }) => isEvent).length
  const counts = { inSet: arm.members.length, n: observed.length, events, censored: observed.length - events }
  const atRisk = countAtRisk(
    observed,
    visits.map(({ day }) => day),
  )
  return {
    ...{ arm: arm.code, label: arm.label, ...counts, excluded, valuesNotUsed },
    ...(resolution === 'exact' ? medianOf(steps) : absentMedian()),
    steps: resolution === 'exact' ? steps.map(toStep) : [],
    atVisits: visits.map(({ visit, day }, index) => ({ visit, ...readAt(steps, day, atRisk[index] ?? 0) })),
  }
}

function toStep(step: KaplanMeierStep): TimeToEventStep {
  const { time, atRisk, events, censored } = step
  return { day: time, atRisk, ...shareOf(step), events, censored }
}

function readAt(steps: readonly KaplanMeierStep[], day: number, atRisk: number): TimeToEventPoint {
  const last = steps.at(-1)
  if (last === undefined || (atRisk === 0 && last.time < day && last.survival > 0)) {
    const none = <Name extends string>(name: Name) => nullLeaf(name, 'noValues')
    return { day, atRisk, ...none('proportion'), ...none('ciLower'), ...none('ciUpper') }
  }
  const step = steps.findLast(({ time }) => time <= day)
  if (step !== undefined) return { day, atRisk, ...shareOf(step) }
  const none = <Name extends string>(name: Name) => nullLeaf(name, 'noEventYet')
  return { day, atRisk, proportion: 0, ...none('ciLower'), ...none('ciUpper') }
}

function shareOf({ survival, ciLower, ciUpper }: KaplanMeierStep) {
  return {
    proportion: 1 - survival,
    ...leafOf('ciLower', ciUpper.value === null ? ciUpper : { ...ciUpper, value: 1 - ciUpper.value }),
    ...leafOf('ciUpper', ciLower.value === null ? ciLower : { ...ciLower, value: 1 - ciLower.value }),
  }
}

function medianOf(steps: readonly KaplanMeierStep[]) {
  const { median, ciLower, ciUpper } = computeMedianSurvival(steps)
  return {
    ...leafOf('medianDays', median),
    ...leafOf('medianDaysCiLower', ciLower),
    ...leafOf('medianDaysCiUpper', ciUpper),
  }
}

function absentMedian() {
  const none = <Name extends string>(name: Name) => nullLeaf(name, 'masked')
  return { ...none('medianDays'), ...none('medianDaysCiLower'), ...none('medianDaysCiUpper') }
}
