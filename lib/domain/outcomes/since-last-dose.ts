import { isUnlimited } from '@/lib/domain/instruments/unlimited'
import { observedValue } from '@/lib/domain/outcomes/analysed-score'
import { whyNoChange } from '@/lib/domain/outcomes/change'
import type { CohortParticipant } from '@/lib/domain/outcomes/cohort-data'
import type { ParameterGrid } from '@/lib/domain/outcomes/cohort-grid'
import { leafOf, nullLeaf, presentLeaf, type SummaryReason } from '@/lib/domain/outcomes/leaf'
import type { PreparedCohort } from '@/lib/domain/outcomes/prepared-cohort'
import type { ReportedArm } from '@/lib/domain/outcomes/reported-arms'
import type { ArmSinceLastDose, ChangeEstimate, SinceLastDose } from '@/lib/domain/outcomes/summary-types'
import { computeNominalDays } from '@/lib/domain/protocol/nominal-time'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import { type CalendarDate, daysBetween } from '@/lib/domain/shared/calendar-date'
import { describe as computeDescription } from '@/lib/domain/statistics/describe'

/** A measured value placed after a dose. */
interface PlacedValue {
  readonly value: number
  readonly days: number
  /** From 0. */
  readonly dose: number
  readonly baseline: number | null
  readonly beforeDose: number | null
}

/**
 * The second time axis: each measured value after baseline against the last dose before it, grouped at the nominal times
 * of the protocol (targets after baseline at which the parameter is asked for). A value belongs to the target nearest to
 * its days since that dose, of two as near the earlier. A participant counts once at a time: the value after the later
 * dose, then the nearer to the target, then the later. On the day of a dose a value counts as after it, unless recorded as
 * before treatment. Who has no second dose counts from the first. Values filled in have no date and are left out, as is
 * what the view leaves out; early values count, as in means.
 * Undefined: a parameter without change → its reason; an unlimited duration among the values → no mean (`unlimited`).
 * Source: clinical.md §3, intercurrent events. Checked against counts by hand in since-last-dose.test.ts.
 * Example: second dose on day 190, M12 value on day 365 → 175 days, the point of M6 (182.6 days).
 */
export function summariseSinceLastDose(cohort: PreparedCohort, protocol: Protocol): SinceLastDose {
  const targets = new Map(protocol.visits.map(({ code, target }) => [code, computeNominalDays(target)]))
  return {
    parameters: cohort.grids.map(grid => {
      const times = grid.columns.flatMap(({ visit, afterBaseline }) => {
        const days = targets.get(visit) ?? 0
        return afterBaseline && days > 0 ? [{ visit, days }] : []
      })
      return {
        parameter: grid.parameter.code,
        arms: cohort.arms.map(arm => summariseArm(grid, arm, times)),
      }
    }),
  }
}

interface NominalTime {
  readonly visit: string
  readonly days: number
}

function summariseArm(
  grid: ParameterGrid,
  arm: ReportedArm,
  times: readonly NominalTime[],
): ArmSinceLastDose {
  const byTime = times.map(() => ({ chosen: [] as PlacedValue[], further: 0 }))
  let noDatedDose = 0
  let undated = 0
  for (const position of arm.members) {
    const member = grid.members[position]
    if (member === undefined) continue
    if (!member.doses.some(({ date }) => date !== null)) noDatedDose += 1
    const read = placeValues(grid, position, member)
    undated += read.undated
    const own = new Map<number, PlacedValue>()
    for (const placed of read.placed) {
      const index = findNearest(times, placed.days)
      const time = times[index]
      const point = byTime[index]
      if (time === undefined || point === undefined) continue
      const known = own.get(index)
      if (known !== undefined) point.further += 1
      own.set(index, known === undefined ? placed : chooseOne(known, placed, time.days))
    }
    for (const [index, placed] of own) byTime[index]?.chosen.push(placed)
  }
  return {
    arm: arm.code,
    label: arm.label,
    noDatedDose,
    undated,
    points: times.map((time, index) => {
      const { chosen = [], further = 0 } = byTime[index] ?? {}
      return {
        ...time,
        n: chosen.length,
        nAfterLaterDose: chosen.filter(({ dose }) => dose > 0).length,
        nFurther: further,
        fromBaseline: estimateChange(grid, chosen, ({ baseline }) => baseline),
        fromBeforeDose: estimateChange(grid, chosen, ({ beforeDose }) => beforeDose),
      }
    }),
  }
}

