import type {
  ExplainedBaseline,
  ExplainedBaselineRow,
  ExplainedValue,
} from '@/lib/domain/explain/explanation'
import { isReceived, observedValue } from '@/lib/domain/outcomes/analysed-score'
import { chooseBaselineRows, explainBaselineRow } from '@/lib/domain/outcomes/baseline'
import type { CohortScore } from '@/lib/domain/outcomes/cohort-data'
import type { layOutRows, ParameterGrid, VisitColumn } from '@/lib/domain/outcomes/cohort-grid'
import { deriveMissingReason, deriveWindowState } from '@/lib/domain/outcomes/expected'
import { isImputation } from '@/lib/domain/outcomes/imputation'
import type { PreparedCohort } from '@/lib/domain/outcomes/prepared-cohort'
import type { Protocol } from '@/lib/domain/protocol/protocol'

/** The rows of one parameter, by member. */
export type MemberRows = ReturnType<typeof layOutRows>

/**
 * The score of a member at a visit: what was received, what counts, and why it does not.
 * Missing rule: `missingReason` as completeness counts it, of due visits alone. Source: clinical.md §3.
 * Example: 4 received outside its window, values in window only → `{ value: null, received: 4, missingReason: 'outsideWindow' }`.
 */
export function explainValue(
  cohort: PreparedCohort,
  grid: ParameterGrid,
  column: VisitColumn,
  position: number,
  rows: MemberRows,
): ExplainedValue {
  const score = column.scores[position]
  const scheduled = column.scheduled[position]
  const member = grid.members[position]
  const due = column.due[position] ?? 'notScheduled'
  const { missingData } = cohort.view
  const isMissing = due === 'due' && observedValue(score) === null && member !== undefined
  const arrived = score !== undefined && isReceived(score)
  return {
    visit: column.visit,
    value: score?.value ?? null,
    received: arrived ? findReceived(rows[position]?.received ?? [], score) : null,
    date: score !== undefined && (arrived || score.imputed === undefined) ? score.date : null,
    window: arrived ? deriveWindowState(scheduled, score) : null,
    windowStart: scheduled?.windowStart ?? null,
    windowEnd: scheduled?.windowEnd ?? null,
    due,
    filledIn: score?.imputed === true && isImputation(missingData) ? missingData : null,
    missingReason: isMissing ? deriveMissingReason(member, score, column.missedReasons[position]) : null,
  }
}

function findReceived(rows: readonly CohortScore[], score: CohortScore): number | null {
  const isSame = (row: CohortScore) =>
    row.visit === score.visit && row.repeat === score.repeat && row.location === score.location
  return rows.find(row => isSame(row) && row.laterality === score.laterality)?.value ?? null
}

/**
 * The baseline of a member with every row of the visits that the protocol names: which made it count, and why others did
 * not. Source: clinical.md §3, day zero and baseline. Example: rows of day −20 and −3, the later counts, the earlier is
 * `superseded`.
 */
export function explainBaseline(
  grid: ParameterGrid,
  position: number,
  rows: MemberRows,
  plan: Protocol['baseline'],
): ExplainedBaseline {
  const { received = [], inView = [] } = rows[position] ?? {}
  const member = grid.members[position]
  if (member === undefined) return { value: null, rows: [] }
  const chosen = chooseBaselineRows(inView, member, plan)
  const told = inView.map((row, index): ExplainedBaselineRow => {
    const counts = chosen.includes(row)
    const refusal = explainBaselineRow(row, member)
    const absent = row.leftOut ?? row.missingReason ?? refusal
    return {
      visit: row.visit,
      date: row.date,
      value: received[index]?.value ?? null,
      repeat: row.repeat,
      counts,
      reason: counts ? null : refusal === 'noValue' ? absent : (refusal ?? 'superseded'),
    }
  })
  const inOrder = plan.visits.flatMap(visit => told.filter(row => row.visit === visit))
  return { value: grid.baselines[position] ?? null, rows: inOrder }
}
