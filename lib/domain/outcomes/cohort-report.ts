import { isReceived } from '@/lib/domain/outcomes/analysed-score'
import { type PooledCompleteness, poolCompleteness } from '@/lib/domain/outcomes/pooled-completeness'
import { type PreparedCohort, prepareCohort } from '@/lib/domain/outcomes/prepared-cohort'
import { deriveReportVisits } from '@/lib/domain/outcomes/report-visits'
import type { ReportedParameter } from '@/lib/domain/outcomes/reported-parameters'
import { composeStudyResult, type ResultRequest, type StudyResult } from '@/lib/domain/outcomes/study-result'
import type { SubgroupFactor } from '@/lib/domain/outcomes/subgroup'
import type { SummaryRequest } from '@/lib/domain/outcomes/summary'
import { deriveTrajectories, type ParameterTrajectories } from '@/lib/domain/outcomes/trajectories'

/** All that the cohort page shows: the numbers of `summary --json`, and what its figures and facts need beside them. */
export interface CohortReport {
  readonly summary: StudyResult
  readonly parameters: readonly ReportedParameter[]
  /** In the order of the parameters. */
  readonly completeness: readonly (readonly PooledCompleteness[])[]
  readonly trajectories: readonly ParameterTrajectories[]
  readonly inSet: number
  /** Of those due at the visit, who has a value of any parameter; null where the protocol has no visit after baseline. */
  readonly followUp: { readonly visit: string; readonly k: number; readonly n: number } | null
  /** Who had more than one dose by the data cut; null where the protocol has one treatment or none. */
  readonly secondDose: { readonly k: number; readonly n: number } | null
  /** By subject; null where this reader may not see participants named beside their values. */
  readonly members: readonly ReportedMember[] | null
  /** Groups formed at or before baseline to which the result may be narrowed. */
  readonly subgroups: readonly SubgroupFactor[]
}

export interface ReportedMember {
  readonly subject: string
  readonly arm: string
  readonly hasSecondDose: boolean
  /** By parameter, in its unit; absent: none. */
  readonly baselines: Readonly<Record<string, number>>
}

/**
 * Prepares a cohort once and computes the whole page from it. Masking as in `computeSummary`.
 * Checked against hand counts in cohort-report.test.ts. Source: clinical.md §3.
 * Example: nine treated, all seen at 12 months → `followUp` `{ visit: 'M12', k: 9, n: 9 }`.
 */
export function computeCohortReport(request: ResultRequest): CohortReport {
  const cohort = prepareCohort(request)
  const summary = composeStudyResult(request, cohort)
  const { members } = cohort.set
  const secondDoses = members.filter(member => member.doses.length > 1).length
  return {
    summary,
    parameters: request.parameters,
    completeness: summary.parameters.map(poolCompleteness),
    trajectories: deriveTrajectories(cohort),
    inSet: members.length,
    followUp: countFollowed(cohort, request),
    secondDose: request.protocol.treatments.length > 1 ? { k: secondDoses, n: members.length } : null,
    members: cohort.namesParticipants ? nameMembers(cohort) : null,
    subgroups: cohort.subgroups,
  }
}

function countFollowed(cohort: PreparedCohort, { protocol }: SummaryRequest): CohortReport['followUp'] {
  const measured = cohort.grids.flatMap(grid => grid.visits)
  const visit = deriveReportVisits(protocol, measured).at(-1)
  if (visit === undefined) return null
  const columns = cohort.grids.flatMap(grid => grid.columns.filter(column => column.visit === visit))
  const positions = cohort.set.members.map((_, position) => position)
  const due = positions.filter(position => columns.some(column => column.due[position] === 'due'))
  const hasValue = (position: number) => columns.some(column => isReceived(column.scores[position]))
  return { visit, k: due.filter(hasValue).length, n: due.length }
}

function nameMembers(cohort: PreparedCohort): ReportedMember[] {
  const armOf = new Map(cohort.arms.flatMap(arm => arm.members.map(position => [position, arm.code])))
  return cohort.set.members.flatMap((member, position) => {
    const arm = armOf.get(position)
    if (arm === undefined) return []
    const baselines = cohort.grids.flatMap(grid => {
      const baseline = grid.baselines[position] ?? null
      return baseline === null ? [] : [[grid.parameter.code, baseline] as const]
    })
    return {
      subject: member.subject,
      arm,
      hasSecondDose: member.doses.length > 1,
      baselines: Object.fromEntries(baselines),
    }
  })
}
