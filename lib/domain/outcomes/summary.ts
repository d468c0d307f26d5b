import { countBands } from '@/lib/domain/outcomes/category-course'
import { computeChangeSummary, derivePairs, hasUnlimited, whyNoChange } from '@/lib/domain/outcomes/change'
import type { ParameterGrid, VisitColumn } from '@/lib/domain/outcomes/cohort-grid'
import { computeCompleteness } from '@/lib/domain/outcomes/completeness'
import { computeContrasts } from '@/lib/domain/outcomes/contrasts'
import { deriveCurveResolution } from '@/lib/domain/outcomes/curve-resolution'
import { computeDescriptives, concealSingleValues, countCategories } from '@/lib/domain/outcomes/descriptives'
import { countNotBetter, deriveIndividuals } from '@/lib/domain/outcomes/individuals'
import { countLevelChange, isRanked } from '@/lib/domain/outcomes/level-change'
import { computePairedQuartiles, hasPairedQuartiles } from '@/lib/domain/outcomes/paired-durations'
import { type CohortRequest, type PreparedCohort, prepareCohort } from '@/lib/domain/outcomes/prepared-cohort'
import type { ReportedArm } from '@/lib/domain/outcomes/reported-arms'
import { planResponders, type ResponderPlan } from '@/lib/domain/outcomes/responder-plan'
import {
  computeResponderRates,
  type ResponderReading,
  readResponders,
} from '@/lib/domain/outcomes/responder-rate'
import { computeResponseDistribution } from '@/lib/domain/outcomes/response-distribution'
import { summariseSinceLastDose } from '@/lib/domain/outcomes/since-last-dose'
import type { ArmSummary, ParameterSummary, Summary, VisitSummary } from '@/lib/domain/outcomes/summary-types'
import { computeTimeToEvent } from '@/lib/domain/outcomes/time-to-event'
import { deriveViewInForce } from '@/lib/domain/outcomes/view-in-force'
import { countWorse } from '@/lib/domain/outcomes/worse'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import { listReferences } from '@/lib/domain/references/list-references'

/** A cohort, and what names the result: the audit entry read at, the versions, whether the data are synthetic. */
export interface SummaryRequest extends CohortRequest {
  readonly asOf: number
  readonly version: string
  readonly softwareVersion: string
  readonly synthetic: boolean
}

/**
 * Every number of a study's results, in the shape of `longitude summary --json`. Full double precision; what cannot
 * be computed is null with its reason beside it. Same facts, same request: same document, key by key.
 * Source: interfaces.md (shape), clinical.md §3 and §4 (rules). Checked against R in summary-three-arms.test.ts.
 * Example: `computeSummary({ …, dataCut: '2024-06-30', masking }).parameters[0].arms[0].visits[1].change?.mean` → −2.333.
 */
export function computeSummary(request: SummaryRequest): Summary {
  return composeSummary(request, prepareCohort(request))
}

/**
 * As `computeSummary`, for who has prepared the cohort of this very request already.
 * Example: `composeSummary(request, prepareCohort(request)).analysisSet` → `'treated'`.
 */
export function composeSummary(request: SummaryRequest, cohort: PreparedCohort): Summary {
  return {
    study: request.protocol.study.code,
    dataCut: request.dataCut,
    asOf: request.asOf,
    version: request.version,
    softwareVersion: request.softwareVersion,
    synthetic: request.synthetic,
    analysisSet: cohort.set.name,
    view: deriveViewInForce(cohort),
    parameters: summariseParameters(cohort, request.protocol),
    ...tellSinceLastDose(cohort, request.protocol),
    responseDistribution: computeResponseDistribution(cohort, request.protocol),
    timeToEvent: computeTimeToEvent(cohort, request.protocol, request.dataCut),
    references: listReferences(request.protocol),
  }
}

