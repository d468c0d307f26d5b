import type { ParameterGrid, VisitColumn } from '@/lib/domain/outcomes/cohort-grid'
import type { SummaryReason } from '@/lib/domain/outcomes/leaf'
import type { Protocol, ResponderCondition, ResponderRule } from '@/lib/domain/protocol/protocol'

/** Where a rule is evaluated and reported, and why it cannot be computed, if so. */
export interface ResponderPlan {
  readonly rule: ResponderRule
  /** Reported under this parameter … */
  readonly parameter: string
  /** … at these visits, each of them evaluated for itself. */
  readonly visits: readonly string[]
  readonly problem: SummaryReason | null
}

interface Asked {
  readonly parameter: string
  readonly unit: 'points' | 'percent'
  /** Visits named for this condition or a group around it; null: the visit of evaluation. */
  readonly visits: readonly string[] | null
}

/**
 * Plans every responder rule. A rule without named visits is evaluated at each visit after baseline at which
 * all its parameters are measured; one that names visits once, at the last of them. It is reported under the
 * first of its parameters that is measured there. A rule that cannot be computed keeps its place, with the
 * reason: a parameter is not measured at baseline, at a visit named or at any after baseline, has no
 * direction, or percent has no meaning on it. A rule of which no parameter is reported has no place.
 * Source: protocols/README.md, responders; clinical.md §3, responder.
 * Example: `PAIN30` of NPRS_AVG with visits BL, M1, M3 → reported under NPRS_AVG at M1 and M3.
 */
export function planResponders(
  protocol: Protocol,
  grids: ReadonlyMap<string, ParameterGrid>,
): ResponderPlan[] {
  const order = protocol.visits.map(visit => visit.code)
  return protocol.responders.flatMap((rule): ResponderPlan[] => {
    const asked = listAsked(rule.condition, null)
    const reported = asked.flatMap(({ parameter }) => grids.get(parameter) ?? [])
    const named = new Set(asked.flatMap(({ visits }) => visits ?? []))
    const last = order.findLast(visit => named.has(visit))
    const candidates = last === undefined ? order : [last]
    const problem = findProblem(asked, grids)
    const homes = new Map<string, string[]>()
    for (const visit of candidates) {
      const measuredHere = reported.filter(grid => columnAfterBaseline(grid, visit) !== undefined)
      const [home] = measuredHere
      if (home === undefined || (last === undefined && measuredHere.length < reported.length)) continue
      homes.set(home.parameter.code, [...(homes.get(home.parameter.code) ?? []), visit])
    }
    return [...homes].map(([parameter, visits]) => ({ rule, parameter, visits, problem }))
  })
}

function listAsked(condition: ResponderCondition, around: readonly string[] | null): Asked[] {
  const visits = condition.visits ?? around
  if ('parameter' in condition) {
    return [{ parameter: condition.parameter, unit: condition.improvement.unit, visits }]
  }
  return ('all' in condition ? condition.all : condition.any).flatMap(part => listAsked(part, visits))
}

function findProblem(
  asked: readonly Asked[],
  grids: ReadonlyMap<string, ParameterGrid>,
): SummaryReason | null {
  for (const { parameter, unit, visits } of asked) {
    const grid = grids.get(parameter)
    if (grid === undefined) return 'notMeasuredAtVisit'
    if (grid.parameter.higherIs === 'neither') return 'noDirection'
    if (unit === 'percent' && !grid.parameter.zeroMeansNone) return 'zeroDoesNotMeanNone'
    if (!grid.measuredAtBaseline) return 'notMeasuredAtBaseline'
    if (visits?.some(visit => columnAfterBaseline(grid, visit) === undefined)) return 'notMeasuredAtVisit'
  }
  return null
}

function columnAfterBaseline(grid: ParameterGrid, visit: string): VisitColumn | undefined {
  return grid.columns.find(column => column.visit === visit && column.afterBaseline)
}