function placeValues(grid: ParameterGrid, position: number, member: CohortParticipant) {
  const doses = member.doses.flatMap(({ date }) => date ?? []).sort()
  const isKnown = doses.length === member.doses.length
  const measured = grid.columns.flatMap(({ scores, afterBaseline }) => {
    const score = scores[position]
    const value = observedValue(score)
    return score === undefined || value === null
      ? []
      : [{ value, date: score.date, before: score.beforeTreatment, afterBaseline }]
  })
  const placed: PlacedValue[] = []
  let undated = 0
  for (const { value, date, before, afterBaseline } of measured) {
    if (!afterBaseline || doses.length === 0) continue
    if (date === null || !isKnown) {
      undated += 1
      continue
    }
    const dose = doses.findLastIndex(each => (before ? each < date : each <= date))
    const given = doses[dose]
    if (given === undefined) continue
    const beforeDose = findLastBefore(measured, given)
    const baseline = grid.baselines[position] ?? null
    placed.push({ value, days: daysBetween(given, date), dose, baseline, beforeDose })
  }
  return { placed, undated }
}

/** The last dated value before a dose; of one day the later visit's. */
function findLastBefore(
  measured: readonly {
    readonly value: number
    readonly date: CalendarDate | null
    readonly before: boolean
  }[],
  dose: CalendarDate,
): number | null {
  let best: { readonly value: number; readonly date: CalendarDate } | null = null
  for (const { value, date, before } of measured) {
    if (date === null || date > dose || (date === dose && !before)) continue
    if (best === null || date >= best.date) best = { value, date }
  }
  return best?.value ?? null
}

function findNearest(times: readonly NominalTime[], days: number): number {
  let nearest = -1
  let least = Number.POSITIVE_INFINITY
  for (const [index, time] of times.entries()) {
    const distance = Math.abs(time.days - days)
    if (distance < least) [nearest, least] = [index, distance]
  }
  return nearest
}

function chooseOne(known: PlacedValue, other: PlacedValue, target: number): PlacedValue {
  if (known.dose !== other.dose) return other.dose > known.dose ? other : known
  const [here, there] = [Math.abs(known.days - target), Math.abs(other.days - target)]
  if (here !== there) return there < here ? other : known
  return other.days >= known.days ? other : known
}

function estimateChange(
  grid: ParameterGrid,
  chosen: readonly PlacedValue[],
  from: (placed: PlacedValue) => number | null,
): ChangeEstimate {
  const none = (reason: SummaryReason) => ({
    ...nullLeaf('mean', reason),
    ...nullLeaf('sdSample', reason),
    ...nullLeaf('ciLower', reason),
    ...nullLeaf('ciUpper', reason),
  })
  const absent = whyNoChange(grid)
  if (absent !== null) return { ...nullLeaf('n', absent), ...none(absent) }
  const pairs = chosen.flatMap(placed => {
    const start = from(placed)
    return start === null ? [] : [{ start, end: placed.value }]
  })
  const n = presentLeaf('n', pairs.length)
  const { parameter } = grid
  if (pairs.some(({ start, end }) => isUnlimited(parameter, start) || isUnlimited(parameter, end))) {
    return { ...n, ...none('unlimited') }
  }
  const description = computeDescription(pairs.map(({ start, end }) => end - start))
  return {
    ...n,
    ...leafOf('mean', description.mean),
    ...leafOf('sdSample', description.sdSample),
    ...leafOf('ciLower', description.ciLower),
    ...leafOf('ciUpper', description.ciUpper),
  }
}
