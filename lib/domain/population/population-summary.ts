import type { PreparedCohort } from '@/lib/domain/outcomes/prepared-cohort'
import { computeBaselineTable } from '@/lib/domain/population/baseline-table'
import type { BaselineTable } from '@/lib/domain/population/baseline-types'
import { type DoseDescription, describeDoses } from '@/lib/domain/population/dose-description'
import { computeEnrolment, type Enrolment } from '@/lib/domain/population/enrolment'
import { computeEntryDelay, type EntryDelay } from '@/lib/domain/population/entry-delay'
import { computeFlow, type Flow } from '@/lib/domain/population/flow'
import type { PopulationData } from '@/lib/domain/population/population-data'
import { countReceivedForms, type ReceivedForms } from '@/lib/domain/population/received-forms'
import { deriveScreenedPeople } from '@/lib/domain/population/screened-people'
import { deriveSwimmer, type Swimmer } from '@/lib/domain/population/swimmer'
import type { Protocol } from '@/lib/domain/protocol/protocol'

/** Who was studied, and how the study was conducted: the key `population` of `longitude summary --json`. */
export interface PopulationSummary {
  readonly baselineTable: BaselineTable
  readonly flow: Flow
  readonly doses: DoseDescription
  readonly enrolment: Enrolment
  readonly completeness: ReceivedForms
  readonly entryDelay: EntryDelay
  readonly swimmer: Swimmer
}

/**
 * Every number on who was studied and how, from a prepared cohort and the facts beside it. Data are cut here; arms are
 * those of the cohort, pooled or masked already, and participants are named only where the cohort names them.
 * Source: clinical.md §3. Example: `computePopulation(cohort, protocol, data).flow.enrolled` → 9.
 */
export function computePopulation(
  cohort: PreparedCohort,
  protocol: Protocol,
  data: PopulationData,
): PopulationSummary {
  const people = deriveScreenedPeople(data)
  return {
    baselineTable: computeBaselineTable(cohort, protocol, data),
    flow: computeFlow(cohort, protocol, people, data.noFurtherUse),
    doses: describeDoses(cohort, protocol, data),
    enrolment: computeEnrolment(protocol, people, data.dataCut),
    completeness: countReceivedForms(cohort, protocol, data),
    entryDelay: computeEntryDelay(data),
    swimmer: deriveSwimmer(cohort, protocol, data),
  }
}
