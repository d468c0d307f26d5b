import type { ParameterGrid, VisitColumn } from '@/lib/domain/outcomes/cohort-grid'
import { leafOf, nullLeaf, presentLeaf, type SummaryReason } from '@/lib/domain/outcomes/leaf'
import { evaluateNoIntervention, listAskedValues } from '@/lib/domain/outcomes/no-intervention'
import type { Rescue } from '@/lib/domain/outcomes/rescue'
import { evaluateRule, type ResponderFacts } from '@/lib/domain/outcomes/responder'
import type { ResponderPlan } from '@/lib/domain/outcomes/responder-plan'
import type { ResponderMethod, ResponderRate } from '@/lib/domain/outcomes/summary-types'
import type { ResponderRule } from '@/lib/domain/protocol/protocol'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import { computeClopperPearson, computeProportion, computeWilson } from '@/lib/domain/statistics/proportion'

/**
 * The two rates of one rule in one arm at one visit: with non-responder imputation, k of all expected
 * (missing visit, missing baseline and, for percentages, a baseline of 0 are non-responders), then of
 * observed cases, k of those with every improvement defined. Early values are in neither.
 * `undefinedBaselineZero` counts those due with a baseline of 0 and the visit present, where a percentage is
 * asked. A rule that asks for no intervention is not met after a rescue; whether there was one may be
 * unknown, and then it is no observed case. Proportion and intervals are fractions. Undefined: a rule that
 * cannot be computed → all null with its reason; no one to divide by → `noValues`.
 * Source: clinical.md §4, conventions 3 and 8. Checked against R in summary-three-arms.test.ts.
 * Example: 9 expected, 8 with both values, 7 better → 7/9 and 7/8.
 */
export function computeResponderRates(
  plan: ResponderPlan,
  visit: string,
  due: VisitColumn['due'],
  armMembers: readonly number[],
  lookUp: ResponderLookUp,
): ResponderRate[] {
  const { rule, problem } = plan
  if (problem !== null) {
    return [absentRate(rule, 'nonResponderImputation', problem), absentRate(rule, 'observedCases', problem)]
  }
  let expected = 0
  let observed = 0
  let respondersOfExpected = 0
  let respondersObserved = 0
  let undefinedBaselineZero = 0
  for (const position of armMembers) {
    if (due[position] !== 'due') continue
    const outcome = evaluateRule(
      rule,
      visit,
      (parameter, at) => lookUp.factsOf(parameter, at, position),
      () => evaluateNoIntervention(lookUp.rescuesOf(position), listDates(rule, visit, position, lookUp)),
    )
    expected += 1
    if (outcome.met) respondersOfExpected += 1
    if (outcome.baselineZero) undefinedBaselineZero += 1
    if (!outcome.complete) continue
    observed += 1
    if (outcome.met) respondersObserved += 1
  }
  return [
    presentRate(rule, 'nonResponderImputation', respondersOfExpected, expected, undefinedBaselineZero),
    presentRate(rule, 'observedCases', respondersObserved, observed, undefinedBaselineZero),
  ]
}

/** Days of the values that a rule asks for at a visit; absent values have none. */
function listDates(rule: ResponderRule, visit: string, position: number, lookUp: ResponderLookUp) {
  return listAskedValues(rule.condition, visit).flatMap(asked => {
    const date = lookUp.dateOf(asked.parameter, asked.visit, position)
    return date === undefined ? [] : [date]
  })
}

/** Finds what is known of the member at a position. */
export interface ResponderLookUp {
  /** A parameter at a visit; null where it is not measured there. */
  factsOf(parameter: string, visit: string, position: number): ResponderFacts | null
  /** Day of the value of a parameter at a visit; null: it has no date; undefined: there is no value. */
  dateOf(parameter: string, visit: string, position: number): CalendarDate | null | undefined
  rescuesOf(position: number): readonly Rescue[]
}

/**
 * A look-up over the grids, which all have the same members.
 * Example: `lookUpIn(grids).factsOf('NPRS_AVG', 'M6', 0)?.baseline` → 7.
 */
export function lookUpIn(grids: ReadonlyMap<string, ParameterGrid>): ResponderLookUp {
  const columns = new Map(
    [...grids].map(([code, grid]) => [code, new Map(grid.columns.map(column => [column.visit, column]))]),
  )
  const [anyGrid] = grids.values()
  const scoreOf = (parameter: string, visit: string, position: number) =>
    columns.get(parameter)?.get(visit)?.scores[position]
  return {
    factsOf(parameter, visit, position) {
      const grid = grids.get(parameter)
      if (grid === undefined || !columns.get(parameter)?.has(visit)) return null
      const value = scoreOf(parameter, visit, position)?.value ?? null
      return { parameter: grid.parameter, baseline: grid.baselines[position] ?? null, value }
    },
    dateOf(parameter, visit, position) {
      const score = scoreOf(parameter, visit, position)
      return score === undefined || score.value === null ? undefined : score.date
    },
    rescuesOf: position => anyGrid?.members[position]?.rescues ?? [],
  }
}

function presentRate(
  rule: ResponderRule,
  method: ResponderMethod,
  k: number,
  n: number,
  undefinedBaselineZero: number,
): ResponderRate {
  return {
    ...nameRate(rule, method),
    ...presentLeaf('k', k),
    ...presentLeaf('n', n),
    ...leafOf('proportion', computeProportion(k, n)),
    ...leafOf('wilson', computeWilson(k, n)),
    ...leafOf('clopperPearson', computeClopperPearson(k, n)),
    ...presentLeaf('undefinedBaselineZero', undefinedBaselineZero),
  }
}

function absentRate(rule: ResponderRule, method: ResponderMethod, reason: SummaryReason): ResponderRate {
  return {
    ...nameRate(rule, method),
    ...nullLeaf('k', reason),
    ...nullLeaf('n', reason),
    ...nullLeaf('proportion', reason),
    ...nullLeaf('wilson', reason),
    ...nullLeaf('clopperPearson', reason),
    ...nullLeaf('undefinedBaselineZero', reason),
  }
}

function nameRate(rule: ResponderRule, method: ResponderMethod) {
  return { code: rule.code, method, isResponder: rule.isResponder }
}
