import type { ArmSummary, ParameterSummary, Summary, VisitSummary } from '@/lib/domain/outcomes/summary-types'

/** A result with the number that it is of; `value` null: it could not be computed. */
export interface KnownResult {
  readonly value: number | null
  readonly n: number | null
}

/** One result of an arm at a visit that differs between two states of knowledge. */
export interface ResultShift {
  readonly parameter: string
  readonly unit: string
  readonly arm: string
  readonly visit: string
  /**
   * Mean change from baseline in points, the proportion of a responder rule from 0 to 1, or how many of the observed are
   * worse by at least the minimal important change in points.
   */
  readonly measure:
    | { readonly kind: 'meanChange' }
    | { readonly kind: 'responders'; readonly code: string; readonly method: string }
    | { readonly kind: 'worse'; readonly threshold: number }
  readonly before: KnownResult
  readonly now: KnownResult
  /** Now minus before; null where one of the two could not be computed. */
  readonly difference: number | null
}

/**
 * Which main results moved between two states of knowledge and by how much: mean change from baseline, every responder
 * rate, and how many are worse, of the parameters of which the protocol has a responder rule; of the first parameter where
 * it has none.
 * A result of which only the n moved is told, too. Both summaries are of one data cut, so that what moved did so by what
 * became known alone. Source: clinical.md §3, data cut and knowledge.
 * Example: mean change −2 (n 4) then −2.5 (n 5) → difference −0.5.
 */
export function deriveResultShifts(before: Summary, now: Summary): ResultShift[] {
  return chooseMain(now.parameters).flatMap(parameter => {
    const earlier = before.parameters.find(one => one.parameter === parameter.parameter)
    return parameter.arms.flatMap(arm =>
      arm.visits.flatMap(visit =>
        compareVisit(parameter, arm, visit, findVisit(earlier, arm.arm, visit.visit)),
      ),
    )
  })
}

function chooseMain(parameters: readonly ParameterSummary[]): readonly ParameterSummary[] {
  const ruled = parameters.filter(({ arms }) =>
    arms.some(({ visits }) => visits.some(({ responders }) => responders.length > 0)),
  )
  return ruled.length > 0 ? ruled : parameters.slice(0, 1)
}

function findVisit(
  parameter: ParameterSummary | undefined,
  arm: string,
  visit: string,
): VisitSummary | undefined {
  return parameter?.arms.find(one => one.arm === arm)?.visits.find(one => one.visit === visit)
}

const NOTHING: KnownResult = { value: null, n: 0 }

function compareVisit(
  { parameter, unit }: ParameterSummary,
  { arm }: ArmSummary,
  now: VisitSummary,
  before: VisitSummary | undefined,
): ResultShift[] {
  const of = { parameter, unit, arm, visit: now.visit }
  const shifts: ResultShift[] = []
  const tell = (measure: ResultShift['measure'], was: KnownResult, is: KnownResult) => {
    if (was.value === is.value && was.n === is.n) return
    const difference = was.value === null || is.value === null ? null : is.value - was.value
    shifts.push({ ...of, measure, before: was, now: is, difference })
  }
  if (now.change) tell({ kind: 'meanChange' }, meanOf(before), meanOf(now))
  for (const { code, method, proportion, n } of now.responders) {
    const was = before?.responders.find(rate => rate.code === code && rate.method === method)
    tell({ kind: 'responders', code, method }, was ? { value: was.proportion, n: was.n } : NOTHING, {
      value: proportion,
      n,
    })
  }
  const { threshold } = now.worse
  if (threshold !== null) tell({ kind: 'worse', threshold }, worseOf(before), worseOf(now))
  return shifts
}

function worseOf(visit: VisitSummary | undefined): KnownResult {
  return visit ? { value: visit.worse.k, n: visit.worse.n ?? 0 } : NOTHING
}

function meanOf(visit: VisitSummary | undefined): KnownResult {
  return visit?.change ? { value: visit.change.mean, n: visit.change.n } : NOTHING
}
