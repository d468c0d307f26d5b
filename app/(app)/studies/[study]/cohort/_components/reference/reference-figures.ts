import type { CohortView } from '../cohort-view'
import type { ReportFigure } from '../report-figure'
import { listChangeForests } from './change-forest'
import { listPublishedTables } from './published-table'
import { listRateForests } from './rate-forest'

/** The study's results beside published ones; none unless the reader asked for references. */
export function listReferenceFigures(view: CohortView): ReportFigure[] {
  return [...listChangeForests(view), ...listRateForests(view), ...listPublishedTables(view)]
}
