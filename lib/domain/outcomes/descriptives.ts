import type { Parameter } from '@/lib/domain/instruments/instrument'
import { isMeasured, isUnlimited, UNLIMITED_RANK } from '@/lib/domain/instruments/unlimited'
import {
  type IntervalLeaf,
  type Leaf,
  leafOf,
  nullLeaf,
  type SummaryReason,
} from '@/lib/domain/outcomes/leaf'
import type { CategoryCount, Descriptives } from '@/lib/domain/outcomes/summary-types'
import { describe as computeDescription } from '@/lib/domain/statistics/describe'
import { quantileType7 } from '@/lib/domain/statistics/quantile'
import { computeQuantileInterval } from '@/lib/domain/statistics/quantile-interval'

/**
 * Mean, SD, t interval, quartiles and outer deciles of the values of a visit, in the parameter's unit. A categorical parameter has
 * none (`notContinuous`): see `countCategories`. Missing rule: values present only. With an unlimited duration among them
 * there is no mean, SD or interval (`unlimited`); quantiles rank it above every number, and one that reaches it is
 * unlimited itself. Median and quartiles have exact intervals of order statistics, with the same rule for their ends.
 * Source: clinical.md §4, conventions 5 and 8. Checked against R through the statistics.
 * Example: values 3 2 5 4 1 7 2 5 6 → mean 3.889.
 */
export function computeDescriptives(parameter: Parameter, given: readonly number[]): Descriptives {
  if (!isMeasured(parameter)) {
    const none = <Name extends string>(name: Name) => nullLeaf(name, 'notContinuous')
    return {
      ...absentMean('notContinuous'),
      ...{ ...none('median'), ...none('q1'), ...none('q3'), ...none('q10'), ...none('q90') },
      ...{ ...none('medianCi'), ...none('q1Ci'), ...none('q3Ci') },
    }
  }
  // Sorted once: every quantile sorts again, which costs little then.
  const values = Array.from(Float64Array.from(given).sort())
  if (values.some(value => isUnlimited(parameter, value))) {
    return {
      ...absentMean('unlimited'),
      ...rankQuantile('median', values, 0.5),
      ...rankQuantile('q1', values, 0.25),
      ...rankQuantile('q3', values, 0.75),
      ...rankQuantile('q10', values, 0.1),
      ...rankQuantile('q90', values, 0.9),
      ...intervalsOf(values, true),
    }
  }
  const description = computeDescription(values)
  return {
    ...leafOf('mean', description.mean),
    ...leafOf('sdSample', description.sdSample),
    ...leafOf('ciLower', description.ciLower),
    ...leafOf('ciUpper', description.ciUpper),
    ...leafOf('median', description.median),
    ...leafOf('q1', description.q1),
    ...leafOf('q3', description.q3),
    ...leafOf('q10', quantileType7(values, 0.1)),
    ...leafOf('q90', quantileType7(values, 0.9)),
    ...intervalsOf(values, false),
  }
}

const ENDS_ARE_VALUES = ['medianCi', 'q1Ci', 'q3Ci'] as const

/**
 * Leaves out the intervals of quantiles, whose ends are values of single participants (of six to eight the least and the
 * greatest): where results stand by arm for a reader to whom the arm of a participant is masked, a value known from a
 * participant's own page would tell it. What was not computed keeps its reason. Source: clinical.md §3, interim results.
 * Example: `{ median: 3, medianCi: [1, 7], … }` → `{ median: 3, medianCi: null, medianCiReason: 'masked', … }`.
 */
export function concealSingleValues<Told extends IntervalsOfQuantiles>(described: Told): Told {
  const told = ENDS_ARE_VALUES.filter(name => described[name] !== null)
  return Object.assign({}, described, ...told.map(name => nullLeaf(name, 'masked')))
}

type IntervalsOfQuantiles = Pick<Descriptives, (typeof ENDS_ARE_VALUES)[number]>

function absentMean(reason: SummaryReason) {
  const none = <Name extends string>(name: Name) => nullLeaf(name, reason)
  return { ...none('mean'), ...none('sdSample'), ...none('ciLower'), ...none('ciUpper') }
}

function intervalsOf(values: readonly number[], mayBeUnlimited: boolean) {
  const interval = <Name extends string>(name: Name, p: number): IntervalLeaf<Name> => {
    const found = computeQuantileInterval(values, p)
    const isBeyond = mayBeUnlimited && found.value?.[1] === UNLIMITED_RANK
    return isBeyond ? nullLeaf(name, 'unlimited') : leafOf(name, found)
  }
  return { ...interval('medianCi', 0.5), ...interval('q1Ci', 0.25), ...interval('q3Ci', 0.75) }
}

/** A quantile that moves with the rank that stands for unlimited is not a number of minutes. */
function rankQuantile<Name extends string>(name: Name, values: readonly number[], p: number): Leaf<Name> {
  const higher = values.map(value => (value === UNLIMITED_RANK ? value + 1 : value))
  const quantile = quantileType7(values, p)
  return quantile.value === quantileType7(higher, p).value
    ? leafOf(name, quantile)
    : nullLeaf(name, 'unlimited')
}

/**
 * How many participants are at each level of an ordered or categorical parameter, of those with a value;
 * levels nobody is at are listed with 0, and a value outside the levels as a level of its own. Empty for a
 * continuous parameter; of a duration the unlimited ones alone.
 * Source: interfaces.md, `categories`. Example: levels 1–3, values 1 1 3 → k 2, 0, 1 of n 3.
 */
export function countCategories(parameter: Parameter, values: readonly number[]): CategoryCount[] {
  if (parameter.kind === 'continuous') return []
  if (parameter.kind === 'duration') {
    const k = values.filter(value => isUnlimited(parameter, value)).length
    return [{ level: UNLIMITED_RANK, label: 'Unlimited', k, n: values.length }]
  }
  const labels = new Map((parameter.levels ?? []).map(level => [level.value, level.label]))
  for (const value of values) if (!labels.has(value)) labels.set(value, String(value))
  const counts = new Map<number, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...labels]
    .sort(([a], [b]) => a - b)
    .map(([level, label]) => ({ level, label, k: counts.get(level) ?? 0, n: values.length }))
}
