import { type AnalysisSet, deriveAnalysisSet } from '@/lib/domain/outcomes/analysis-set'
import type { AnalysisView } from '@/lib/domain/outcomes/analysis-view'
import type { CohortData } from '@/lib/domain/outcomes/cohort-data'
import { layOutCohort, type ParameterGrid } from '@/lib/domain/outcomes/cohort-grid'
import { applyDataCut } from '@/lib/domain/outcomes/data-cut'
import {
  deriveReportedArms,
  hasClosedArms,
  namesParticipants,
  type ReportedArm,
} from '@/lib/domain/outcomes/reported-arms'
import type { ReportedParameter } from '@/lib/domain/outcomes/reported-parameters'
import { type SubgroupFactor, selectSubgroup } from '@/lib/domain/outcomes/subgroup'
import { hasMaskedArms, type MaskingView } from '@/lib/domain/protocol/masking'
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
  /** Records left out of a past state, since no further use of them was asked for later; left out: none. */
  readonly restrictedSince?: number
}

/** The cohort at its data cut: who counts, in which arm, with all values in place. */
export interface PreparedCohort {
  /** The view that everything here is of. */
  readonly view: AnalysisView
  /** Whom the result speaks of: the set, narrowed to the view's subgroup. */
  readonly set: AnalysisSet
  /** Members of the whole set who are not in the subgroup. */
  readonly notInSubgroup: number
  /** Records that are in no part of it, since no further use of them was asked for after the state of knowledge. */
  readonly restrictedSince: number
  /** By which factors the result may be narrowed; counts are of the whole set. */
  readonly subgroups: readonly SubgroupFactor[]
  readonly arms: readonly ReportedArm[]
  readonly grids: readonly ParameterGrid[]
  /** The facts at the data cut from which the grids were laid out. */
  readonly facts: CohortData
  /** Whether participants may be named beside their values. */
  readonly namesParticipants: boolean
  /** Arms are letters: nothing that tells what was given (product, cell count, dose) may stand by arm. */
  readonly armsMasked: boolean
}

/**
 * Cuts the data, takes the analysis set, narrows it to the view's subgroup and lays the values out, once for the numbers and the figures of a page.
 * Example: `prepareCohort({ protocol, parameters, data, dataCut, masking, view }).set.members.length` → 9.
 */
export function prepareCohort({
  protocol,
  parameters,
  data,
  dataCut,
  masking,
  view,
  restrictedSince = 0,
}: CohortRequest): PreparedCohort {
  const cut = applyDataCut(data, dataCut, protocol.dayZero)
  const whole = deriveAnalysisSet(protocol, cut.participants)
  const closed = hasClosedArms(protocol, masking)
  const group = selectSubgroup(protocol, parameters, whole.members, cut.scores, view.subgroup, closed)
  const set = { name: whole.name, members: group.members }
  return {
    view,
    set,
    notInSubgroup: group.leftOut,
    restrictedSince,
    subgroups: group.factors,
    arms: deriveReportedArms(protocol, set, masking),
    grids: layOutCohort(protocol, parameters, set.members, cut, dataCut, view),
    facts: cut,
    namesParticipants: namesParticipants(protocol, masking),
    armsMasked: protocol.arms.length > 1 && hasMaskedArms(masking),
  }
}
