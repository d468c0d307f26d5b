import type { ParameterGrid } from '@/lib/domain/outcomes/cohort-grid'
import { computePercentImprovement } from '@/lib/domain/outcomes/improvement'
import type { ReportedArm } from '@/lib/domain/outcomes/reported-arms'
import { deriveAfterSecondDose } from '@/lib/domain/outcomes/second-dose'
import type { IndividualImprovement, NotBetter } from '@/lib/domain/outcomes/summary-types'

const IMPUTED = { imputed: true } as const
const NO_BASELINE = { baselineReason: 'noBaseline' } as const

/**
 * Percent improvement of each participant at each visit after baseline, by subject, then visit; positive is better.
 * Beside it the baseline it is of, null with its reason where there is none, and the arm; null: in none reported.
 * Listed are those for whom the visit is due or a value is there, early ones included; what is undefined is null
 * with its reason (missing, no baseline, baseline 0), never 0. Empty for a parameter on which percent has no meaning.
 * Source: clinical.md §3, percent improvement; interfaces.md, `individuals`.
 * Example: NPRS 8 → 2 at M12 → `{ subject: 'MEL-003', arm: 'ADMSC', visit: 'M12', baseline: 8, percentImprovement: 75, … }`.
 */
export function deriveIndividuals(
  grid: ParameterGrid,
  arms: readonly ReportedArm[],
): IndividualImprovement[] {
  const { parameter } = grid
  if (!parameter.zeroMeansNone || !grid.measuredAtBaseline) return []
  const columns = grid.columns.filter(column => column.afterBaseline)
  const armOf: (string | undefined)[] = new Array(grid.members.length)
  for (const { code, members } of arms) for (const position of members) armOf[position] = code
  const individuals: IndividualImprovement[] = []
  for (const [position, member] of grid.members.entries()) {
    const baseline = grid.baselines[position] ?? null
    for (const column of columns) {
      const score = column.scores[position]
      const value = score?.value ?? null
      if (value === null && column.due[position] !== 'due') continue
      const improvement = computePercentImprovement(parameter, baseline, value)
      const isImproved = improvement.kind === 'improvement'
      individuals.push({
        subject: member.subject,
        arm: armOf[position] ?? null,
        visit: column.visit,
        ...(score?.imputed ? IMPUTED : null),
        baseline,
        ...(baseline === null ? NO_BASELINE : null),
        percentImprovement: isImproved ? improvement.value : null,
        ...(isImproved ? null : { percentImprovementReason: improvement.reason }),
        ...deriveAfterSecondDose(member, score),
      })
    }
  }
  return individuals
}

/**
 * Who is not better: k of the n individuals of an arm at a visit whose percent improvement is defined have one of 0 or
 * less. Early values are in it, as they are in the individuals; what is undefined is in neither. In the order of arms,
 * then of visits. Source: clinical.md §3 (worsening is reported as plainly as benefit).
 * Example: 75, 0, −12.5 and one missing → `{ k: 2, n: 3 }`.
 */
export function countNotBetter(
  individuals: readonly IndividualImprovement[],
  arms: readonly ReportedArm[],
): NotBetter[] {
  const visits = [...new Set(individuals.map(({ visit }) => visit))]
  const counts = new Map(
    arms.map(({ code }) => [code, new Map(visits.map(visit => [visit, { k: 0, n: 0 }]))]),
  )
  for (const { arm, visit, percentImprovement } of individuals) {
    const count = arm === null ? undefined : counts.get(arm)?.get(visit)
    if (!count || percentImprovement === null) continue
    count.n += 1
    if (percentImprovement <= 0) count.k += 1
  }
  return [...counts].flatMap(([arm, byVisit]) =>
    [...byVisit].map(([visit, count]) => ({ arm, visit, ...count })),
  )
}
