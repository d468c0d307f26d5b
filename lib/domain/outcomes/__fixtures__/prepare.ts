import { BY_ARM, LATE_CUT, makeProtocol, PAIN, report } from '@/lib/domain/outcomes/__fixtures__/cohort'
import { DEFAULT_ANALYSIS_VIEW } from '@/lib/domain/outcomes/analysis-view'
import type { CohortData } from '@/lib/domain/outcomes/cohort-data'
import { type CohortRequest, type PreparedCohort, prepareCohort } from '@/lib/domain/outcomes/prepared-cohort'

/** A prepared hand-built cohort, long after its last window, with everything not named at its plainest. */
export function prepare(data: CohortData, changes: Partial<CohortRequest> = {}): PreparedCohort {
  return prepareCohort({
    protocol: makeProtocol(),
    parameters: [report(PAIN)],
    data,
    dataCut: LATE_CUT,
    masking: BY_ARM,
    view: DEFAULT_ANALYSIS_VIEW,
    ...changes,
  })
}
