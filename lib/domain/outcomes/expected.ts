import type { AnalysedScore } from '@/lib/domain/outcomes/analysed-score'
import type { CohortParticipant, CohortScheduledVisit, CohortScore } from '@/lib/domain/outcomes/cohort-data'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'

/** Whether a visit counts in `expected` at the data cut. `early`: its window is still open or to come. */
export type DueState = 'due' | 'early' | 'notScheduled'

/** Whether a value lies in its window; `unknown` without a date or a window. */
export type WindowState = 'inside' | 'outside' | 'unknown'

/**
 * Whether a visit of one participant is due at the data cut: its window has closed, that is, its last day is past
 * (on the last day the visit is still open, as on the worklist). What is undated, or has no computable window, is
 * due; a visit never scheduled for the participant (added by amendment) is not. What became of the participant
 * plays no part. Source: clinical.md §3 (sets and denominators), §4 convention 1.
 * Example: window to 2024-03-31: at the cut 2024-03-31 `early`, at 2024-04-01 `due`.
 */
export function deriveDueState(
  scheduled: CohortScheduledVisit | undefined,
  score: CohortScore | undefined,
  dataCut: CalendarDate,
): DueState {
  if (score !== undefined && score.date === null) return 'due'
  if (scheduled === undefined) return score === undefined ? 'notScheduled' : 'due'
  return scheduled.windowEnd === null || scheduled.windowEnd < dataCut ? 'due' : 'early'
}

/**
 * Whether a value was taken in the window of its visit, first and last day included. Values outside count, marked.
 * Source: clinical.md §3, which record counts. Example: windows 1–31 March, value of 1 April → `outside`.
 */
export function deriveWindowState(
  scheduled: CohortScheduledVisit | undefined,
  score: CohortScore,
): WindowState {
  if (score.date === null || !scheduled?.windowStart || !scheduled.windowEnd) return 'unknown'
  return score.date >= scheduled.windowStart && score.date <= scheduled.windowEnd ? 'inside' : 'outside'
}

/**
 * Whether a participant counts among those alive and in follow-up at a due visit: a value was received, or
 * follow-up had not ended before the window closed. An end whose date, or a window, is not known counts as before.
 * Source: clinical.md §3, completeness. Example: withdrawn on 1 May, window to 31 May, nothing received → false.
 */
export function isInFollowUp(
  participant: CohortParticipant,
  scheduled: CohortScheduledVisit | undefined,
  hasValue: boolean,
): boolean {
  if (hasValue || participant.followUpEnd === null) return true
  const end = participant.followUpEnd.date
  const windowEnd = scheduled?.windowEnd ?? null
  return end !== null && windowEnd !== null && end >= windowEnd
}

/**
 * Why a due visit has no value: the view's, where it leaves out what was received; else the reason stored with the
 * score; else that of the visit declared missed; else
 * `notInSource` for an imported record and `overdue` for one kept here. Source: interfaces.md, definitions.
 * Example: no row, participant imported → `notInSource`.
 */
export function deriveMissingReason(
  participant: CohortParticipant,
  score: AnalysedScore | undefined,
  missedReason: string | undefined,
): string {
  return (
    score?.leftOut ??
    score?.missingReason ??
    missedReason ??
    (participant.imported ? 'notInSource' : 'overdue')
  )
}