/** How many doses a lettered arm had may tell which it is: see `computeFlow`. */
function tellSinceLastDose(
  cohort: PreparedCohort,
  protocol: Protocol,
): Pick<Summary, 'sinceLastDose' | 'sinceLastDoseReason'> {
  if (cohort.view.timeAxis !== 'sinceLastDose') return { sinceLastDose: null }
  return cohort.armsMasked
    ? { sinceLastDose: null, sinceLastDoseReason: 'masked' }
    : { sinceLastDose: summariseSinceLastDose(cohort, protocol) }
}

/**
 * The parameters of the result, for who has prepared the cohort already (the cohort page draws from it too).
 * Example: `summariseParameters(prepareCohort(request), request.protocol)[0].parameter` → `'NPRS_AVG'`.
 */
export function summariseParameters(cohort: PreparedCohort, protocol: Protocol): ParameterSummary[] {
  const grids = new Map(cohort.grids.map(grid => [grid.parameter.code, grid]))
  const plans = planResponders(protocol, grids)
  const reading = readResponders(grids, cohort.view)
  const isCoarse = deriveCurveResolution(cohort) === 'coarse'
  return cohort.grids.map(grid => {
    const own = plans.filter(plan => plan.parameter === grid.parameter.code)
    const all = cohort.arms.map(arm => summariseArm(grid, arm, own, reading))
    const arms = isCoarse ? all.map(arm => ({ ...arm, visits: arm.visits.map(concealSingleValues) })) : all
    const ratesOf = ({ code }: ReportedArm, visit: string) =>
      arms.find(({ arm }) => arm === code)?.visits.find(summary => summary.visit === visit)?.responders ?? []
    const individuals = cohort.namesParticipants ? deriveIndividuals(grid, cohort.arms) : null
    return {
      parameter: grid.parameter.code,
      unit: grid.parameter.unit,
      higherIs: grid.parameter.higherIs,
      arms,
      ...(individuals ? { individuals, notBetter: countNotBetter(individuals, cohort.arms) } : {}),
      contrasts: computeContrasts(grid, cohort.arms, ratesOf),
    }
  })
}

function summariseArm(
  grid: ParameterGrid,
  arm: ReportedArm,
  plans: readonly ResponderPlan[],
  reading: ResponderReading,
): ArmSummary {
  const visits = grid.columns.map(column => summariseVisit(grid, column, arm.members, plans, reading))
  return { arm: arm.code, label: arm.label, inSet: arm.members.length, visits }
}

/**
 * Every number of one arm at one visit. Example: `summariseVisit(grid, column, arm.members, plans, reading).n` → 9.
 *
 * @param plans rules reported under the grid's parameter
 */
export function summariseVisit(
  grid: ParameterGrid,
  column: VisitColumn,
  armMembers: readonly number[],
  plans: readonly ResponderPlan[],
  reading: ResponderReading,
): VisitSummary {
  const values: number[] = []
  let nImputed = 0
  for (const position of armMembers) {
    const score = column.scores[position]
    if (score === undefined || score.value === null) continue
    values.push(score.value)
    if (score.imputed) nImputed += 1
  }
  const rules = plans.filter(plan => plan.visits.includes(column.visit))
  return {
    visit: column.visit,
    nImputed,
    ...computeCompleteness(grid, column, armMembers),
    ...computeDescriptives(grid.parameter, values),
    ...(column.afterBaseline
      ? {
          change: computeChangeSummary(
            derivePairs(grid, column, armMembers),
            whyNoChange(grid),
            hasUnlimited(grid, column, armMembers),
          ),
        }
      : {}),
    responders: rules.flatMap(plan =>
      computeResponderRates(plan, column.visit, column.due, armMembers, reading),
    ),
    worse: countWorse(grid, column, armMembers),
    ...(isRanked(grid.parameter) ? { levelChange: countLevelChange(grid, column, armMembers) } : {}),
    ...(hasPairedQuartiles(grid.parameter) && column.afterBaseline
      ? { pairs: computePairedQuartiles(grid, column, armMembers) }
      : {}),
    ...(grid.parameter.bands ? { bands: countBands(grid.parameter, values) } : {}),
    categories: countCategories(grid.parameter, values),
  }
}
