import { listBrief } from './brief-table'
import type { CohortView } from './cohort-view'
import { listCompletenessTables } from './completeness-table'
import { listOutcomeFigures } from './outcomes/outcome-figures'
import { listPopulationFigures } from './population/population-figures'
import { listReferenceFigures } from './reference/reference-figures'
import { REPORT_SECTIONS, type ReportFigure } from './report-figure'
import { listReportTables } from './report-tables'
import { listResponseFigures } from './response/response-figures'
import { listSafetyFigures } from './safety/safety-figures'
import { listTrajectoryFigures } from './trajectory-figure'

/** A figure with its number on the page, e.g. `Figure 3` or `Table 1`. */
export interface NumberedFigure extends ReportFigure {
  readonly number: string
}

/** What answers first: the course, how many respond, in whom, by how much. */
const LEADING = ['trajectories', 'responder-rates', 'improvement', 'change-over-time']

function rankFigure({ name }: ReportFigure): number {
  const rank = LEADING.findIndex(leading => name === leading || name.startsWith(`${leading}-`))
  return rank < 0 ? LEADING.length : rank
}

/** Everything the report has, by section and in the order of the page; tables and figures are counted apart. */
export function listNumberedFigures(view: CohortView): NumberedFigure[] {
  const all = [
    ...listBrief(view),
    ...listTrajectoryFigures(view),
    ...listOutcomeFigures(view),
    ...listResponseFigures(view),
    ...listReportTables(view),
    ...listReferenceFigures(view),
    ...listPopulationFigures(view),
    ...listCompletenessTables(view),
    ...listSafetyFigures(view),
  ]
  const counts = { Figure: 0, Table: 0 }
  const ordered = REPORT_SECTIONS.flatMap(section =>
    all.filter(figure => figure.section === section).toSorted((a, b) => rankFigure(a) - rankFigure(b)),
  )
  return ordered.map(figure => {
    const kind = figure.panels.length > 0 ? 'Figure' : 'Table'
    counts[kind] += 1
    return { ...figure, number: `${kind} ${counts[kind]}` }
  })
}
