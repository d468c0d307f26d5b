import { type Computed, computed, type Interval, notComputed } from '@/lib/domain/statistics/computed'
import { computeT975, computeTwoSidedT } from '@/lib/domain/statistics/distributions'
import { assertSample, computeMean, computeSum } from '@/lib/domain/statistics/sample'

/** A column no longer than this share of itself, once the others are taken out, depends on them; as in R's `lm`. */
const COLLINEAR = 1e-7
/** A covariate, or what a model leaves unexplained, is noise when it is no larger than this share of its values. */
const NOISE = 100 * Number.EPSILON

/** One participant with a baseline and a change (visit minus baseline), in the unit of the parameter. */
export interface AncovaObservation {
  /** 1: the first arm of the contrast; 0: the second. */
  readonly arm: 0 | 1
  readonly baseline: number
  readonly change: number
  /** Stratum of the allocation, a factor; absent or the same for all: no such term. */
  readonly stratum?: string
}

/** Difference in change between two arms of equal baseline, arm 1 minus arm 0, in the unit of the change. */
export interface Ancova {
  readonly difference: Computed<number>
  /** 95 % t interval of the difference. */
  readonly ci: Computed<Interval>
  readonly t: Computed<number>
  /** Residual degrees of freedom: n minus the terms that can be estimated. */
  readonly df: Computed<number>
  readonly pTwoSided: Computed<number>
}

/**
 * Analysis of covariance: change on arm + baseline (+ stratum), by least squares, residual variance common to the arms.
 * R: the coefficient of arm in `lm(change ~ arm + baseline + factor(stratum))`, `confint` and `summary` of it.
 * A baseline that does not vary (within strata) takes no degree of freedom, as `lm` drops it.
 * Undefined: an arm without participants → all `noValues`; fewer participants than terms → all, no residual degree of
 * freedom → all but the difference, `tooFewValues`; arm a combination of the other terms → all `collinear`; nothing
 * left unexplained → all but the difference `zeroVariance`.
 * Missing rule: who lacks baseline or change is left out by the caller. Valid to an offset of 1e6 times the spread.
 * Errors: RangeError at a value that is not finite. Source: clinical reference, statistics. Checked against R's `lm` to
 * 1e-9 in ancova.test.ts.
 * Example: arm 1 changes by -4 -5 -3 from 6 8 5, arm 0 by -1 -2 0 from 6 7 5 → -2.75.
 */
export function computeAncova(observations: readonly AncovaObservation[]): Ancova {
  const [baselines] = scaleToOne(observations.map(({ baseline }) => baseline))
  const [changes, unit] = scaleToOne(observations.map(({ change }) => change))
  const n = observations.length
  const inFirst = observations.filter(({ arm }) => arm === 1).length
  if (inFirst === 0 || inFirst === n) return nothing(notComputed('noValues'))

  // Least squares term by term (Frisch, Waugh, Lovell): strata and intercept leave each column by its stratum's mean,
  // then baseline leaves arm and change; what is left of change is regressed on what is left of arm.
  const strata = groupByStratum(observations)
  const baseline = centre(baselines, strata)
  const arm = centre(
    observations.map(observation => observation.arm),
    strata,
  )
  const change = centre(changes, strata)
  const varies = norm(baseline) > NOISE * norm(baselines)
  const df = n - strata.length - (varies ? 1 : 0) - 1
  if (df < 0) return nothing(notComputed('tooFewValues'))
  const armAlone = varies ? takeOut(baseline, arm) : arm
  if (norm(armAlone) <= COLLINEAR * norm(arm) || norm(arm) === 0) return nothing(notComputed('collinear'))
  const changeAlone = varies ? takeOut(baseline, change) : change
  const slope = slopeOn(armAlone, changeAlone)
  const difference = slope * unit
  if (df === 0) return { ...nothing(notComputed('tooFewValues')), difference: computed(difference) }

  const unexplained = norm(takeOut(armAlone, changeAlone))
  if (unexplained <= NOISE * norm(changes)) {
    return { ...nothing(notComputed('zeroVariance')), difference: computed(difference) }
  }
  const standardError = unexplained / Math.sqrt(df) / norm(armAlone)
  const t = slope / standardError
  const half = computeT975(df) * standardError * unit
  return {
    difference: computed(difference),
    ci: computed([difference - half, difference + half]),
    t: computed(t),
    df: computed(df),
    pTwoSided: computed(computeTwoSidedT(t, df)),
  }
}

function nothing(none: ReturnType<typeof notComputed>): Ancova {
  return { difference: none, ci: none, t: none, df: none, pTwoSided: none }
}

/** The values over the largest of them, so that none is too small or too large to be squared, and that largest. */
function scaleToOne(values: readonly number[]): readonly [scaled: number[], unit: number] {
  assertSample(values)
  const unit = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1
  return [values.map(value => value / unit), unit]
}

/** Positions of each stratum's participants. */
function groupByStratum(observations: readonly AncovaObservation[]): readonly (readonly number[])[] {
  const strata = new Map<string | undefined, number[]>()
  for (const [position, { stratum }] of observations.entries()) {
    const members = strata.get(stratum)
    if (members) members.push(position)
    else strata.set(stratum, [position])
  }
  return [...strata.values()]
}

function centre(column: readonly number[], strata: readonly (readonly number[])[]): Float64Array {
  const centred = new Float64Array(column.length)
  for (const members of strata) {
    const mean = computeMean(members.map(position => column[position] as number))
    for (const position of members) centred[position] = (column[position] as number) - mean
  }
  return centred
}

/** The column without its part along `direction`; taken out twice, so that rounding leaves none of it. */
function takeOut(direction: Float64Array, column: Float64Array): Float64Array {
  const without = (from: Float64Array) => {
    const slope = slopeOn(direction, from)
    return from.map((value, position) => value - slope * (direction[position] as number))
  }
  return without(without(column))
}

/** Least-squares slope, through the origin, of a column on a direction that is not 0. */
function slopeOn(direction: Float64Array, column: Float64Array): number {
  const length = norm(direction)
  const unit = direction.map(value => value / length)
  return computeSum(unit.map((value, position) => value * (column[position] as number))) / length
}

/** Euclidean length. */
function norm(column: Iterable<number>): number {
  return Math.sqrt(computeSum(Array.from(column, value => value ** 2)))
}
