import type { Parameter } from '@/lib/domain/instruments/instrument'
import { observedValue } from '@/lib/domain/outcomes/analysed-score'
import type { ParameterGrid, VisitColumn } from '@/lib/domain/outcomes/cohort-grid'
import { computeImprovementInPoints, isAbove } from '@/lib/domain/outcomes/improvement'
import {
  type IntervalLeaf,
  type Leaf,
  leafOf,
  nullLeaf,
  type SummaryReason,
} from '@/lib/domain/outcomes/leaf'
import { computeClopperPearson, computeProportion } from '@/lib/domain/statistics/proportion'

/** How many are at a better, the same or a worse level than at baseline, of n observed. */
export type LevelChange = Leaf<'n'> &
  Leaf<'better'> &
  Leaf<'unchanged'> &
  Leaf<'worse'> &
  Leaf<'betterProportion'> &
  Leaf<'worseProportion'> &
  IntervalLeaf<'betterClopperPearson'> &
  IntervalLeaf<'worseClopperPearson'>

/**
 * Whether a change of a parameter is a change of rank: ordered levels, and durations, in which unlimited ranks above
 * every number. Example: work capacity → true, ODI → false.
 */
export function isRanked({ kind }: Pick<Parameter, 'kind'>): boolean {
  return kind === 'ordered' || kind === 'duration'
}

/**
 * Who is better, unchanged and worse than at baseline by the order of the levels, as counts of participants; any step
 * counts. Of what compares with baseline by itself (an MRI finding) the middle level is unchanged. Counted are the due
 * members with both values (observed cases: what a view fills in does not count, as in `worse` (worse.ts), since a value
 * carried forward would count as unchanged; early values are left out, as in responder rates). Exact 95 % intervals of
 * the shares better and worse.
 * Undefined: no direction (Modic types), nothing measured at baseline, a visit not after baseline; intervals of
 * nobody → `noValues`.
 * Source: clinical.md §1 (work capacity up 5/9, analgesics down 3/9) and §3. Intervals checked against R in
 * proportion.test.ts. Example: work capacity 0 1 1 → 1 2 1 → better 2, unchanged 1, worse 0 of 3.
 */
export function countLevelChange(
  grid: ParameterGrid,
  column: VisitColumn,
  armMembers: readonly number[],
): LevelChange {
  const { parameter } = grid
  const problem = whyNotCounted(grid, column)
  if (problem !== null) return absentChange(problem)
  const middle = parameter.comparesWithBaseline ? (parameter.min + parameter.max) / 2 : null
  let [n, better, worse] = [0, 0, 0]
  for (const position of armMembers) {
    if (column.due[position] !== 'due') continue
    const value = observedValue(column.scores[position])
    const points = computeImprovementInPoints(parameter, middle ?? grid.baselines[position] ?? null, value)
    if (points.kind === 'undefined') continue
    n += 1
    if (isAbove(points.value, 0)) better += 1
    else if (isAbove(-points.value, 0)) worse += 1
  }
  return {
    ...{ n, better, unchanged: n - better - worse, worse },
    ...leafOf('betterProportion', computeProportion(better, n)),
    ...leafOf('worseProportion', computeProportion(worse, n)),
    ...leafOf('betterClopperPearson', computeClopperPearson(better, n)),
    ...leafOf('worseClopperPearson', computeClopperPearson(worse, n)),
  }
}

function whyNotCounted(grid: ParameterGrid, column: VisitColumn): SummaryReason | null {
  if (grid.parameter.higherIs === 'neither') return 'noDirection'
  if (!column.afterBaseline) return 'baselineVisit'
  return grid.measuredAtBaseline || grid.parameter.comparesWithBaseline ? null : 'notMeasuredAtBaseline'
}

function absentChange(reason: SummaryReason): LevelChange {
  const none = <Name extends string>(name: Name) => nullLeaf(name, reason)
  return {
    ...none('n'),
    ...none('better'),
    ...none('unchanged'),
    ...none('worse'),
    ...none('betterProportion'),
    ...none('worseProportion'),
    ...none('betterClopperPearson'),
    ...none('worseClopperPearson'),
  }
}
