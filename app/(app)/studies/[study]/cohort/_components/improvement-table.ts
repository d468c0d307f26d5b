import { formatDecimal } from '@/lib/format/numbers'
import { formatUndefined } from '@/lib/format/reasons'
import { armColumns, type CohortView, hasArms, nameVisit } from './cohort-view'
import { hasLowBaseline, type ImprovementFigure } from './improvement-figure-data'
import { absentCell, column, numberCell, type ReportCell, type ReportTable, textCell } from './report-table'

/** Percent improvement of every participant at every visit after baseline: the table behind the bars. */
export function deriveImprovementTable(view: CohortView, figure: ImprovementFigure): ReportTable {
  const members = new Map((view.members ?? []).map(member => [member.subject, member]))
  const rows = figure.parameters.flatMap(parameter => {
    const summary = view.summary.parameters.find(each => each.parameter === parameter.code)
    return (summary?.individuals ?? []).map((individual): ReportCell[] => {
      const member = members.get(individual.subject)
      const baseline = member?.baselines[parameter.code]
      return [
        textCell(parameter.label, parameter.code),
        textCell(individual.subject),
        ...(hasArms(view) && member ? [textCell(member.arm)] : []),
        textCell(nameVisit(view, individual.visit), individual.visit),
        baseline === undefined
          ? absentCell('noBaseline')
          : numberCell(baseline, undefined, value => formatDecimal(value, parameter.code === 'ODI' ? 1 : 0)),
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
        textCell(
          member && hasLowBaseline(parameter, member) ? 'yes' : 'no',
          member && hasLowBaseline(parameter, member) ? 1 : 0,
        ),
      ]
    })
  })
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
    rows,
  }
}
