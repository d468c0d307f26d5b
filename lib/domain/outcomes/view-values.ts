/** Which received values an analysis view lets count. What it leaves out keeps its place, with the reason. */
import { type AnalysedScore, leaveOut } from '@/lib/domain/outcomes/analysed-score'
import type { CohortParticipant, CohortScheduledVisit, CohortScore } from '@/lib/domain/outcomes/cohort-data'
import { deriveWindowState } from '@/lib/domain/outcomes/expected'
import { hasIntercurrentEvent, placeAgainstEvents } from '@/lib/domain/outcomes/intercurrent-events'

/**
 * The scores of which only values inside their visit's window count, baselines too. Missing rule: a value without a date,
 * or at a visit without a window, is left out as `windowUnknown`. Source: clinical.md §3, which record counts.
 * Example: window 1–31 March, value of 1 April → left out, `outsideWindow`.
 *
 * @param scheduledAt the participant's schedule of a visit
 */
export function keepInWindow(
  rows: readonly CohortScore[],
  scheduledAt: (visit: string) => CohortScheduledVisit | undefined,
): readonly AnalysedScore[] {
  return rows.map(row => {
    if (row.value === null) return row
    const state = deriveWindowState(scheduledAt(row.visit), row)
    if (state === 'inside') return row
    return leaveOut(row, state === 'outside' ? 'outsideWindow' : 'windowUnknown')
  })
}

/**
 * The scores of which only values known to be before the first intercurrent event count: *while on first dose*. Missing
 * rule: a value of which that is not known is left out as `eventUndated`. Source: clinical.md §3, intercurrent events.
 * Example: second dose 2024-07-01, value of 2024-08-01 → left out, `afterEvent`.
 *
 * @param untilBaseline visits up to the last baseline visit: they come before every event, dated or not
 */
export function keepBeforeEvents(
  rows: readonly AnalysedScore[],
  participant: Pick<CohortParticipant, 'doses' | 'rescues' | 'crossovers'>,
  untilBaseline: ReadonlySet<string>,
): readonly AnalysedScore[] {
  if (!hasIntercurrentEvent(participant)) return rows
  return rows.map(row => {
    if (row.value === null || untilBaseline.has(row.visit)) return row
    const state = placeAgainstEvents(participant, row)
    if (state === 'before') return row
    return leaveOut(row, state === 'after' ? 'afterEvent' : 'eventUndated')
  })
}
