import { formatMean } from '@/lib/format/numbers'
import { armCells, armColumns, type CohortView } from '../cohort-view'
import {
  column,
  countCell,
  medianCell,
  numberCell,
  pValueCell,
  quartilesCell,
  type ReportCell,
  type ReportTable,
  textCell,
} from '../report-table'
import type { PairedPanel } from './paired-panels'
import { visitOf } from './shown-visits'

/** Quartiles of the pairs, who is better and worse, and the signed-rank test: the table behind paired figures. */
export function derivePairedTable(view: CohortView, panels: readonly PairedPanel[]): ReportTable {
  return {
    columns: [
      column('parameter', 'Score', 'head'),
      column('visit', 'Visit', 'head'),
      ...armColumns(view),
      column('pairs', 'Pairs'),
      column('baseline_median', 'Median', 'number', 'Baseline'),
      column(['baseline_q1', 'baseline_q3'], 'Quartiles', 'number', 'Baseline'),
      column('visit_median', 'Median', 'number', 'At visit'),
      column(['visit_q1', 'visit_q3'], 'Quartiles', 'number', 'At visit'),
      column('n', 'n', 'number', 'Against baseline'),
      column('better', 'Longer', 'number', 'Against baseline'),
      column('unchanged', 'Unchanged', 'number', 'Against baseline'),
      column('worse', 'Shorter', 'number', 'Against baseline'),
      column(['p_signed_rank', 'method'], 'p, signed rank', 'number', 'Against baseline'),
    ],
    rows: panels.flatMap(({ summary, reported, visits }) =>
      visits.flatMap(visit =>
        summary.arms.flatMap(arm => {
          const { pairs, levelChange, change } = visitOf(arm, visit) ?? {}
          if (!pairs || !levelChange || !change) return []
          const test = change.wilcoxonSignedRank
          const show = (value: number) => formatMean(value, 0)
          return [
            [
              textCell(reported.parameter.label, summary.parameter),
              textCell(visit.name, visit.code),
              ...armCells(view, arm),
              countCell(pairs.n),
              medianCell(pairs.baseline.median, pairs.baseline.medianReason, show),
              quartilesCell(pairs.baseline, 0),
              medianCell(pairs.visit.median, pairs.visit.medianReason, show),
              quartilesCell(pairs.visit, 0),
              numberCell(levelChange.n, levelChange.nReason, String),
              numberCell(levelChange.better, levelChange.betterReason, String),
              numberCell(levelChange.unchanged, levelChange.unchangedReason, String),
              numberCell(levelChange.worse, levelChange.worseReason, String),
              pValueCell(test.pTwoSided, test.pTwoSidedReason, test.method),
            ] satisfies ReportCell[],
          ]
        }),
      ),
    ),
  }
}
