import type { Parameter } from '@/lib/domain/instruments/instrument'
import type { ReportedMember } from '@/lib/domain/outcomes/cohort-report'
import type { IndividualImprovement } from '@/lib/domain/outcomes/summary-types'
import { formatDecimal, formatValue } from '@/lib/format/numbers'
import { formatUndefined } from '@/lib/format/reasons'
import { armColumns, type CohortView, hasArms, nameVisit } from './cohort-view'
import { hasLowBaseline, type ImprovementFigure } from './improvement-figure-data'
import { column, numberCell, type ReportRow, type ReportTable, textCell } from './report-table'

/** Lines that a page shows at most; the others are made when a file asks for them. */
const FIRST_ROWS = 200

/** Percent improvement of every participant at every visit after baseline: the table behind the bars. */
export function deriveImprovementTable(view: CohortView, figure: ImprovementFigure): ReportTable {
  const all = figure.parameters.flatMap(parameter => {
    const summary = view.summary.parameters.find(each => each.parameter === parameter.code)
    return (summary?.individuals ?? []).map(individual => ({ parameter, individual }))
  })
  const members = new Map((view.members ?? []).map(member => [member.subject, member]))
  const toRows = (from: number, to?: number) =>
    all
      .slice(from, to)
      .map(({ parameter, individual }) => toRow(view, parameter, individual, members.get(individual.subject)))
  const left = all.length - FIRST_ROWS
  return {
    columns: [
      column('parameter', 'Score', 'head'),
      column('subject', 'Participant', 'head'),
      ...armColumns(view),
      column('visit', 'Visit', 'text'),
      column('baseline', 'Baseline'),
      column('percent_improvement', 'Improvement, %'),
      column('after_second_dose', 'After second dose', 'text'),
      column('low_baseline', 'Low baseline', 'text'),
    ],
    rows: toRows(0, FIRST_ROWS),
    ...(left > 0 ? { rest: { count: left, rows: () => toRows(FIRST_ROWS) } } : {}),
  }
}

function toRow(
  view: CohortView,
  parameter: Parameter,
  individual: IndividualImprovement,
  member: ReportedMember | undefined,
): ReportRow {
  const isLow = member !== undefined && hasLowBaseline(parameter, member)
  return [
    textCell(parameter.label, parameter.code),
    textCell(individual.subject),
    ...(hasArms(view) ? [textCell(individual.arm ?? 'none')] : []),
    textCell(nameVisit(view, individual.visit), individual.visit),
    numberCell(individual.baseline, individual.baselineReason, formatValue),
    numberCell(individual.percentImprovement, individual.percentImprovementReason, value =>
      formatDecimal(value, 0),
    ),
    individual.afterSecondDose === null
      ? {
          text: formatUndefined(individual.afterSecondDoseReason),
          values: [],
          reason: individual.afterSecondDoseReason ?? 'missing',
        }
      : textCell(individual.afterSecondDose ? 'yes' : 'no', individual.afterSecondDose ? 1 : 0),
    textCell(isLow ? 'yes' : 'no', isLow ? 1 : 0),
  ]
}
