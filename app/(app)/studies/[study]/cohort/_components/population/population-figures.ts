import type { CohortView } from '../cohort-view'
import type { ReportFigure } from '../report-figure'
import { listBaselineFigures } from './baseline-table-figure'
import { listDoseFigures } from './dose-figure'
import { listEnrolmentFigures } from './enrolment-figure'
import { listEntryDelayFigures } from './entry-delay-figure'
import { listFlowFigures } from './flow-figure'
import { listReceivedFormsFigures } from './received-forms-figure'
import { listSwimmerFigures } from './swimmer-figure'

/** Who was studied, and how the study was conducted: every figure and table of it. */
export function listPopulationFigures(view: CohortView): ReportFigure[] {
  return [
    ...listFlowFigures(view),
    ...listBaselineFigures(view),
    ...listDoseFigures(view),
    ...listSwimmerFigures(view),
    ...listEnrolmentFigures(view),
    ...listReceivedFormsFigures(view),
    ...listEntryDelayFigures(view),
  ]
}
