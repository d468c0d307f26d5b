import { armCells, armColumns, type CohortView } from '../cohort-view'
import { column, countCell, countOfCell, type ReportCell, type ReportTable, textCell } from '../report-table'
import type { LevelPanel } from './level-panels'
import { visitOf } from './shown-visits'

/** Participants in each category at each visit: the table behind stacked bars. */
export function deriveLevelTable(view: CohortView, panels: readonly LevelPanel[]): ReportTable {
  return {
    columns: [
      column('parameter', 'Score', 'head'),
      column('visit', 'Visit', 'head'),
      ...armColumns(view),
      column('level', 'Category', 'text'),
      column(['k', 'n'], 'k/n'),
      column('expected', 'Expected'),
    ],
    rows: panels.flatMap(({ summary, reported, visits, countsOf }) =>
      visits.flatMap(visit =>
        summary.arms.flatMap(arm => {
          const found = visitOf(arm, visit)
          if (!found) return []
          return countsOf(found).map(({ level, label, k, n }): ReportCell[] => [
            textCell(reported.parameter.label, summary.parameter),
            textCell(visit.name, visit.code),
            ...armCells(view, arm),
            textCell(label, level),
            countOfCell(k, n, undefined),
            countCell(found.expected),
          ])
        }),
      ),
    ),
  }
}
