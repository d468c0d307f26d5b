import { type AnalysedScore, observedValue } from '@/lib/domain/outcomes/analysed-score'
import type { EventStrategy } from '@/lib/domain/outcomes/analysis-view'
import type { ParameterGrid, VisitColumn } from '@/lib/domain/outcomes/cohort-grid'
import { type CurveResolution, deriveCurveResolution } from '@/lib/domain/outcomes/curve-resolution'
import { computePercentImprovement } from '@/lib/domain/outcomes/improvement'
import { placeAgainstEvents } from '@/lib/domain/outcomes/intercurrent-events'
import type { PreparedCohort } from '@/lib/domain/outcomes/prepared-cohort'
import { deriveReportVisits } from '@/lib/domain/outcomes/report-visits'
import type { ReportedArm } from '@/lib/domain/outcomes/reported-arms'
import type {
  ArmResponseDistribution,
  ResponseDistribution,
  ResponseStep,
} from '@/lib/domain/outcomes/response-distribution-types'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import { type CumulativeStep, computeCumulativeBands } from '@/lib/domain/statistics/cumulative-distribution'
import { computeWilson } from '@/lib/domain/statistics/proportion'

/** Distance of thresholds where the curve is told at round ones only, in percent. */
const COARSE_STEP = 10

/**
 * The cumulative distribution of response by arm: for every parameter on which zero means none, at the visits that
 * figures report (about 6 and 12 months, else the last two), the share of all expected who improved by at least x
 * percent, at every x observed, the worst first. At x = 30 it is the responder rate with non-responder imputation.
 * Missing rule: whoever is expected counts in the denominator; without an improvement one lies below the worst value,
 * and why is counted. Nothing is filled in, whatever the view. Early values are left out. Nobody expected, or nobody with an improvement: no steps.
 * Source: clinical.md §4, distribution of response, and convention 3. Checked against counts by hand and R's `prop.test`
 * in response-distribution.test.ts. Coarse curves: `deriveCurveResolution`.
 * Example: improvements 60, 60, 20 and one missing → at 20: 3 of 4, at 60: 2 of 4.
 */
export function computeResponseDistribution(
  cohort: PreparedCohort,
  protocol: Protocol,
): ResponseDistribution[] {
  const resolution = deriveCurveResolution(cohort)
  return cohort.grids.filter(hasPercentImprovement).flatMap(grid => {
    const visits = deriveReportVisits(protocol, grid.visits)
    return grid.columns
      .filter(column => visits.includes(column.visit))
      .map(column => ({
        parameter: grid.parameter.code,
        visit: column.visit,
        resolution,
        arms: cohort.arms.map(arm => distributeArm(grid, column, arm, resolution, cohort.view.strategy)),
      }))
  })
}

function hasPercentImprovement({ parameter, measuredAtBaseline }: ParameterGrid): boolean {
  return parameter.zeroMeansNone && parameter.higherIs !== 'neither' && measuredAtBaseline
}

function distributeArm(
  grid: ParameterGrid,
  column: VisitColumn,
  arm: ReportedArm,
  resolution: CurveResolution,
  strategy: EventStrategy,
): ArmResponseDistribution {
  const improvements: number[] = []
  let missing = 0
  let undefinedBaselineZero = 0
  let afterEvent = 0
  let nEarly = 0
  for (const position of arm.members) {
    const score = column.scores[position]
    const value = observedValue(score)
    if (column.due[position] !== 'due') {
      if (value !== null) nEarly += 1
      continue
    }
    const improvement = computePercentImprovement(grid.parameter, grid.baselines[position] ?? null, value)
    if (score && strategy === 'composite' && value !== null && !isBeforeEvents(grid, position, score))
      afterEvent += 1
    else if (improvement.kind === 'improvement') improvements.push(improvement.value)
    else if (improvement.reason === 'baselineZero') undefinedBaselineZero += 1
    else missing += 1
  }
  const expected = improvements.length + missing + undefinedBaselineZero + afterEvent
  const steps = computeCumulativeBands(improvements, expected - improvements.length).value?.steps ?? []
  return {
    ...{ arm: arm.code, label: arm.label, expected, defined: improvements.length },
    ...{ missing, undefinedBaselineZero, afterEvent, nEarly },
    steps:
      resolution === 'exact'
        ? steps.map(({ improvement, atLeast: { k, proportion, ci } }) => ({
            percentImprovement: improvement,
            ...{ k, proportion, wilson: ci },
          }))
        : coarsen(steps, expected),
  }
}

function isBeforeEvents(grid: ParameterGrid, position: number, score: AnalysedScore): boolean {
  const member = grid.members[position]
  return member === undefined || placeAgainstEvents(member, score) === 'before'
}

/** The curve at round thresholds from the worst round one to 100 %. */
function coarsen(steps: readonly CumulativeStep[], expected: number): ResponseStep[] {
  const lowest = steps[0]?.improvement
  if (lowest === undefined) return []
  const first = Math.floor(lowest / COARSE_STEP) * COARSE_STEP
  const count = Math.max(0, Math.round((100 - first) / COARSE_STEP)) + 1
  return Array.from({ length: count }, (_, index) => first + index * COARSE_STEP).flatMap(
    percentImprovement => {
      const k = steps.find(step => step.improvement >= percentImprovement)?.atLeast.k ?? 0
      const wilson = computeWilson(k, expected).value
      return wilson === null ? [] : [{ percentImprovement, k, proportion: k / expected, wilson }]
    },
  )
}
