import type { ExplainedOutcome, ExplainedPart, ExplainedValue, Place } from '@/lib/domain/explain/explanation'
import type { DueState } from '@/lib/domain/outcomes/expected'
import { computeImprovementInPoints, computePercentImprovement } from '@/lib/domain/outcomes/improvement'
import { nullLeaf, presentLeaf } from '@/lib/domain/outcomes/leaf'
import { listAskedValues } from '@/lib/domain/outcomes/no-intervention'
import { evaluateResponder, type ResponderOutcome } from '@/lib/domain/outcomes/responder'
import type { ResponderPlan } from '@/lib/domain/outcomes/responder-plan'
import {
  evaluateAtVisit,
  evaluateFreeOfRescue,
  placeRuleAgainstEvents,
  type ResponderReading,
} from '@/lib/domain/outcomes/responder-rate'
import type { EventState } from '@/lib/domain/outcomes/second-dose'
import type { ResponderCondition, ResponderRule } from '@/lib/domain/protocol/protocol'

/** One participant by one rule at one visit. */
export interface AskedOutcome {
  readonly plan: ResponderPlan
  readonly visit: string
  readonly position: number
  readonly due: DueState
  readonly reading: ResponderReading
  /** The score of that participant elsewhere; null: not measured there. */
  readonly scoreAt: (parameter: string, visit: string) => ExplainedValue | null
}

/**
 * How a participant fares by a rule, part by part, and in which rates. The outcome is that of `computeResponderRates`;
 * who is not due is in no rate. Source: clinical.md §3 and §4, convention 3.
 * Example: 7 → 4, at least 30 percent → `{ place: 'in', reason: 'met' }`; nothing at the visit, overdue →
 * `{ place: 'notMet', reason: 'overdue' }`, in the rate of all expected and not in that of observed cases.
 */
export function explainOutcome(asked: AskedOutcome): ExplainedOutcome {
  const { plan, visit, position, due, reading } = asked
  const { measured, filledIn, strategy } = reading
  const { rule } = plan
  const outcome = evaluateAtVisit(rule, visit, position, measured, strategy)
  const parts = explainParts(asked)
  const rescue = rule.noIntervention ? evaluateFreeOfRescue(rule, visit, position, measured) : null
  const event = placeRuleAgainstEvents(rule, visit, position, measured, strategy)
  const isDue = due === 'due'
  const filled = filledIn && fillsEvery(asked) ? filledIn : null
  return {
    code: rule.code,
    ...(isDue
      ? { place: placeOf(outcome), reason: nameReason(outcome, parts, rescue, event) }
      : { place: 'out' as const, reason: due === 'early' ? 'notYetDue' : 'notScheduled' }),
    complete: outcome.complete,
    baselineZero: outcome.baselineZero,
    parts,
    noIntervention: rescue?.met ?? null,
    event,
    rates: [
      { method: 'nonResponderImputation', inN: isDue, inK: isDue && outcome.met },
      {
        method: 'observedCases',
        inN: isDue && outcome.complete,
        inK: isDue && outcome.complete && outcome.met,
      },
      ...(filled
        ? [
            {
              method: filled.method,
              inN: isDue,
              inK: isDue && evaluateAtVisit(rule, visit, position, filled.lookUp, strategy).met,
            },
          ]
        : []),
    ],
  }
}

function placeOf({ met }: ResponderOutcome): Place {
  return met ? 'in' : 'notMet'
}

function fillsEvery({ plan, visit, reading }: AskedOutcome): boolean {
  return listAskedValues(plan.rule.condition, visit).every(
    ({ parameter }) => (reading.filledIn?.lookUp.problemOf(parameter) ?? null) === null,
  )
}

function nameReason(
  { met, complete }: ResponderOutcome,
  parts: readonly ExplainedPart[],
  rescue: ResponderOutcome | null,
  event: EventState,
): string {
  if (met) return 'met'
  if (event === 'after') return 'intercurrentEvent'
  if (complete) return rescue?.met === false ? 'intervention' : 'notMet'
  const undefinedPart = parts.find(({ improvement }) => improvement.asked === null)
  if (undefinedPart) return whyUndefined(undefinedPart)
  return rescue?.complete === false ? 'interventionUndated' : 'intercurrentEventUndated'
}

function whyUndefined({ improvement, value }: ExplainedPart): string {
  const reason = improvement.askedReason ?? 'missing'
  return reason === 'missing' ? (value?.missingReason ?? 'missing') : reason
}

type Single = Extract<ResponderCondition, { parameter: string }>

function explainParts(asked: AskedOutcome): ExplainedPart[] {
  const { measured } = asked.reading
  return listSingle(asked.plan.rule, asked.visit).map(({ condition, visit }) => {
    const facts = measured.factsOf(condition.parameter, visit, asked.position)
    const { met } = evaluateResponder({ ...condition, visits: [visit] }, visit, () => facts)
    const compute =
      condition.improvement.unit === 'percent' ? computePercentImprovement : computeImprovementInPoints
    const improvement = facts && compute(facts.parameter, facts.baseline, facts.value)
    return {
      condition,
      baseline: facts?.baseline ?? null,
      value: asked.scoreAt(condition.parameter, visit),
      met,
      improvement:
        improvement?.kind === 'improvement'
          ? presentLeaf('asked', improvement.value)
          : nullLeaf('asked', improvement?.reason ?? 'notMeasuredAtVisit'),
    }
  })
}

/** The single conditions of a rule, each at each of its visits, in the order of the rule. */
function listSingle({ condition }: ResponderRule, visit: string) {
  const list = (each: ResponderCondition, at: string): { condition: Single; visit: string }[] =>
    (each.visits ?? [at]).flatMap(where => {
      if ('parameter' in each) return [{ condition: each, visit: where }]
      return ('all' in each ? each.all : each.any).flatMap(part => list(part, where))
    })
  return list(condition, visit)
}
