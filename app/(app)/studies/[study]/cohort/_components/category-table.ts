import { formatCount, formatPercent } from '@/lib/format/numbers'
import { armCells, armColumns, type CohortView, isReached, listParameters, nameVisit } from './cohort-view'
import { column, type ReportTable, textCell } from './report-table'

/** Ordered and categorical scores as counts of participants at each level; they are never averaged. */
export function deriveCategoryTable(view: CohortView): ReportTable {
  return {
    columns: [
      column('parameter', 'Score', 'head'),
      column('visit', 'Visit', 'head'),
      ...armColumns(view),
      column('level', 'Level', 'text'),
      column(['k', 'n'], 'k/n'),
      column('proportion', '%'),
    ],
    rows: listParameters(view)
      .filter(({ reported }) => reported.parameter.kind !== 'continuous')
      .flatMap(({ summary, reported }) =>
        reported.visits.flatMap((code, index) =>
          summary.arms.flatMap(arm =>
            (isReached(view, summary.parameter, code) ? (arm.visits[index]?.categories ?? []) : []).map(
              ({ level, label, k, n }) => [
                textCell(reported.parameter.label, summary.parameter),
                textCell(nameVisit(view, code), code),
                ...armCells(view, arm),
                textCell(label, level),
                { text: formatCount(k, n), values: [k, n] },
                n === 0
                  ? { text: 'no values', values: [], reason: 'noValues' as const }
                  : { text: formatPercent(k / n), values: [k / n] },
              ],
            ),
          ),
        ),
      ),
  }
}
