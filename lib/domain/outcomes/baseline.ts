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
  const firstDose = firstDatedDose(participant)
  const last = plan.visits.map(visit => {
    const eligible = rows.filter(
      row => row.visit === visit && countsAsBaseline(row, participant.dayZero, firstDose),
    )
    return eligible.reduce<CohortScore | null>(laterOf, null)
  })
  if (plan.rule === 'single') return last.reduce<CohortScore | null>(laterOf, null)?.value ?? null
  const values = last.flatMap(row => row?.value ?? [])
  const unlimited = parameter ? values.filter(value => isUnlimited(parameter, value)).length : 0
  if (unlimited > 0 && unlimited < values.length) return null
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length
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
  return countsAsBaseline(row, participant.dayZero, firstDatedDose(participant))
}

function countsAsBaseline(
  row: CohortScore,
  dayZero: CalendarDate | null,
  firstDose: CalendarDate | null,
): boolean {
  if (row.value === null) return false
  if (row.date === null) return true
  if (dayZero !== null && row.date > dayZero) return false
  if (firstDose === null || row.date < firstDose) return true
  return row.date === firstDose && row.beforeTreatment
}

/** Undated before every date; then visit order of the plan (the argument order); then the higher repeat. */
function laterOf(best: CohortScore | null, row: CohortScore | null): CohortScore | null {
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
