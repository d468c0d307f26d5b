import { isReceived } from '@/lib/domain/outcomes/analysed-score'
import type { ParameterGrid, VisitColumn } from '@/lib/domain/outcomes/cohort-grid'
import { rankMainParameters } from '@/lib/domain/outcomes/main-parameters'
import type { PreparedCohort } from '@/lib/domain/outcomes/prepared-cohort'
import { planResponders, type ResponderPlan } from '@/lib/domain/outcomes/responder-plan'
import type { Protocol } from '@/lib/domain/protocol/protocol'

/** A number that can be explained: a score or a rule, with the visits at which there is one. */
export interface OfferedNumber {
  readonly code: string
  readonly label: string
  /** The score under which a rule is reported first; null: it is a score itself. */
  readonly ruleOf: string | null
  /** In protocol order. */
  readonly visits: readonly string[]
}

/** A number found: its place in the cohort, and the rules to explain at it. */
export interface FoundNumber {
  readonly code: string
  readonly grid: ParameterGrid
  readonly column: VisitColumn
  /** The rule of that code, or for a score all that are reported under it at the visit. */
  readonly plans: readonly ResponderPlan[]
}

/** Why a number was not found. `offered`: what could be asked for instead, codes of numbers or of visits. */
export interface NumberProblem {
  readonly field: 'code' | 'visit'
  readonly value: string
  readonly offered: readonly string[]
}

/**
 * The numbers of a result that can be explained: each score with its rules after it, in the order of the summary.
 * Example: `listNumbers(cohort, protocol)[1]` → `{ code: 'PAIN30', label: …, ruleOf: 'NPRS_AVG', visits: ['M1', 'M3'] }`.
 */
export function listNumbers(cohort: PreparedCohort, protocol: Protocol): readonly OfferedNumber[] {
  const plans = planAll(cohort, protocol)
  return cohort.grids.flatMap(({ parameter, visits }): OfferedNumber[] => {
    const own = plans.filter(plan => plan.parameter === parameter.code)
    const isFirst = (plan: ResponderPlan) => plans.find(({ rule }) => rule.code === plan.rule.code) === plan
    return [
      { code: parameter.code, label: parameter.label, ruleOf: null, visits },
      ...own.filter(isFirst).map(({ rule }) => ({
        code: rule.code,
        label: rule.label,
        ruleOf: parameter.code,
        visits: visitsOf(plans, rule.code, protocol),
      })),
    ]
  })
}

/**
 * Finds the number of a code at a visit. No code: the first main parameter. No visit: the last after baseline at which
 * anything was received, else the last that is due for anybody, else the last. A code of both a rule and a score is the rule's.
 * Missing rule: a code or visit that the result does not have → what it has instead.
 * Example: `findNumber(cohort, protocol, { code: 'PAIN30', visit: 'M3' })` → the column of M3 with that rule.
 */
export function findNumber(
  cohort: PreparedCohort,
  protocol: Protocol,
  asked: { readonly code: string | null; readonly visit: string | null },
): FoundNumber | NumberProblem {
  const plans = planAll(cohort, protocol)
  const code = asked.code ?? chooseParameter(cohort, protocol)
  const ofRule = plans.filter(({ rule }) => rule.code === code)
  const ofScore = cohort.grids.find(({ parameter }) => parameter.code === code)
  if (code === undefined || (ofRule.length === 0 && ofScore === undefined)) {
    return { field: 'code', value: code ?? '', offered: listNumbers(cohort, protocol).map(each => each.code) }
  }
  const visits = ofRule.length > 0 ? visitsOf(plans, code, protocol) : (ofScore?.visits ?? [])
  const gridAt = (visit: string) => {
    const home = ofRule.find(plan => plan.visits.includes(visit))?.parameter
    return home === undefined ? ofScore : cohort.grids.find(({ parameter }) => parameter.code === home)
  }
  const columnAt = (visit: string) => gridAt(visit)?.columns.find(column => column.visit === visit)
  const chosen = asked.visit ?? chooseVisit(visits.flatMap(visit => columnAt(visit) ?? []))
  const [grid, column] = [gridAt(chosen ?? ''), columnAt(chosen ?? '')]
  if (chosen === undefined || !visits.includes(chosen) || !grid || !column) {
    return { field: 'visit', value: chosen ?? '', offered: visits }
  }
  const own = plans.filter(
    plan => plan.parameter === grid.parameter.code && plan.visits.includes(column.visit),
  )
  const isAsked = ({ rule }: ResponderPlan) => ofRule.length === 0 || rule.code === code
  return { code, grid, column, plans: own.filter(isAsked) }
}

function planAll(cohort: PreparedCohort, protocol: Protocol): readonly ResponderPlan[] {
  return planResponders(protocol, new Map(cohort.grids.map(grid => [grid.parameter.code, grid])))
}

function visitsOf(plans: readonly ResponderPlan[], code: string, { visits }: Protocol): readonly string[] {
  const own = new Set(plans.filter(({ rule }) => rule.code === code).flatMap(plan => plan.visits))
  return visits.map(visit => visit.code).filter(visit => own.has(visit))
}

function chooseParameter({ grids }: PreparedCohort, protocol: Protocol): string | undefined {
  const [main] = rankMainParameters(protocol)
  const isThere = grids.some(({ parameter }) => parameter.code === main?.code)
  return isThere ? main?.code : grids[0]?.parameter.code
}

function chooseVisit(columns: readonly VisitColumn[]): string | undefined {
  const later = columns.filter(column => column.afterBaseline)
  const valued = later.findLast(({ scores }) => scores.some(score => isReceived(score)))
  const due = later.findLast(column => column.due.includes('due'))
  return (valued ?? due ?? columns.at(-1))?.visit
}
