import { BY_ARM, LATE_CUT, makeProtocol, PAIN, report } from '@/lib/domain/outcomes/__fixtures__/cohort'
import { DEFAULT_ANALYSIS_VIEW } from '@/lib/domain/outcomes/analysis-view'
import type { CohortData } from '@/lib/domain/outcomes/cohort-data'
import { computeSummary, type SummaryRequest } from '@/lib/domain/outcomes/summary'
import type { Summary } from '@/lib/domain/outcomes/summary-types'

/** A summary of a hand-built cohort, long after its last window, with everything not named at its plainest. */
export function summarise(data: CohortData, changes: Partial<SummaryRequest> = {}): Summary {
  return computeSummary({
    protocol: makeProtocol(),
    parameters: [report(PAIN)],
    data,
    dataCut: LATE_CUT,
    asOf: 12,
    version: '1.0',
    softwareVersion: '0.1.0',
    synthetic: false,
    masking: BY_ARM,
    view: DEFAULT_ANALYSIS_VIEW,
    ...changes,
  })
}
