import { observedValue } from '@/lib/domain/outcomes/analysed-score'
import type { AnalysisView, EventStrategy } from '@/lib/domain/outcomes/analysis-view'
import type { ParameterGrid, VisitColumn } from '@/lib/domain/outcomes/cohort-grid'
import { type ImputationMethod, isImputation } from '@/lib/domain/outcomes/imputation'
import { hasIntercurrentEvent, placeAgainstEvents } from '@/lib/domain/outcomes/intercurrent-events'
import { leafOf, nullLeaf, presentLeaf, type SummaryReason } from '@/lib/domain/outcomes/leaf'
import { evaluateNoIntervention, listAskedValues } from '@/lib/domain/outcomes/no-intervention'
import type { Rescue } from '@/lib/domain/outcomes/rescue'
import { evaluateRule, type ResponderFacts, type ResponderOutcome } from '@/lib/domain/outcomes/responder'
import type { ResponderPlan } from '@/lib/domain/outcomes/responder-plan'
import type { EventState } from '@/lib/domain/outcomes/second-dose'
import type { ResponderMethod, ResponderRate } from '@/lib/domain/outcomes/summary-types'
import type { ResponderRule } from '@/lib/domain/protocol/protocol'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import { computeClopperPearson, computeProportion, computeWilson } from '@/lib/domain/statistics/proportion'

/**
 * The rates of one rule in one arm at one visit: with non-responder imputation, k of all expected
 * (missing visit, missing baseline and, for percentages, a baseline of 0 are non-responders), then of
 * observed cases, k of those with every improvement defined; both of measured values alone. Where the view fills
 * missing values in, a third of all expected after that: who still has no improvement is a non-responder. Early
 * values are in none. `undefinedBaselineZero` counts those due with a baseline of 0 and the visit present, where a
 * percentage is asked. A rule that asks for no intervention is not met after a rescue; whether there was one may be
 * unknown, and then it is no observed case. Under the composite strategy nobody meets any rule at or after an
 * intercurrent event (`evaluateAtVisit`). Proportion and intervals are fractions. Undefined: a rule that
 * cannot be computed → all null with its reason, as is a filled-in rate where the method has no value for one of
 * its scales; no one to divide by → `noValues`.
 * Source: clinical.md §3 (events), §4, conventions 3 and 8. Checked against R in summary-three-arms.test.ts.
 * Example: 9 expected, 8 with both values, 7 better → 7/9 and 7/8.
 */
export function computeResponderRates(
  plan: ResponderPlan,
  visit: string,
  due: VisitColumn['due'],
  armMembers: readonly number[],
  { measured, filledIn, strategy }: ResponderReading,
): ResponderRate[] {
  const { rule, problem } = plan
  if (problem !== null) {
    const methods: ResponderMethod[] = ['nonResponderImputation', 'observedCases']
    return [...methods, ...(filledIn ? [filledIn.method] : [])].map(method =>
      absentRate(rule, method, problem),
    )
  }
  const expected = armMembers.filter(position => due[position] === 'due')
  const counts = countOutcomes(expected, position =>
    evaluateAtVisit(rule, visit, position, measured, strategy),
  )
  const rates = [
    presentRate(rule, 'nonResponderImputation', counts.met, expected.length, counts.baselineZero),
    presentRate(rule, 'observedCases', counts.metComplete, counts.complete, counts.baselineZero),
  ]
  if (filledIn === null) return rates
  const { method, lookUp } = filledIn
  const unfilled = listAskedValues(rule.condition, visit).flatMap(
    asked => lookUp.problemOf(asked.parameter) ?? [],
  )
  if (unfilled[0] !== undefined) return [...rates, absentRate(rule, method, unfilled[0])]
  const filled = countOutcomes(expected, position => evaluateAtVisit(rule, visit, position, lookUp, strategy))
  return [...rates, presentRate(rule, method, filled.met, expected.length, filled.baselineZero)]
}

/**
 * How one participant fares by a rule at a visit. Composite strategy: not met, and certain, when one of the values asked
 * for is after an intercurrent event; where there is no value, when the visit's window closed after one. Missing rule:
 * when that is not known, not met and no observed case.
 * Source: clinical.md §3, intercurrent events. Example: 60 % better after a second dose, composite → not met.
 */
export function evaluateAtVisit(
  rule: ResponderRule,
  visit: string,
  position: number,
  lookUp: ResponderLookUp,
  strategy: EventStrategy,
): ResponderOutcome {
  const outcome = evaluateRule(
    rule,
    visit,
    (parameter, at) => lookUp.factsOf(parameter, at, position),
    () => evaluateFreeOfRescue(rule, visit, position, lookUp),
  )
  const state = placeRuleAgainstEvents(rule, visit, position, lookUp, strategy)
  if (state === 'before') return outcome
  return { ...outcome, met: false, complete: state === 'after' }
}

/** The part of a rule that asks for no intervention. Example: operated on before the visit → not met, complete. */
export function evaluateFreeOfRescue(
  rule: ResponderRule,
  visit: string,
  position: number,
  lookUp: ResponderLookUp,
): ResponderOutcome {
  return evaluateNoIntervention(lookUp.rescuesOf(position), listDates(rule, visit, position, lookUp))
}

