import { type AnalysisSet, deriveAnalysisSet } from '@/lib/domain/outcomes/analysis-set'
import type { AnalysisView } from '@/lib/domain/outcomes/analysis-view'
import type { CohortData } from '@/lib/domain/outcomes/cohort-data'
import { layOutCohort, type ParameterGrid } from '@/lib/domain/outcomes/cohort-grid'
import { applyDataCut } from '@/lib/domain/outcomes/data-cut'
import { deriveReportedArms, namesParticipants, type ReportedArm } from '@/lib/domain/outcomes/reported-arms'
import type { ReportedParameter } from '@/lib/domain/outcomes/reported-parameters'
import type { MaskingView } from '@/lib/domain/protocol/masking'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'

/** What every result of a cohort starts from. */
export interface CohortRequest {
  readonly protocol: Protocol
  /** In the order in which they are reported: see `deriveReportedParameters`. */
  readonly parameters: readonly ReportedParameter[]
  readonly data: CohortData
  readonly dataCut: CalendarDate
  /** What this reader may learn of allocations. */
  readonly masking: MaskingView
  /** Who and what counts, as the reader asks. */
  readonly view: AnalysisView
}

/** The cohort at its data cut: who counts, in which arm, with all values in place. */
export interface PreparedCohort {
  /** The view that everything here is of. */
  readonly view: AnalysisView
  readonly set: AnalysisSet
  readonly arms: readonly ReportedArm[]
  readonly grids: readonly ParameterGrid[]
  /** Whether participants may be named beside their values. */
  readonly namesParticipants: boolean
}

/**
 * Cuts the data, takes the analysis set and lays the values out, once for the numbers and the figures of a page.
 * Example: `prepareCohort({ protocol, parameters, data, dataCut, masking }).set.members.length` → 9.
 */
export function prepareCohort({
  protocol,
  parameters,
  data,
  dataCut,
  masking,
  view,
}: CohortRequest): PreparedCohort {
  const cut = applyDataCut(data, dataCut, protocol.dayZero)
  const set = deriveAnalysisSet(protocol, cut.participants)
  return {
    view,
    set,
    arms: deriveReportedArms(protocol, set, masking),
    grids: layOutCohort(protocol, parameters, set.members, cut, dataCut),
    namesParticipants: namesParticipants(protocol, masking),
  }
}
