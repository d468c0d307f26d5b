/**
 * Why a statistic has no value. `noValues`: a sample (or an arm) is empty. `needsTwoValues`: two values are
 * needed, in the sample or in the arm, and there is one. `zeroVariance`: the values do not differ, so that
 * nothing can be divided by their spread. `noNonZeroChange`: nobody changed, so that there is nothing to rank.
 * `tooFewValues`: more values are needed than there are, for an exact interval or beside the terms of a model.
 * `collinear`: the arms cannot be told apart from the other terms of the model. `noEventYet`: nobody has had the
 * event so far, so that survival 1 has no interval; `nobodyLeft`: all have, so that survival 0 has none.
 * `notReached`: the curve does not come down to one half while anybody is observed.
 */
export type UndefinedReason =
  | 'noValues'
  | 'needsTwoValues'
  | 'zeroVariance'
  | 'noNonZeroChange'
  | 'tooFewValues'
  | 'collinear'
  | 'noEventYet'
  | 'nobodyLeft'
  | 'notReached'

/** A statistic: a value, or the reason why there is none. Never NaN, never infinite. */
export type Computed<T> =
  | { readonly value: T; readonly reason: null }
  | { readonly value: null; readonly reason: UndefinedReason }

/** Lower and upper end of a two-sided 95 % interval, in the unit of the estimate; lower <= upper. */
export type Interval = readonly [lower: number, upper: number]

/** Wraps a value. Example: `computed(2)` → `{ value: 2, reason: null }`. */
export function computed<T>(value: T): Computed<T> {
  return { value, reason: null }
}

/** Says why there is no value. Example: `notComputed('noValues')` → `{ value: null, reason: 'noValues' }`. */
export function notComputed(reason: UndefinedReason): {
  readonly value: null
  readonly reason: UndefinedReason
} {
  return { value: null, reason }
}
