import { isReceived, observedValue } from '@/lib/domain/outcomes/analysed-score'
import type { ParameterGrid, VisitColumn } from '@/lib/domain/outcomes/cohort-grid'
import { deriveMissingReason, deriveWindowState, isInFollowUp } from '@/lib/domain/outcomes/expected'
import { nullLeaf, presentLeaf } from '@/lib/domain/outcomes/leaf'
import type { Completeness } from '@/lib/domain/outcomes/summary-types'

/**
 * How complete a visit is, as counts of participants: expected, received of them, in window, expected among those
 * still in follow-up, values present (`n`, early ones included), early ones, and missing by reason (by name).
 * `received`, `inWindow` and `expectedInFollowUp` are of what was received, whatever the view leaves out or fills in; `n`
 * is of the measured values that count, and what the view leaves out is missing for its reason.
 * expected = (n − nEarly) + Σ missing. `inWindow` is null (`undated`) where values came but none can be judged.
 * Source: clinical.md §3 (sets and denominators), interfaces.md. Checked against hand counts in completeness.test.ts.
 * Example: 9 due, 7 values, one declined, one without a row → expected 9, received 7, missing
 * `{ declined: 1, overdue: 1 }`.
 */
export function computeCompleteness(
  grid: ParameterGrid,
  column: VisitColumn,
  armMembers: readonly number[],
): Completeness {
  const windows = { inside: 0, outside: 0, unknown: 0 }
  const missing = new Map<string, number>()
  let expected = 0
  let expectedInFollowUp = 0
  let received = 0
  let n = 0
  let nEarly = 0
  for (const position of armMembers) {
    const member = grid.members[position]
    const score = column.scores[position]
    const due = column.due[position] === 'due'
    const counts = observedValue(score) !== null
    if (counts) n += 1
    if (counts && !due) nEarly += 1
    if (!due || member === undefined) continue
    expected += 1
    const arrived = isReceived(score)
    if (isInFollowUp(member, column.scheduled[position], arrived)) expectedInFollowUp += 1
    if (score !== undefined && arrived) {
      received += 1
      windows[deriveWindowState(column.scheduled[position], score)] += 1
    }
    if (!counts) {
      const reason = deriveMissingReason(member, score, column.missedReasons[position])
      missing.set(reason, (missing.get(reason) ?? 0) + 1)
    }
  }
  const noneJudged = received > 0 && windows.unknown === received
  return {
    expected,
    received,
    ...(noneJudged ? nullLeaf('inWindow', 'undated') : presentLeaf('inWindow', windows.inside)),
    windowUnknown: windows.unknown,
    expectedInFollowUp,
    n,
    nEarly,
    missing: Object.fromEntries([...missing].sort(([a], [b]) => (a < b ? -1 : 1))),
  }
}
