import { isReceived } from '@/lib/domain/outcomes/analysed-score'
import type { PreparedCohort } from '@/lib/domain/outcomes/prepared-cohort'
import { deriveReportVisits } from '@/lib/domain/outcomes/report-visits'
import type { PooledReason } from '@/lib/domain/outcomes/small-groups'
import { composeSummary, type SummaryRequest } from '@/lib/domain/outcomes/summary'
import type { Summary } from '@/lib/domain/outcomes/summary-types'
import type { PopulationData } from '@/lib/domain/population/population-data'
import { computePopulation, type PopulationSummary } from '@/lib/domain/population/population-summary'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import { computeSafety } from '@/lib/domain/safety/compute-safety'
import type { SafetyData } from '@/lib/domain/safety/safety-data'
import type { SafetySummary } from '@/lib/domain/safety/safety-summary'

/** All facts of a study's result: outcomes, and beside them who was studied and what happened to them. */
export interface ResultRequest extends SummaryRequest {
  readonly population: PopulationData
  readonly safety: SafetyData
  /** Why `masking` is without results by arm for this one request; left out: as it is for every other. */
  readonly armsReason?: PooledReason
}

/** The whole document of `longitude summary --json`: every number of the cohort page. */
export interface StudyResult extends Summary {
  /** Participants of the analysis set, and of the chosen subgroup where there is one. */
  readonly inSet: number
  /** Of those due at the visit, who has a value of any parameter; null where the protocol has no visit after baseline. */
  readonly followUp: { readonly visit: string; readonly k: number; readonly n: number } | null
  /** Who had more than one dose by the data cut; null where the protocol has one treatment or none. */
  readonly secondDose: { readonly k: number; readonly n: number } | null
  readonly population: PopulationSummary
  readonly safety: SafetySummary
  /** Results by arm are open to this reader, and yet pooled here; absent: by arm, or closed altogether. */
  readonly armsReason?: PooledReason
}

/**
 * Every number of a study, from a cohort prepared for this very request. Arms are the cohort's in every part: pooled,
 * lettered or named. Source: interfaces.md, `summary --json`.
 * Example: `composeStudyResult(request, prepareCohort(request)).population.flow` → the boxes of the flow diagram.
 */
export function composeStudyResult(request: ResultRequest, cohort: PreparedCohort): StudyResult {
  const { protocol, dataCut, armsReason } = request
  const { members } = cohort.set
  const secondDoses = members.filter(member => member.doses.length > 1).length
  return {
    ...composeSummary(request, cohort),
    inSet: members.length,
    followUp: countFollowed(cohort, protocol),
    secondDose: protocol.treatments.length > 1 ? { k: secondDoses, n: members.length } : null,
    population: computePopulation(cohort, protocol, request.population),
    safety: computeSafety(cohort, protocol, request.safety, dataCut),
    ...(armsReason ? { armsReason } : {}),
  }
}

function countFollowed(cohort: PreparedCohort, protocol: Protocol): StudyResult['followUp'] {
  const measured = cohort.grids.flatMap(grid => grid.visits)
  const visit = deriveReportVisits(protocol, measured).at(-1)
  if (visit === undefined) return null
  const columns = cohort.grids.flatMap(grid => grid.columns.filter(column => column.visit === visit))
  const positions = cohort.set.members.map((_, position) => position)
  const due = positions.filter(position => columns.some(column => column.due[position] === 'due'))
  const hasValue = (position: number) => columns.some(column => isReceived(column.scores[position]))
  return { visit, k: due.filter(hasValue).length, n: due.length }
}
