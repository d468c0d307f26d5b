import { type Computed, computed, notComputed } from '@/lib/domain/statistics/computed'
import { Z_975 } from '@/lib/domain/statistics/distributions'

/** One participant's time to the event, or to the last day on which it was known not to have happened. */
export interface TimeToEvent {
  /** 0 or more, in any one unit. */
  readonly time: number
  /** False: censored at `time`. */
  readonly isEvent: boolean
}

/** The estimate from `time` on until the next step; before the first step survival is 1. */
export interface KaplanMeierStep {
  readonly time: number
  /** Observed up to and with `time`: those with the event or censored at `time` are still at risk. */
  readonly atRisk: number
  readonly events: number
  readonly censored: number
  /** Share without the event after `time`: 1 to 0, never rising. */
  readonly survival: number
  /** Pointwise 95 % interval, 0 to 1. */
  readonly ciLower: Computed<number>
  readonly ciUpper: Computed<number>
}

/**
 * Kaplan and Meier's product-limit estimate, one step at every distinct time, of event or censoring, with
 * Greenwood's variance and the 95 % interval on the log(-log) scale. Where both happen at one time, events go first.
 * R: `survival::survfit(Surv(time, isEvent) ~ 1, conf.type = "log-log")`.
 * Undefined: no observation → no step; the interval while survival is 1 `noEventYet`, once it is 0 `nobodyLeft`.
 * Missing rule: who has no time is left out by the caller. Valid for any n; times that differ at all are distinct.
 * Errors: RangeError at a time that is negative or not finite.
 * Source: Kaplan and Meier, JASA 1958;53:457; Kalbfleisch and Prentice 1980 (the interval). Checked to 1e-10
 * against R's product limit and the published leukaemia data in kaplan-meier.test.ts.
 * Example: events at 1 and 3, censored at 2 → survival .667 at 1, .667 at 2, 0 at 3.
 */
export function computeKaplanMeier(observations: readonly TimeToEvent[]): readonly KaplanMeierStep[] {
  const ordered = observations.toSorted((a, b) => a.time - b.time)
  for (const { time } of ordered) {
    if (!(time >= 0 && time < Number.POSITIVE_INFINITY)) throw new RangeError(`Not a time: ${time}`)
  }
  const steps: KaplanMeierStep[] = []
  let survival = 1
  let greenwood = 0
  for (let start = 0; start < ordered.length; ) {
    const time = ordered[start]?.time as number
    const atRisk = ordered.length - start
    let events = 0
    let end = start
    for (; end < ordered.length && ordered[end]?.time === time; end += 1) {
      if (ordered[end]?.isEvent) events += 1
    }
    survival *= (atRisk - events) / atRisk
    if (events < atRisk) greenwood += events / (atRisk * (atRisk - events))
    const [ciLower, ciUpper] = computeLogLogInterval(survival, greenwood)
    steps.push({ time, atRisk, events, censored: end - start - events, survival, ciLower, ciUpper })
    start = end
  }
  return steps
}

/**
 * How many are at risk at each of the times: those whose time is not earlier. The row under a survival curve.
 * R: `summary(survfit(…), times = times, extend = TRUE)$n.risk`. Range: 0 to n, not rising with time.
 * Example: times 2, 3, 3 asked at 0, 3 and 5 → 3, 2, 0.
 */
export function countAtRisk(
  observations: readonly TimeToEvent[],
  times: readonly number[],
): readonly number[] {
  return times.map(asked => observations.reduce((count, { time }) => count + (time >= asked ? 1 : 0), 0))
}

function computeLogLogInterval(
  survival: number,
  greenwood: number,
): readonly [lower: Computed<number>, upper: Computed<number>] {
  if (greenwood === 0 && survival > 0) return [notComputed('noEventYet'), notComputed('noEventYet')]
  if (survival === 0) return [notComputed('nobodyLeft'), notComputed('nobodyLeft')]
  const factor = Math.exp((Z_975 * Math.sqrt(greenwood)) / Math.log(survival))
  // log(survival) < 0, so that the factor is below 1: the smaller power of a share is the upper end
  return [computed(survival ** (1 / factor)), computed(survival ** factor)]
}