/**
 * Where the values that a rule asks for lie against intercurrent events, as far as the strategy asks: under others than
 * composite always `before`. One after an event decides. Example: second dose, then the visit, composite → `after`.
 */
export function placeRuleAgainstEvents(
  rule: ResponderRule,
  visit: string,
  position: number,
  lookUp: ResponderLookUp,
  strategy: EventStrategy,
): EventState {
  if (strategy !== 'composite' || !lookUp.hasEvent(position)) return 'before'
  const states = listAskedValues(rule.condition, visit).map(asked =>
    lookUp.eventStateAt(asked.parameter, asked.visit, position),
  )
  if (states.includes('after')) return 'after'
  return states.includes('unknown') ? 'unknown' : 'before'
}

function countOutcomes(members: readonly number[], outcomeOf: (position: number) => ResponderOutcome) {
  const counts = { met: 0, complete: 0, metComplete: 0, baselineZero: 0 }
  for (const position of members) {
    const { met, complete, baselineZero } = outcomeOf(position)
    if (met) counts.met += 1
    if (complete) counts.complete += 1
    if (met && complete) counts.metComplete += 1
    if (baselineZero) counts.baselineZero += 1
  }
  return counts
}

/** Days of the values that a rule asks for at a visit; absent values have none. */
function listDates(rule: ResponderRule, visit: string, position: number, lookUp: ResponderLookUp) {
  return listAskedValues(rule.condition, visit).flatMap(asked => {
    const date = lookUp.dateOf(asked.parameter, asked.visit, position)
    return date === undefined ? [] : [date]
  })
}

/** How responder rules are read in a view. */
export interface ResponderReading {
  /** Of measured values alone. */
  readonly measured: ResponderLookUp
  /** Of values filled in as well; null: the view fills nothing in. */
  readonly filledIn: { readonly method: ImputationMethod; readonly lookUp: ResponderLookUp } | null
  readonly strategy: EventStrategy
}

/**
 * How responder rules are read over the grids of a view, which all have the same members.
 * Example: `readResponders(grids, DEFAULT_ANALYSIS_VIEW).filledIn` → null.
 */
export function readResponders(
  grids: ReadonlyMap<string, ParameterGrid>,
  { missingData, strategy }: AnalysisView,
): ResponderReading {
  return {
    measured: lookUpIn(grids, false),
    filledIn: isImputation(missingData) ? { method: missingData, lookUp: lookUpIn(grids, true) } : null,
    strategy,
  }
}

/** Finds what is known of the member at a position. */
export interface ResponderLookUp {
  /** A parameter at a visit; null where it is not measured there. */
  factsOf(parameter: string, visit: string, position: number): ResponderFacts | null
  /** Day of the value of a parameter at a visit; null: it has no date; undefined: there is no value. */
  dateOf(parameter: string, visit: string, position: number): CalendarDate | null | undefined
  rescuesOf(position: number): readonly Rescue[]
  hasEvent(position: number): boolean
  /** Where the value lies against intercurrent events; without one, or filled in, the end of the visit's window does. */
  eventStateAt(parameter: string, visit: string, position: number): EventState
  /** Why the method of missing data cannot fill a parameter in. */
  problemOf(parameter: string): SummaryReason | null
}

function lookUpIn(grids: ReadonlyMap<string, ParameterGrid>, withFilledIn: boolean): ResponderLookUp {
  const columns = new Map(
    [...grids].map(([code, grid]) => [code, new Map(grid.columns.map(column => [column.visit, column]))]),
  )
  const [anyGrid] = grids.values()
  const memberAt = (position: number) => anyGrid?.members[position]
  const columnOf = (parameter: string, visit: string) => columns.get(parameter)?.get(visit)
  const readValue = (score: VisitColumn['scores'][number]) =>
    withFilledIn ? (score?.value ?? null) : observedValue(score)
  const dayOf = (column: VisitColumn | undefined, position: number) => {
    const score = column?.scores[position]
    return score === undefined || score.imputed === true || score.value === null
      ? (column?.scheduled[position]?.windowEnd ?? null)
      : score.date
  }
  return {
    factsOf(parameter, visit, position) {
      const grid = grids.get(parameter)
      const column = columnOf(parameter, visit)
      if (grid === undefined || column === undefined) return null
      const value = readValue(column.scores[position])
      return { parameter: grid.parameter, baseline: grid.baselines[position] ?? null, value }
    },
    dateOf(parameter, visit, position) {
      const column = columnOf(parameter, visit)
      return readValue(column?.scores[position]) === null ? undefined : dayOf(column, position)
    },
    rescuesOf: position => memberAt(position)?.rescues ?? [],
    hasEvent(position) {
      const member = memberAt(position)
      return member !== undefined && hasIntercurrentEvent(member)
    },
    eventStateAt(parameter, visit, position) {
      const member = memberAt(position)
      const column = columnOf(parameter, visit)
      if (member === undefined || column === undefined) return 'before'
      const beforeTreatment = column.scores[position]?.beforeTreatment ?? false
      return placeAgainstEvents(member, { date: dayOf(column, position), beforeTreatment })
    },
    problemOf: parameter => grids.get(parameter)?.imputationProblem ?? null,
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
