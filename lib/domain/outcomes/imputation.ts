import type { Parameter } from '@/lib/domain/instruments/instrument'
import type { AnalysedScore } from '@/lib/domain/outcomes/analysed-score'
import type { MissingDataMethod } from '@/lib/domain/outcomes/analysis-view'
import type { CohortParticipant, CohortScheduledVisit, CohortScore } from '@/lib/domain/outcomes/cohort-data'
import type { DueState } from '@/lib/domain/outcomes/expected'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'

/** The methods that fill values in before anything is computed. */
export type ImputationMethod = Exclude<MissingDataMethod, 'observed' | 'nonResponder'>

/** Why a method has no value for a parameter. `noNaturalEnd`: the scale has no worst value, only a limit of entry. */
export type ImputationProblem = 'noDirection' | 'noNaturalEnd'

/** Whether a method fills values in. Example: `isImputation('locf')` → true; `'nonResponder'` counts, it fills nothing in. */
export function isImputation(method: MissingDataMethod): method is ImputationMethod {
  return method !== 'observed' && method !== 'nonResponder'
}

/**
 * The worst value that a parameter can have, by its direction: the upper end where higher is worse, else the lower one.
 * Undefined: no direction; an end that is only a limit of what may be entered.
 * Source: clinical.md §4, missing data. Example: NPRS → 10; EQ-5D VAS → 0; morphine equivalents → `noNaturalEnd`.
 */
export function deriveWorstValue(
  parameter: Pick<Parameter, 'min' | 'max' | 'maxIsLimit' | 'higherIs'>,
): number | ImputationProblem {
  if (parameter.higherIs === 'neither') return 'noDirection'
  if (parameter.higherIs === 'better') return parameter.min
  return parameter.maxIsLimit ? 'noNaturalEnd' : parameter.max
}

/** Why a method cannot fill a parameter in; null: it can. Example: `findImputationProblem('bocf', PGIC)` → null. */
export function findImputationProblem(
  method: MissingDataMethod,
  parameter: Parameter,
): ImputationProblem | null {
  if (method !== 'worstCase') return null
  const worst = deriveWorstValue(parameter)
  return typeof worst === 'number' ? null : worst
}

/** What is read of one visit of the parameter, to fill it in. */
interface Fillable {
  readonly visit: string
  readonly afterBaseline: boolean
  readonly scheduled: readonly (CohortScheduledVisit | undefined)[]
  readonly scores: readonly (AnalysedScore | undefined)[]
  readonly due: readonly DueState[]
  readonly missedReasons: readonly (string | undefined)[]
}

/** What the values of one parameter are filled in from; arrays by position of the member. */
interface Sources {
  readonly parameter: Parameter
  readonly members: readonly CohortParticipant[]
  readonly baselines: readonly (number | null)[]
  readonly unscheduled: readonly (readonly CohortScore[])[]
}

/**
 * Fills in what is missing at due visits after baseline; values present, visits not due and visits up to baseline stay.
 * `locf`: the last value after baseline that counts, of an earlier visit or of an unscheduled one dated up to the end of
 * the visit's window, the later by date; none → baseline. An undated value stands for its visit's target; what then
 * still cannot be ordered yields to the visits' order. `bocf`: baseline. `worstCase`: `deriveWorstValue`.
 * Missing rule: nothing to carry, or no worst value → it stays missing. What is *not applicable* is never filled in.
 * Source: clinical.md §3 (which record counts) and §4 (missing data). Checked against answers by hand and R.
 * Example: baseline 7, M1 5, M3 missing and due → at M3 5 (`locf`), 7 (`bocf`), 10 (`worstCase`, NPRS).
 */
export function imputeColumns<Column extends Fillable>(
  method: ImputationMethod,
  sources: Sources,
  columns: readonly Column[],
): Column[] {
  const worst = deriveWorstValue(sources.parameter)
  const last: (Carried | undefined)[] = []
  const valueFor = (column: Fillable, position: number): number | null => {
    if (method === 'worstCase') return typeof worst === 'number' ? worst : null
    const carried = method === 'locf' ? findLast(sources, column, position, last[position]) : undefined
    return carried?.value ?? sources.baselines[position] ?? null
  }
  return columns.map(column => {
    if (!column.afterBaseline) return column
    let filled: (AnalysedScore | undefined)[] | undefined
    for (const [position, member] of sources.members.entries()) {
      const score = column.scores[position]
      if (score !== undefined && score.value !== null) {
        last[position] = { value: score.value, on: score.date ?? column.scheduled[position]?.target ?? null }
      } else if (column.due[position] === 'due' && !isNotApplicable(score, column.missedReasons[position])) {
        const value = valueFor(column, position)
        if (value === null) continue
        filled ??= [...column.scores]
        filled[position] = { ...(score ?? blank(sources, column, member)), value, imputed: true }
      }
    }
    return filled ? { ...column, scores: filled } : column
  })
}

interface Carried {
  readonly value: number
  readonly on: CalendarDate | null
}

function findLast(
  { members, unscheduled }: Sources,
  column: Fillable,
  position: number,
  byVisit: Carried | undefined,
): Carried | undefined {
  const extra = unscheduled[position]
  const end = column.scheduled[position]?.windowEnd ?? null
  if (!extra || extra.length === 0 || end === null || byVisit?.on === null) return byVisit
  const member = members[position]
  const from = member?.dayZero ?? member?.doses.find(({ date }) => date !== null)?.date ?? null
  const row = extra.findLast(({ date }) => date !== null && date <= end)
  if (row === undefined || row.value === null || row.date === null) return byVisit
  if (from === null || row.date <= from) return byVisit
  return byVisit === undefined || byVisit.on === null || row.date > byVisit.on
    ? { value: row.value, on: row.date }
    : byVisit
}

function isNotApplicable(score: AnalysedScore | undefined, missedReason: string | undefined): boolean {
  return (score?.leftOut === undefined && (score?.missingReason ?? missedReason)) === 'notApplicable'
}

function blank({ parameter }: Sources, { visit }: Fillable, { participant }: CohortParticipant): CohortScore {
  return {
    participant,
    visit,
    parameter: parameter.code,
    value: null,
    missingReason: null,
    date: null,
    beforeTreatment: false,
    location: null,
    laterality: null,
    repeat: 1,
  }
}
