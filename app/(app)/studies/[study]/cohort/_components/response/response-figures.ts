import type { CohortView } from '../cohort-view'
import type { ReportFigure } from '../report-figure'
import { listChangeFigures } from './change-figure'
import { listDistributionFigures } from './distribution-figure'
import { listEventFigures } from './event-figures'
import { listRateFigures } from './rates-figure'
import { listSinceDoseFigures } from './since-dose-figure'

/** How much, how many and how soon: change and responders over time, the whole distribution, time to response and rescue. */
export function listResponseFigures(view: CohortView): ReportFigure[] {
  return [
    ...listChangeFigures(view),
    ...listSinceDoseFigures(view),
    ...listRateFigures(view),
    ...listDistributionFigures(view),
    ...listEventFigures(view),
  ]
}
