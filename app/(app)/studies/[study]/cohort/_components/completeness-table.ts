import { formatPercent } from '@/lib/format/numbers'
import { type CohortView, listParameters, nameVisit } from './cohort-view'
import { absentCell, column, countCell, type ReportTable, textCell } from './report-table'

/** Completeness in full, one line a score and visit: the file behind the matrix. */
export function deriveCompletenessTable(view: CohortView): ReportTable {
  return {
    columns: [
      column('parameter', 'Score', 'head'),
      column('visit', 'Visit', 'head'),
      column('received', 'Received'),
      column('expected', 'Expected'),
      column('received_of_expected', '%'),
      column('expected_in_follow_up', 'Expected in follow-up'),
      column('in_window', 'In window'),
      column('early', 'Early, not yet expected'),
      column('missing', 'Missing', 'text'),
    ],
    rows: listParameters(view).flatMap(({ summary, reported }, index) =>
      (view.completeness[index] ?? []).map(visit => [
        textCell(reported.parameter.label, summary.parameter),
        textCell(nameVisit(view, visit.visit), visit.visit),
        countCell(visit.received),
        countCell(visit.expected),
        visit.expected === 0
          ? absentCell('noValues')
          : {
              text: formatPercent(visit.received / visit.expected),
              values: [visit.received / visit.expected],
            },
        countCell(visit.expectedInFollowUp),
        visit.inWindow === null ? absentCell('undated') : countCell(visit.inWindow),
        countCell(visit.nEarly),
        textCell(
          Object.entries(visit.missing)
            .map(([reason, count]) => `${reason} ${count}`)
            .join('; '),
        ),
      ]),
    ),
  }
}
