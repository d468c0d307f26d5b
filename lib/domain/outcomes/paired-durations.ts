import type { Parameter } from '@/lib/domain/instruments/instrument'
import type { ParameterGrid, VisitColumn } from '@/lib/domain/outcomes/cohort-grid'
import { computeDescriptives } from '@/lib/domain/outcomes/descriptives'
import type { Descriptives, PairedQuartiles, Quartiles } from '@/lib/domain/outcomes/summary-types'

/**
 * Median and quartiles (type 7) at baseline and at the visit of the members with both values, early ones included, in
 * the parameter's unit: of durations, whose change has no mean once one of them is unlimited. Unlimited ranks above
 * every number, and a quartile that reaches it is null (`unlimited`).
 * Missing rule: who lacks either value is left out, as from change. Source: clinical.md §2 (tolerance), §4 conventions
 * 2 and 8. Checked against R in paired-durations.test.ts.
 * Example: 20, 30, 45 → 30, 60, unlimited gives medians 30 and 60, upper quartile at the visit unlimited.
 */
export function computePairedQuartiles(
  grid: ParameterGrid,
  column: VisitColumn,
  armMembers: readonly number[],
): PairedQuartiles {
  const [before, after]: [number[], number[]] = [[], []]
  for (const position of armMembers) {
    const value = column.scores[position]?.value ?? null
    const baseline = grid.baselines[position] ?? null
    if (value === null || baseline === null) continue
    before.push(baseline)
    after.push(value)
  }
  const quartilesOf = (values: readonly number[]) =>
    pickQuartiles(computeDescriptives(grid.parameter, values))
  return { n: before.length, baseline: quartilesOf(before), visit: quartilesOf(after) }
}

function pickQuartiles({ median, medianReason, q1, q1Reason, q3, q3Reason }: Descriptives): Quartiles {
  return {
    ...{ median, q1, q3 },
    ...(medianReason === undefined ? {} : { medianReason }),
    ...(q1Reason === undefined ? {} : { q1Reason }),
    ...(q3Reason === undefined ? {} : { q3Reason }),
  }
}

/** Whether a parameter's pairs are described by quartiles: durations alone, the others by their mean change. */
export function hasPairedQuartiles({ kind }: Pick<Parameter, 'kind'>): boolean {
  return kind === 'duration'
}
