import { isMeasured } from '@/lib/domain/instruments/unlimited'
import { isImputation } from '@/lib/domain/outcomes/imputation'
import { formatMean } from '@/lib/format/numbers'
import { armCells, armColumns, type CohortView, isReached, listParameters, nameVisit } from './cohort-view'
import {
  boundsCell,
  column,
  countCell,
  explainedCell,
  medianCell,
  numberCell,
  quantileBoundsCell,
  quartilesCell,
  type ReportTable,
  textCell,
} from './report-table'

/** Values at each visit of every parameter that is averaged: the table behind the trajectories. */
export function deriveValuesTable(view: CohortView): ReportTable {
  const parameters = listParameters(view).filter(({ reported }) => isMeasured(reported.parameter))
  return {
    columns: [
      column('parameter', 'Score', 'head'),
      column('visit', 'Visit', 'head'),
      ...armColumns(view),
      column('n', 'n'),
      column('n_early', 'Of them early'),
      ...(hasFilledIn(view) ? [column('n_imputed', 'Filled in')] : []),
      column('mean', 'Mean'),
      column('sd', 'SD'),
      column(['ci_lower', 'ci_upper'], '95% CI'),
      column('median', 'Median'),
      column(['median_ci_lower', 'median_ci_upper'], 'Median, 95% CI'),
      column(['q1', 'q3'], 'Quartiles'),
      column(['q10', 'q90'], '10th to 90th percentile'),
    ],
    rows: parameters.flatMap(({ summary, reported }) => {
      const decimals = reported.parameter.decimals ?? 1
      const show = (value: number) => formatMean(value, decimals)
      return reported.visits.flatMap((code, index) =>
        summary.arms.flatMap(arm => {
          const visit = arm.visits[index]
          if (!visit || !isReached(view, summary.parameter, code)) return []
          return [
            [
              textCell(reported.parameter.label, summary.parameter),
              textCell(nameVisit(view, code), code),
              ...armCells(view, arm),
              countCell(visit.n),
              countCell(visit.nEarly),
              ...(hasFilledIn(view) ? [countCell(visit.nImputed)] : []),
              explainedCell(numberCell(visit.mean, visit.meanReason, show), {
                ...{ parameter: summary.parameter, visit: code },
              }),
              numberCell(visit.sdSample, visit.sdSampleReason, show),
              boundsCell([visit.ciLower, visit.ciUpper], visit.ciLowerReason, decimals),
              medianCell(visit.median, visit.medianReason, show),
              quantileBoundsCell(visit.medianCi, visit.medianCiReason, decimals),
              quartilesCell(visit, decimals),
              quantileBoundsCell([visit.q10, visit.q90], visit.q10Reason ?? visit.q90Reason, decimals),
            ],
          ]
        }),
      )
    }),
  }
}

/** Whether the view fills missing values in. */
function hasFilledIn({ summary }: CohortView): boolean {
  return isImputation(summary.view.missingData)
}
