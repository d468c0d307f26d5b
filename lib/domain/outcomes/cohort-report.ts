import { type PooledCompleteness, poolCompleteness } from '@/lib/domain/outcomes/pooled-completeness'
import { type PreparedCohort, prepareCohort } from '@/lib/domain/outcomes/prepared-cohort'
import type { ReportedParameter } from '@/lib/domain/outcomes/reported-parameters'
import { composeStudyResult, type ResultRequest, type StudyResult } from '@/lib/domain/outcomes/study-result'
import type { SubgroupFactor } from '@/lib/domain/outcomes/subgroup'
import { deriveTrajectories, type ParameterTrajectories } from '@/lib/domain/outcomes/trajectories'

/** All that the cohort page shows: the numbers of `summary --json`, and what its figures and facts need beside them. */
export interface CohortReport {
  readonly summary: StudyResult
  readonly parameters: readonly ReportedParameter[]
  /** In the order of the parameters. */
  readonly completeness: readonly (readonly PooledCompleteness[])[]
  readonly trajectories: readonly ParameterTrajectories[]
  readonly inSet: number
  readonly followUp: StudyResult['followUp']
  readonly secondDose: StudyResult['secondDose']
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
  return {
    summary,
    parameters: request.parameters,
    completeness: summary.parameters.map(poolCompleteness),
    trajectories: deriveTrajectories(cohort),
    inSet: summary.inSet,
    followUp: summary.followUp,
    secondDose: summary.secondDose,
    members: cohort.namesParticipants ? nameMembers(cohort) : null,
    subgroups: cohort.subgroups,
  }
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
