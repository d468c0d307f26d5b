import type { Parameter } from '@/lib/domain/instruments/instrument'
import {
  computeImprovementInPoints,
  computePercentImprovement,
  isAbove,
  isAtLeast,
} from '@/lib/domain/outcomes/improvement'
import type { ResponderCondition, ResponderRule } from '@/lib/domain/protocol/protocol'

/** What is known of one participant's parameter at one visit. */
export interface ResponderFacts {
  readonly parameter: Parameter
  readonly baseline: number | null
  readonly value: number | null
}

/** How one participant fares by a condition at one visit. */
export interface ResponderOutcome {
  /** Met by what is known: an improvement that is not defined counts as none. */
  readonly met: boolean
  /** Every improvement asked for is defined: such a participant is an observed case. */
  readonly complete: boolean
  /** A percentage was asked of a baseline of 0, with the visit's value present. */
  readonly baselineZero: boolean
}

/**
 * Evaluates a responder condition for one participant at a visit. A condition that names visits must hold at each
 * of them; one inside a group that names visits must hold at those; `all` and `any` combine as they say.
 * Thresholds have a tolerance of 1e-9: `atLeast` forgives that much, `above` asks for more than that.
 * Missing rule: an undefined improvement meets no condition and makes the outcome incomplete.
 * Source: clinical.md §3 (responder at p %), §4 convention 3.
 * Example: at least 30 percent of NPRS, 7 → 4.9 → `{ met: true, complete: true, baselineZero: false }`.
 *
 * @param factsAt what is known of a parameter at a visit
 */
export function evaluateResponder(
  condition: ResponderCondition,
  visit: string,
  factsAt: (parameter: string, visit: string) => ResponderFacts | null,
): ResponderOutcome {
  const visits = condition.visits ?? [visit]
  if ('parameter' in condition) {
    const at = (each: string) =>
      evaluateImprovement(condition.improvement, factsAt(condition.parameter, each))
    return combine(visits.map(at), true)
  }
  const parts = 'all' in condition ? condition.all : condition.any
  const at = (each: string) =>
    combine(
      parts.map(part => evaluateResponder(part, each, factsAt)),
      'all' in condition,
    )
  return combine(visits.map(at), true)
}

/**
 * Evaluates a whole rule: its condition and, where it asks for none, that there was no rescue before the values it is
 * about. Source: protocols/README.md, responders. Example: improved by 60 %, but operated on before → not met.
 *
 * @param noIntervention how the participant fares by that, asked only of rules that want it
 */
export function evaluateRule(
  rule: ResponderRule,
  visit: string,
  factsAt: (parameter: string, visit: string) => ResponderFacts | null,
  noIntervention: () => ResponderOutcome,
): ResponderOutcome {
  const outcome = evaluateResponder(rule.condition, visit, factsAt)
  return rule.noIntervention ? combine([outcome, noIntervention()], true) : outcome
}

function evaluateImprovement(
  asked: Extract<ResponderCondition, { parameter: string }>['improvement'],
  facts: ResponderFacts | null,
): ResponderOutcome {
  if (facts === null) return { met: false, complete: false, baselineZero: false }
  const compute = asked.unit === 'percent' ? computePercentImprovement : computeImprovementInPoints
  const improvement = compute(facts.parameter, facts.baseline, facts.value)
  if (improvement.kind === 'undefined') {
    return { met: false, complete: false, baselineZero: improvement.reason === 'baselineZero' }
  }
  const reachesLeast = asked.atLeast === undefined || isAtLeast(improvement.value, asked.atLeast)
  const isBeyond = asked.above === undefined || isAbove(improvement.value, asked.above)
  return { met: reachesLeast && isBeyond, complete: true, baselineZero: false }
}

function combine(outcomes: readonly ResponderOutcome[], all: boolean): ResponderOutcome {
  return {
    met: all ? outcomes.every(outcome => outcome.met) : outcomes.some(outcome => outcome.met),
    complete: outcomes.every(outcome => outcome.complete),
    baselineZero: outcomes.some(outcome => outcome.baselineZero),
  }
}
