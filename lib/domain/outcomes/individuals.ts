import type { ParameterGrid } from '@/lib/domain/outcomes/cohort-grid'
import { computePercentImprovement } from '@/lib/domain/outcomes/improvement'
import { deriveAfterSecondDose } from '@/lib/domain/outcomes/second-dose'
import type { IndividualImprovement } from '@/lib/domain/outcomes/summary-types'

const IMPUTED = { imputed: true } as const

/**
 * Percent improvement of each participant at each visit after baseline, by subject, then visit; positive is better.
 * Listed are those for whom the visit is due or a value is there, early ones included; what is undefined is null
 * with its reason (missing, no baseline, baseline 0), never 0. Empty for a parameter on which percent has no meaning.
 * Source: clinical.md §3, percent improvement; interfaces.md, `individuals`.
 * Example: NPRS 8 → 2 at M12 → `{ subject: 'MEL-003', visit: 'M12', percentImprovement: 75, afterSecondDose: false }`.
 */
export function deriveIndividuals(grid: ParameterGrid): IndividualImprovement[] {
  const { parameter } = grid
  if (!parameter.zeroMeansNone || !grid.measuredAtBaseline) return []
  const columns = grid.columns.filter(column => column.afterBaseline)
  const individuals: IndividualImprovement[] = []
  for (const [position, member] of grid.members.entries()) {
    for (const column of columns) {
      const score = column.scores[position]
      const value = score?.value ?? null
      if (value === null && column.due[position] !== 'due') continue
      const improvement = computePercentImprovement(parameter, grid.baselines[position] ?? null, value)
      const isImproved = improvement.kind === 'improvement'
      individuals.push({
        subject: member.subject,
        visit: column.visit,
        ...(score?.imputed ? IMPUTED : null),
        percentImprovement: isImproved ? improvement.value : null,
        ...(isImproved ? null : { percentImprovementReason: improvement.reason }),
        ...deriveAfterSecondDose(member, score),
      })
    }
  }
  return individuals
}
