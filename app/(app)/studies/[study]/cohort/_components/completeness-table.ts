import type { VisitSummary } from '@/lib/domain/outcomes/summary-types'
import { formatPercent } from '@/lib/format/numbers'
import { formatMissing } from '@/lib/format/reasons'
import { armCells, armColumns, type CohortView, isReached, listParameters, nameVisit } from './cohort-view'
import { composeCaption } from './figure-text'
import type { ReportFigure } from './report-figure'
import {
  column,
  countCell,
  countOfCell,
  explainedCell,
  numberCell,
  type ReportCell,
  textCell,
} from './report-table'

/** Received of expected for each score and visit, in window or not, and why the others are missing. */
export function listCompletenessTables(view: CohortView): ReportFigure[] {
  const rows = listParameters(view).flatMap(({ summary, reported }) =>
    (summary.arms[0]?.visits ?? []).flatMap((_, index) =>
      summary.arms.flatMap(arm => {
        const visit = arm.visits[index]
        if (!visit || !isReached(view, summary.parameter, visit.visit)) return []
        return [
          [
            textCell(reported.parameter.label, summary.parameter),
            textCell(nameVisit(view, visit.visit), visit.visit),
            ...armCells(view, arm),
            ...countCells(visit, summary.parameter),
          ],
        ]
      }),
    ),
  )
  if (rows.length === 0) return []
  const note =
    'Expected: everyone in the set whose window has closed at the data cut, whatever had become of them. In follow-up: of those, alive and not withdrawn or lost. Early: values whose window is still open.'
  return [
    {
      name: 'completeness',
      section: 'conduct',
      title: 'Completeness by score and visit',
      n: `n = ${view.inSet} ${view.summary.analysisSet}, expected by the data cut`,
      panels: [],
      key: [],
      note: [
        note,
        'What a view leaves out counts as received here, and stands among the missing with its reason.',
      ],
      caption: composeCaption([
        'Scores received of those expected at each visit, with the reasons of missing ones.',
        note,
      ]),
      table: {
        columns: [
          column('parameter', 'Score', 'head'),
          column('visit', 'Visit', 'head'),
          ...armColumns(view),
          column(['received', 'expected'], 'Received'),
          column(['received_in_follow_up', 'expected_in_follow_up'], 'In follow-up'),
          column('in_window', 'In window'),
          column('window_unknown', 'Window unknown'),
          column('n_early', 'Early'),
          column('missing', 'Missing', 'text'),
        ],
        rows,
      },
      explain: null,
    },
  ]
}

function countCells(visit: VisitSummary, parameter: string): ReportCell[] {
  const { received, expected, expectedInFollowUp } = visit
  const share = expected === 0 ? '' : ` (${formatPercent(received / expected)})`
  const reasons = Object.entries(visit.missing)
  const told = reasons.map(([reason, count]) => `${count} ${formatMissing(reason)}`).join(', ')
  return [
    explainedCell(
      { text: `${received}/${expected}${share}`, values: [received, expected] },
      { parameter, visit: visit.visit },
    ),
    countOfCell(received, expectedInFollowUp, undefined),
    numberCell(visit.inWindow, visit.inWindowReason, String),
    countCell(visit.windowUnknown),
    countCell(visit.nEarly),
    {
      text: told === '' ? 'none' : told,
      values: [reasons.map(([reason, count]) => `${reason}=${count}`).join(';')],
    },
  ]
}
