import type { LeftOutReason } from '@/lib/domain/outcomes/analysed-score'
import type { AnalysisView, EventStrategy } from '@/lib/domain/outcomes/analysis-view'
import type { ParameterGrid } from '@/lib/domain/outcomes/cohort-grid'
import type { ImputationProblem } from '@/lib/domain/outcomes/imputation'
import { isImputation } from '@/lib/domain/outcomes/imputation'
import { hasIntercurrentEvent } from '@/lib/domain/outcomes/intercurrent-events'
import type { PreparedCohort } from '@/lib/domain/outcomes/prepared-cohort'

/** The view that a result is of, in words for the subgroup, and how many it leaves out. */
export interface ViewInForce extends Omit<AnalysisView, 'subgroup'> {
  readonly subgroup:
    | (NonNullable<AnalysisView['subgroup']> & { readonly factorLabel: string; readonly levelLabel: string })
    | null
  /** Means and changes under the composite strategy keep treatment policy: a mean has no value for an event. */
  readonly strategyOfMeans: Exclude<EventStrategy, 'composite'>
  /** Members with an intercurrent event by the data cut: a second dose, a rescue or a crossover. */
  readonly membersWithEvent: number
  readonly leftOut: {
    /** Members of the analysis set who are not in the subgroup. */
    readonly bySubgroup: number
    /** Records, of any set, that were in use at the state of knowledge and of which no further use was asked for since. */
    readonly restrictedSince: number
    /** By parameter, over all its visits: counts of values. */
    readonly values: readonly LeftOutValues[]
  }
}

/** Values of one parameter that a view leaves out or fills in. */
export type LeftOutValues = { readonly parameter: string } & Readonly<Record<LeftOutReason, number>> & {
    readonly imputed: number
    /** Due after baseline, missing, and without anything to fill in; 0 where the view fills nothing in. */
    readonly notImputable: number
    /** Why the method has no value for this parameter at all; null: it has, or the view fills nothing in. */
    readonly notImputableReason: ImputationProblem | null
  }

/**
 * The view in force with all that it leaves out, so that no control hides how many. Counts are of participants
 * (`bySubgroup`, `membersWithEvent`) and of values at visits. A value left out and then filled in is in both counts.
 * Source: clinical.md §3. Checked against counts by hand in
 * intercurrent-events.test.ts, imputation.test.ts and subgroup.test.ts.
 * Example: values in window only, one of nine outside → `leftOut.values[0].outsideWindow` 1.
 */
export function deriveViewInForce(cohort: PreparedCohort): ViewInForce {
  const { view, set, subgroups } = cohort
  const factor = subgroups.find(each => each.factor === view.subgroup?.factor)
  const level = factor?.levels.find(each => each.level === view.subgroup?.level)
  return {
    ...view,
    subgroup: view.subgroup && {
      ...view.subgroup,
      factorLabel: factor?.label ?? view.subgroup.factor,
      levelLabel: level?.label ?? view.subgroup.level,
    },
    strategyOfMeans: view.strategy === 'composite' ? 'treatmentPolicy' : view.strategy,
    membersWithEvent: set.members.filter(hasIntercurrentEvent).length,
    leftOut: {
      bySubgroup: cohort.notInSubgroup,
      restrictedSince: cohort.restrictedSince,
      values: cohort.grids.map(grid => countLeftOut(grid, view)),
    },
  }
}

function countLeftOut(grid: ParameterGrid, view: AnalysisView): LeftOutValues {
  const reasons = { outsideWindow: 0, windowUnknown: 0, afterEvent: 0, eventUndated: 0 }
  const fillsIn = isImputation(view.missingData)
  let imputed = 0
  let notImputable = 0
  if (fillsIn || view.inWindowOnly || view.strategy === 'whileOnFirstDose') {
    for (const { afterBaseline, scores, due } of grid.columns) {
      for (const position of grid.members.keys()) {
        const score = scores[position]
        if (score?.leftOut) reasons[score.leftOut] += 1
        if (score?.imputed) imputed += 1
        else if (fillsIn && afterBaseline && due[position] === 'due' && (score?.value ?? null) === null)
          notImputable += 1
      }
    }
  }
  return {
    parameter: grid.parameter.code,
    ...reasons,
    imputed,
    notImputable,
    notImputableReason: grid.imputationProblem,
  }
}
