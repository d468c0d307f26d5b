import type { ImprovementProblem } from '@/lib/domain/outcomes/improvement'
import type { Computed, UndefinedReason } from '@/lib/domain/statistics/computed'

/**
 * Why a leaf of a result is null, beside those of the statistics (`UndefinedReason`) and of improvements.
 * `notContinuous`: categories are counted instead. `noMinimalImportantChange`: none is established.
 * `baselineVisit`: not after the last baseline visit. `notMeasuredAtBaseline`, `notMeasuredAtVisit`: the protocol
 * does not ask for the parameter there.
 * `undated`: the dates that would decide are not known. `unlimited`: a duration without a limit is among the values,
 * which is never averaged as a number; of a quantile: it is itself unlimited. `masked`: it would be one participant's own
 * day or value, by which a reader could tell the arm. `noNaturalEnd`: the scale has no worst value to fill in, only a limit
 * of what may be entered. `smallGroup`: a count by arm so small that it could tell somebody's arm, or one that would give
 * such a count away.
 */
export type SummaryReason =
  | UndefinedReason
  | ImprovementProblem
  | 'notContinuous'
  | 'noMinimalImportantChange'
  | 'baselineVisit'
  | 'notMeasuredAtBaseline'
  | 'notMeasuredAtVisit'
  | 'undated'
  | 'unlimited'
  | 'noNaturalEnd'
  | 'masked'
  | 'smallGroup'

/** A leaf by its name: the value, or null with `<name>Reason` beside it. Example: `{ mean: null, meanReason: 'noValues' }`. */
export type Leaf<Name extends string, Value = number> = { readonly [Key in Name]: Value | null } & {
  readonly [Key in `${Name}Reason`]?: SummaryReason
}

/** A 95 % interval, null as a whole where it cannot be computed. */
export type IntervalLeaf<Name extends string> = Leaf<Name, readonly [lower: number, upper: number]>

/** Names a statistic as a leaf. Example: `leafOf('mean', computed(2))` → `{ mean: 2 }`. */
export function leafOf<Name extends string, Value>(
  name: Name,
  statistic: Computed<Value>,
): Leaf<Name, Value> {
  return statistic.reason === null ? presentLeaf(name, statistic.value) : nullLeaf(name, statistic.reason)
}

/** A leaf with its value. Example: `presentLeaf('k', 7)` → `{ k: 7 }`. */
export function presentLeaf<Name extends string, Value>(name: Name, value: Value): Leaf<Name, Value> {
  return { [name]: value } as Leaf<Name, Value>
}

/** A leaf without a value. Example: `nullLeaf('k', 'noDirection')` → `{ k: null, kReason: 'noDirection' }`. */
export function nullLeaf<Name extends string>(name: Name, reason: SummaryReason): Leaf<Name, never> {
  return { [name]: null, [`${name}Reason`]: reason } as Leaf<Name, never>
}
