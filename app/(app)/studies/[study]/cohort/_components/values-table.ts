import { formatMean } from '@/lib/format/numbers'
import { armCells, armColumns, type CohortView, isReached, listParameters, nameVisit } from './cohort-view'
import { boundsCell, column, countCell, numberCell, type ReportTable, textCell } from './report-table'

/** Values at each visit of every parameter that is averaged: the table behind the trajectories. */
export function deriveValuesTable(view: CohortView): ReportTable {
  const parameters = listParameters(view).filter(({ reported }) => reported.parameter.kind === 'continuous')
  return {
    columns: [
      column('parameter', 'Score', 'head'),
      column('visit', 'Visit', 'head'),
      ...armColumns(view),
      column('n', 'n'),
      column('n_early', 'Of them early'),
      column('mean', 'Mean'),
      column('sd', 'SD'),
      column(['ci_lower', 'ci_upper'], '95% CI'),
      column('median', 'Median'),
      column(['q1', 'q3'], 'Quartiles'),
    ],
    rows: parameters.flatMap(({ summary, reported }) =>
      reported.visits.flatMap((code, index) =>
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
              numberCell(visit.mean, visit.meanReason, formatMean),
              numberCell(visit.sdSample, visit.sdSampleReason, formatMean),
              boundsCell([visit.ciLower, visit.ciUpper], visit.ciLowerReason),
              numberCell(visit.median, visit.medianReason, formatMean),
              boundsCell([visit.q1, visit.q3], visit.q1Reason),
            ],
          ]
        }),
      ),
    ),
  }
}
