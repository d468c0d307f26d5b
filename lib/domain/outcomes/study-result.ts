import type { PreparedCohort } from '@/lib/domain/outcomes/prepared-cohort'
import { composeSummary, type SummaryRequest } from '@/lib/domain/outcomes/summary'
import type { Summary } from '@/lib/domain/outcomes/summary-types'
import type { PopulationData } from '@/lib/domain/population/population-data'
import { computePopulation, type PopulationSummary } from '@/lib/domain/population/population-summary'
import { computeSafety } from '@/lib/domain/safety/compute-safety'
import type { SafetyData } from '@/lib/domain/safety/safety-data'
import type { SafetySummary } from '@/lib/domain/safety/safety-summary'

/** All facts of a study's result: outcomes, and beside them who was studied and what happened to them. */
export interface ResultRequest extends SummaryRequest {
  readonly population: PopulationData
  readonly safety: SafetyData
}

/** The whole document of `longitude summary --json`: every number of the cohort page. */
export interface StudyResult extends Summary {
  readonly population: PopulationSummary
  readonly safety: SafetySummary
}

/**
 * Every number of a study, from a cohort prepared for this very request. Arms are the cohort's in every part: pooled,
 * lettered or named. Source: interfaces.md, `summary --json`.
 * Example: `composeStudyResult(request, prepareCohort(request)).population.flow` → the boxes of the flow diagram.
 */
export function composeStudyResult(request: ResultRequest, cohort: PreparedCohort): StudyResult {
  const { protocol, dataCut } = request
  return {
    ...composeSummary(request, cohort),
    population: computePopulation(cohort, protocol, request.population),
    safety: computeSafety(cohort, protocol, request.safety, dataCut),
  }
}
