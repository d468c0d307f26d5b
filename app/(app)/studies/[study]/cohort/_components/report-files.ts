import { countRows, MOST_ROWS } from '@/app/_ui/charts/improvement-chart-data'
import { IMPROVEMENT_WIDTHS, layOutImprovement } from '@/app/_ui/charts/improvement-layout'
import { formatSvgFile } from '@/app/_ui/charts/svg-file'
import { layOutTrajectories, TRAJECTORY_WIDTHS } from '@/app/_ui/charts/trajectory-layout'
import { type CohortView, describeSource } from './cohort-view'
import { deriveCompletenessTable } from './completeness-table'
import { deriveImprovementFigures } from './improvement-figure-data'
import { deriveImprovementTable } from './improvement-table'
import { formatReportCsv } from './report-csv'
import type { ReportTable } from './report-table'
import { listReportTables } from './report-tables'
import { deriveTrajectoryPanels } from './trajectory-figure-data'
import { deriveValuesTable } from './values-table'

/** One file of the report, made when it is asked for. Undefined: the report has none of that name. */
export function makeReportFile(view: CohortView, name: string): string | undefined {
  const [figure = '', format] = name.split('.')
  if (format === 'csv') {
    const table = findTable(view, figure)
    return table && formatReportCsv(table, view.summary)
  }
  return format === 'svg' ? drawFile(view, figure) : undefined
}

function findTable(view: CohortView, name: string): ReportTable | undefined {
  if (name === 'completeness') return deriveCompletenessTable(view)
  if (name === 'values') return deriveValuesTable(view)
  const improvement = findImprovement(view, name)
  if (improvement) return deriveImprovementTable(view, improvement)
  return listReportTables(view).find(table => table.name === name)?.table
}

function drawFile(view: CohortView, name: string): string | undefined {
  const { synthetic, study } = view.summary
  const panel = deriveTrajectoryPanels(view).find(({ parameter }) => name === `trajectories-${parameter}`)
  if (panel) {
    return formatSvgFile(layOutTrajectories(panel.data, TRAJECTORY_WIDTHS.wide), {
      title: `${study}. ${panel.title}, mean and 95% CI`,
      notes: [`Observed cases, t interval; nothing imputed. ${describeSource(view)}`],
      synthetic,
    })
  }
  const improvement = findImprovement(view, name)
  if (!improvement) return undefined
  const marks =
    countRows(improvement.data) <= MOST_ROWS
      ? 'Black diamond: second dose. † baseline below twice the minimal important change.'
      : 'Each panel is ranked for itself.'
  return formatSvgFile(layOutImprovement(improvement.data, IMPROVEMENT_WIDTHS.wide), {
    title: `${study}. ${improvement.instrument.name}: percent improvement per participant`,
    notes: [
      `Positive is better; missing values have no bar; bars stop at −100%. ${marks} ${describeSource(view)}`,
    ],
    synthetic,
  })
}

function findImprovement(view: CohortView, name: string) {
  return deriveImprovementFigures(view).find(({ instrument }) => name === `improvement-${instrument.code}`)
}
