import { type Computed, computed, type Interval, notComputed } from '@/lib/domain/statistics/computed'

/** Events per unit of time, with the exact interval of a Poisson mean. */
export interface EventRate {
  readonly rate: number
  readonly ci: Interval
}

const TAIL = 0.025
/** Far above what Newton's steps need; each doubles the digits. */
const MOST_STEPS = 100

/**
 * Events per unit of time with its exact two-sided 95 % interval, events taken as independent. Range: >= 0; no event gives
 * 0 with an upper bound. R: `poisson.test(events, time)`: estimate and `conf.int`.
 * Undefined: no time → `noValues`. Errors: RangeError unless events is a whole number >= 0 and time finite and >= 0.
 * Source: Garwood, Biometrika 1936;28:437. Valid to 100,000 events. Checked against R in event-rate.test.ts.
 * Example: `computeEventRate(0, 9)` → 0, 0 to 0.410.
 */
export function computeEventRate(events: number, time: number): Computed<EventRate> {
  if (!Number.isSafeInteger(events) || events < 0) throw new RangeError(`Not a count of events: ${events}`)
  if (!(time >= 0 && time < Number.POSITIVE_INFINITY)) throw new RangeError(`Not a time: ${time}`)
  if (time === 0) return notComputed('noValues')
  return computed({ rate: events / time, ci: [lowerMean(events) / time, upperMean(events) / time] })
}

/** The mean at which so many events or more have a chance of 2.5 %; R: `qgamma(.025, events)`. */
function lowerMean(events: number): number {
  if (events === 0) return 0
  // d/dm P(X >= k) = P(X = k − 1)
  return solveMean(startAt(events, -1), mean => ({
    tail: upperTail(events, mean),
    slope: probability(events - 1, mean),
  }))
}

/** The mean at which so few events or less have a chance of 2.5 %; R: `qgamma(.975, events + 1)`. */
function upperMean(events: number): number {
  return solveMean(startAt(events + 1, 1), mean => ({
    tail: lowerTail(events, mean),
    slope: -probability(events, mean),
  }))
}

/** Wilson and Hilferty's approximation of the quantile, from which Newton's steps on the logarithm end exactly. */
function startAt(shape: number, side: 1 | -1): number {
  const root = 1 - 1 / (9 * shape) + (side * 1.96) / (3 * Math.sqrt(shape))
  return root > 0.05 ? shape * root ** 3 : TAIL
}

function solveMean(
  start: number,
  at: (mean: number) => { readonly tail: number; readonly slope: number },
): number {
  let mean = start
  for (let step = 0; step < MOST_STEPS; step++) {
    const { tail, slope } = at(mean)
    const next = mean - (Math.log(tail / TAIL) * tail) / slope
    // A step below 0 is one too far: half way there.
    const positive = next > 0 ? next : mean / 2
    if (Math.abs(positive - mean) <= 4 * Number.EPSILON * mean) return positive
    mean = positive
  }
  return mean
}

/** P(X = k) of a Poisson mean. */
function probability(k: number, mean: number): number {
  return Math.exp(k * Math.log(mean) - mean - logFactorial(k))
}

/** P(X >= k) of a mean below k: terms fall from the first on. */
function upperTail(k: number, mean: number): number {
  let term = probability(k, mean)
  let sum = 0
  for (let i = k; term > sum * Number.EPSILON; i++) {
    sum += term
    term *= mean / (i + 1)
  }
  return sum
}

/** P(X <= k) of a mean above k: terms fall from k downwards. */
function lowerTail(k: number, mean: number): number {
  let term = probability(k, mean)
  let sum = 0
  for (let i = k; i >= 0 && term > sum * Number.EPSILON; i--) {
    sum += term
    term *= i / mean
  }
  return sum
}

/** ln k!, by its definition for few and by Stirling's series for many. */
function logFactorial(k: number): number {
  if (k < 32) {
    let product = 1
    for (let i = 2; i <= k; i++) product *= i
    return Math.log(product)
  }
  const series = 1 / (12 * k) - 1 / (360 * k ** 3) + 1 / (1260 * k ** 5)
  return (k + 0.5) * Math.log(k) - k + 0.5 * Math.log(2 * Math.PI) + series
}
