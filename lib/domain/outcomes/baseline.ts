import type { Parameter } from '@/lib/domain/instruments/instrument'
import { isUnlimited } from '@/lib/domain/instruments/unlimited'
import type { CohortParticipant, CohortScore } from '@/lib/domain/outcomes/cohort-data'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'

/**
 * The baseline of one participant for one parameter, in the parameter's unit; null when there is none.
 * Rule `single`: the last value of the named visits that counts as baseline; `mean`: the mean of those named
 * visits that have one. A value counts when dated on or before day zero and before the first dose; on the
 * dosing day only if recorded as before treatment: of what nobody said it is not assumed. An undated value at
 * a named visit counts, but gives way to a dated one of the same reach; so does one whose day zero is not
 * known, unless it is dated after the first dose.
 * Missing rule: with `mean`, the ratings present; none present is missing. Several durations of which some, not all, are
 * unlimited have no mean: null.
 * Source: clinical.md §3 (day zero and baseline), §4 convention 2.
 * Example: values 6 on day −20 and 7 on day −3, day zero later → 7 (`single`), and 6.5 (`mean`, of two visits).
 *
 * @param rows the participant's scores of one parameter (one location, laterality), any visit, any order
 */
export function deriveBaseline(
  rows: readonly CohortScore[],
  participant: Pick<CohortParticipant, 'dayZero' | 'doses'>,
  plan: Protocol['baseline'],
  parameter?: Pick<Parameter, 'kind'>,
): number | null {
  const chosen = chooseBaselineRows(rows, participant, plan)
  if (plan.rule === 'single') return chosen[0]?.value ?? null
  const values = chosen.flatMap(row => row.value ?? [])
  const unlimited = parameter ? values.filter(value => isUnlimited(parameter, value)).length : 0
  if (unlimited > 0 && unlimited < values.length) return null
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length
}

/**
 * The rows whose values make the baseline of `deriveBaseline`, with the same arguments: one, or with rule `mean` the last
 * of each visit; none where nothing counts. Example: values on day −20 and day −3, rule `single` → the row of day −3.
 */
export function chooseBaselineRows<Row extends CohortScore>(
  rows: readonly Row[],
  participant: Pick<CohortParticipant, 'dayZero' | 'doses'>,
  plan: Protocol['baseline'],
): readonly Row[] {
  const firstDose = firstDatedDose(participant)
  const last = plan.visits.map(visit => {
    let latest: Row | null = null
    for (const row of rows) {
      const counts = row.visit === visit && whyNotBaseline(row, participant.dayZero, firstDose) === null
      if (counts) latest = laterOf(latest, row)
    }
    return latest
  })
  const chosen = plan.rule === 'single' ? [last.reduce<Row | null>(laterOf, null)] : last
  return chosen.flatMap(row => row ?? [])
}

/** Why a value is no baseline value. `onDosingDay`: not recorded as before the dose. */
export type BaselineRefusal = 'noValue' | 'afterDayZero' | 'afterFirstDose' | 'onDosingDay'

/**
 * Why a row of a visit that the protocol names does not count as baseline; null: it does, though a later one may count
 * instead. Source: clinical.md §3, baseline. Example: first dose 2024-02-01, row of 2024-02-02 → `'afterFirstDose'`.
 */
export function explainBaselineRow(
  row: CohortScore,
  participant: Pick<CohortParticipant, 'dayZero' | 'doses'>,
): BaselineRefusal | null {
  return whyNotBaseline(row, participant.dayZero, firstDatedDose(participant))
}

/**
 * Whether a finding of a participant is from before treatment: dated on or before day zero and before the first dose, on
 * the dosing day only if recorded as before it; undated ones count. Source: clinical.md §3, baseline.
 * Example: day zero and first dose 2024-02-01, image of 2024-01-20 → true.
 */
export function isBaselineMoment(
  row: CohortScore,
  participant: Pick<CohortParticipant, 'dayZero' | 'doses'>,
): boolean {
  return explainBaselineRow(row, participant) === null
}

function whyNotBaseline(
  row: CohortScore,
  dayZero: CalendarDate | null,
  firstDose: CalendarDate | null,
): BaselineRefusal | null {
  if (row.value === null) return 'noValue'
  if (row.date === null) return null
  if (firstDose !== null && row.date > firstDose) return 'afterFirstDose'
  if (dayZero !== null && row.date > dayZero) return 'afterDayZero'
  return row.date === firstDose && !row.beforeTreatment ? 'onDosingDay' : null
}

/** Undated before every date; then visit order of the plan (the argument order); then the higher repeat. */
function laterOf<Row extends CohortScore>(best: Row | null, row: Row | null): Row | null {
  if (best === null || row === null) return row ?? best
  const [bestDate, rowDate] = [best.date ?? '', row.date ?? '']
  if (rowDate !== bestDate) return rowDate > bestDate ? row : best
  return row.visit === best.visit && row.repeat < best.repeat ? best : row
}

function firstDatedDose(participant: Pick<CohortParticipant, 'doses'>): CalendarDate | null {
  let first: CalendarDate | null = null
  for (const { date } of participant.doses)
    if (date !== null && (first === null || date < first)) first = date
  return first
}
