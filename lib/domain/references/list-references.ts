import { listProtocolParameters } from '@/lib/domain/instruments/registry'
import type { Protocol, ResponderCondition } from '@/lib/domain/protocol/protocol'
import type {
  PublishedCourse,
  PublishedPoint,
  PublishedRate,
  PublishedTrial,
} from '@/lib/domain/references/published-trial'
import { PUBLISHED_TRIALS } from '@/lib/domain/references/published-trials'
import type { Interval } from '@/lib/domain/statistics/computed'
import { computeWilson } from '@/lib/domain/statistics/proportion'

/** What of a published trial can stand beside a study's own results. */
export interface Reference
  extends Pick<PublishedTrial, 'code' | 'name' | 'condition' | 'registry' | 'monthsFrom' | 'notes' | 'arms'> {
  readonly courses: readonly ReferenceCourse[]
  readonly rates: readonly ReferenceRate[]
}

export interface ReferenceCourse extends Omit<PublishedCourse, 'points'> {
  readonly points: readonly ReferencePoint[]
}

export interface ReferencePoint extends PublishedPoint {
  /**
   * Published mean minus published baseline mean, in the parameter's unit. Without an interval: it would need the SD and
   * the number of the changes, which a source of means does not give.
   */
  readonly change: number
}

export interface ReferenceRate extends PublishedRate {
  /** The study's own rules that ask the same. */
  readonly rules: readonly string[]
  /** The published percentage as a fraction. */
  readonly proportion: number
  /** Wilson's interval of the published count; null: the source gives no count, and none is worked out. */
  readonly wilson: Interval | null
}

/** Parameters on which *less pain* by a share of baseline may be read. */
const PAIN_PARAMETERS = ['NPRS_AVG', 'VAS']

/**
 * Which public trials can be laid over a study's results, each with only what fits: courses of parameters that the study
 * measures on the same scale and item, responder rates whose rule the study has too. In the order of the table. A trial
 * of which nothing fits is left out. Never enters a calculation of the study's own; nothing is estimated that the source
 * does not give. Source of each number: its `citation`. Checked against the published tables in
 * list-references.test.ts.
 * Example: a study of NPRS average with the rule ≥ 50 % → Ashar 2022 (course, rates), Bates 2022, Amirdelfan (rates).
 */
export function listReferences(
  protocol: Pick<Protocol, 'visits' | 'settings' | 'responders'>,
): readonly Reference[] {
  const parameters = new Set(listProtocolParameters(protocol).map(({ code }) => code))
  return PUBLISHED_TRIALS.flatMap(trial => {
    const courses = trial.courses.filter(({ parameter }) => parameters.has(parameter)).map(addChanges)
    const rates = trial.rates.flatMap(rate => {
      const rules = protocol.responders.filter(
        rule => !rule.noIntervention && isSame(rule.condition, rate.condition),
      )
      if (rules.length === 0) return []
      const n = trial.arms.find(({ code }) => code === rate.arm)?.n ?? 0
      const wilson = rate.k === null ? null : computeWilson(rate.k, n).value
      return [{ ...rate, rules: rules.map(({ code }) => code), proportion: rate.percent / 100, wilson }]
    })
    return courses.length + rates.length === 0 ? [] : [{ ...trial, courses, rates }]
  })
}

function addChanges({ points, ...course }: PublishedCourse): ReferenceCourse {
  return {
    ...course,
    points: points.map(point => ({ ...point, change: point.mean - course.baseline.mean })),
  }
}

/** Whether a rule of the study asks what a published one asks; the order of parts does not count. */
function isSame(own: ResponderCondition, published: ResponderCondition): boolean {
  if (own.visits !== undefined) return false
  if ('parameter' in published) {
    if (!('parameter' in own)) return false
    const { atLeast, above, unit } = published.improvement
    const isParameter =
      published.parameter === 'PAIN'
        ? PAIN_PARAMETERS.includes(own.parameter)
        : own.parameter === published.parameter
    return (
      isParameter &&
      own.improvement.unit === unit &&
      own.improvement.atLeast === atLeast &&
      own.improvement.above === above
    )
  }
  const isAll = 'all' in published
  if ('parameter' in own || 'all' in own !== isAll) return false
  const ownParts = 'all' in own ? own.all : own.any
  const parts = isAll ? published.all : published.any
  return (
    ownParts.length === parts.length && parts.every(part => ownParts.some(ownPart => isSame(ownPart, part)))
  )
}
