import type { CohortView } from '../cohort-view'
import type { ReportFigure } from '../report-figure'
import { listImprovementFigures } from './improvement-figures'
import { listLevelChangeFigures } from './level-change-figure'
import { listBandFigures, listLevelFigures } from './level-figures'
import { listPairedFigures } from './paired-figures'
import { listStripFigures } from './strip-figures'

/** The outcome figures of a study: improvement, durations, ranges and scores, levels, and their change. */
export function listOutcomeFigures(view: CohortView): ReportFigure[] {
  return [
    ...listImprovementFigures(view),
    ...listPairedFigures(view),
    ...listBandFigures(view),
    ...listStripFigures(view),
    ...listLevelFigures(view),
    ...listLevelChangeFigures(view),
  ]
}
