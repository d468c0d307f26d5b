import { layOutVisitEstimates } from '@/app/_ui/charts/rates-layout'
import type { ArmSinceLastDose, DosePoint } from '@/lib/domain/outcomes/summary-types'
import { armCells, armColumns, type CohortView, listParameters, nameVisit } from '../cohort-view'
import { composeCaption, describeSet } from '../figure-text'
import type { ReportFigure } from '../report-figure'
import { column, countCell, textCell } from '../report-table'
import { keyArms } from './arm-key'
import { type ChangePanel, changeCells, describePanel, nameUnit, toChartData } from './change-figure'
import { placeVisits } from './visit-times'

const AGAINST = [
  ['fromBaseline', 'against baseline'],
  ['fromBeforeDose', 'against the last value before that dose'],
] as const
type Against = (typeof AGAINST)[number][0]

const METHOD =
  'Change by the time since the last dose before each value, at the nearest planned time; a participant counts once at each time. 95% t intervals of measured values.'

/** Where the view counts time from the last dose: change against baseline, and against the last value before that dose. */
export function listSinceDoseFigures(view: CohortView): ReportFigure[] {
  const scores = listParameters(view).flatMap(({ reported: { parameter } }) => {
    const found = view.summary.sinceLastDose?.parameters.find(each => each.parameter === parameter.code)
    const arms = found?.arms.filter(arm => arm.points.length > 0) ?? []
    return parameter.kind === 'continuous' && arms.length > 0 ? [{ parameter, arms }] : []
  })
  const [first] = scores
  if (!first) return []
  const panels = scores.flatMap(({ parameter, arms }) =>
    AGAINST.map(([against, words]) => ({
      title: `${parameter.label}, change${nameUnit(parameter)} ${words}`,
      name: `${parameter.code}-${against}`,
      panel: toPanel(view, parameter, arms, against),
    })),
  )
  return [
    {
      name: 'change-since-last-dose',
      section: 'outcome',
      title: 'Change by time since the last dose',
      n: describeSet(view),
      panels: panels.map(({ name, title, panel }) => ({
        name,
        title,
        description: describePanel(view, panel),
        size: 'half',
        draw: width => layOutVisitEstimates(toChartData(view, panel), width),
      })),
      key: keyArms(view, 'points', 'mean change, with 95% interval'),
      note: [METHOD, describeUnplaced(scores.map(({ arms }) => arms))],
      caption: composeCaption([
        `Mean change by time since the last dose: ${scores.map(({ parameter }) => parameter.label).join('; ')}.`,
        METHOD,
        'Under each time the number of participants.',
      ]),
      table: {
        columns: [
          column('parameter', 'Score', 'head'),
          column('time_since_dose', 'Time since dose', 'head'),
          ...armColumns(view),
          column('n_with_value', 'With a value'),
          column('n_after_later_dose', 'After a later dose'),
          ...AGAINST.flatMap(([against, words]) => [
            column(`${against}_n`, 'n', 'number', words),
            column(`${against}_mean`, 'Mean', 'number', words),
            column(`${against}_sd`, 'SD', 'number', words),
            column([`${against}_ci_lower`, `${against}_ci_upper`], '95% CI', 'number', words),
          ]),
        ],
        rows: scores.flatMap(({ parameter, arms }) =>
          arms.flatMap(arm =>
            arm.points.map(point => [
              textCell(parameter.label, parameter.code),
              textCell(nameVisit(view, point.visit), point.visit),
              ...armCells(view, arm),
              countCell(point.n),
              countCell(point.nAfterLaterDose),
              ...AGAINST.flatMap(([against]) => changeCells(parameter, point[against])),
            ]),
          ),
        ),
      },
      explain: { parameter: first.parameter.code },
    },
  ]
}

function toPanel(
  view: CohortView,
  parameter: ChangePanel['parameter'],
  arms: readonly ArmSinceLastDose[],
  against: Against,
): ChangePanel {
  const codes = new Set(arms.flatMap(arm => arm.points.map(point => point.visit)))
  const visits = placeVisits(
    view,
    view.protocol.visits.map(visit => visit.code).filter(code => codes.has(code)),
  )
  const at = (points: readonly DosePoint[], code: string) => points.find(point => point.visit === code)
  return {
    parameter,
    visits,
    arms: arms.map(({ arm, points }) => ({
      arm,
      changes: visits.map(({ code }) => at(points, code)?.[against]),
    })),
  }
}

/** How many values have no place on this axis. */
function describeUnplaced(scores: readonly (readonly ArmSinceLastDose[])[]): string {
  const undated = scores.flat().reduce((sum, arm) => sum + arm.undated, 0)
  const noDose = Math.max(0, ...scores.map(arms => arms.reduce((sum, arm) => sum + arm.noDatedDose, 0)))
  return `Without a place on this axis: ${undated} values without a date, over all scores, and ${noDose} participants without a dated dose.`
}
