import { observedValue } from '@/lib/domain/outcomes/analysed-score'
import type { ParameterGrid, VisitColumn } from '@/lib/domain/outcomes/cohort-grid'
import { computeImprovementInPoints, isAtLeast } from '@/lib/domain/outcomes/improvement'
import {
  type IntervalLeaf,
  type Leaf,
  leafOf,
  nullLeaf,
  presentLeaf,
  type SummaryReason,
} from '@/lib/domain/outcomes/leaf'
import { computeClopperPearson } from '@/lib/domain/statistics/proportion'

/** k of n who are worse by at least the threshold, in points. */
export type WorseCount = Leaf<'k'> & Leaf<'n'> & IntervalLeaf<'clopperPearson'> & Leaf<'threshold'>

/**
 * Who is worse than at baseline by at least the minimal important change in points: k of the n due members with
 * both values (observed cases: what a view fills in does not count; early values are left out, as in responder rates
 * beside which it stands), with the exact interval of k/n as a fraction.
 * Undefined: no such change established, no direction, nothing measured at baseline, a visit not after baseline.
 * Source: clinical.md §3, percent improvement (worsening is reported as plainly as benefit).
 * Checked against clinical.md §4: 0 of 9 → 0 to 33.6 %.
 * Example: NPRS, threshold 2: baseline 5 → 7 is worse, 5 → 6 is not.
 */
export function countWorse(
  grid: ParameterGrid,
  column: VisitColumn,
  armMembers: readonly number[],
): WorseCount {
  const threshold = grid.parameter.minimalImportantChange?.points
  if (threshold === undefined) {
    return { ...noCount('noMinimalImportantChange'), ...nullLeaf('threshold', 'noMinimalImportantChange') }
  }
  const problem = whyNotCounted(grid, column)
  if (problem !== null) return { ...noCount(problem), ...presentLeaf('threshold', threshold) }
  let k = 0
  let n = 0
  for (const position of armMembers) {
    if (column.due[position] !== 'due') continue
    const value = observedValue(column.scores[position])
    const points = computeImprovementInPoints(grid.parameter, grid.baselines[position] ?? null, value)
    if (points.kind === 'undefined') continue
    n += 1
    if (isAtLeast(-points.value, threshold)) k += 1
  }
  return { k, n, ...leafOf('clopperPearson', computeClopperPearson(k, n)), threshold }
}

function whyNotCounted(grid: ParameterGrid, column: VisitColumn): SummaryReason | null {
  if (grid.parameter.higherIs === 'neither') return 'noDirection'
  if (!grid.measuredAtBaseline) return 'notMeasuredAtBaseline'
  return column.afterBaseline ? null : 'baselineVisit'
}

function noCount(reason: SummaryReason): Omit<WorseCount, 'threshold' | 'thresholdReason'> {
  return {
    ...nullLeaf('k', reason),
    ...nullLeaf('n', reason),
    ...nullLeaf('clopperPearson', reason),
  }
}
