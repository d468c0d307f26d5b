import { formatInstant } from '@/lib/format/dates'
import { describePooledReason } from '@/lib/format/masking'
import type { CohortView } from './cohort-view'

/** What of the history of a study's results a reader has to know beside them. */
export interface ResultHistory {
  readonly openedBy: { readonly releasedAt: string; readonly reason: string } | null
  readonly seenBeforeUnlock: readonly {
    readonly times: number
    readonly first: string
    readonly last: string
    readonly unlockedAt: string
  }[]
}

/** What has to be known before any number is read: who sees arms and why, and what was seen before. */
export function listWarnings(view: CohortView & ResultHistory): string[] {
  const { openedBy, isPooled, armsMasked, members, summary } = view
  return [
    ...view.seenBeforeUnlock.map(
      ({ first, last, times, unlockedAt }) =>
        `Results by arm were seen ${describeSights(first, last, times)} before the study was unlocked on ${formatInstant(unlockedAt)}.`,
    ),
    ...(openedBy
      ? [
          `Results by arm were released on ${formatInstant(openedBy.releasedAt)}: ${openedBy.reason}. Each look is recorded.`,
        ]
      : []),
    ...(isPooled
      ? [
          `${summary.armsReason ? describePooledReason(summary.armsReason) : 'Results by arm are closed until the study is locked or they are released; pooled results shown.'} No participant is named, so there are no bars by participant.`,
        ]
      : []),
    ...(armsMasked
      ? [
          'Arms are masked: the letters follow an order of this study’s own, the same for every reader. No participant and no treatment is named, and planned ratios are left out.',
        ]
      : []),
    ...(summary.sinceLastDoseReason === 'masked'
      ? [
          'Results by the time since the last dose are not told by masked arm, since doses would tell which is which.',
        ]
      : []),
    ...(!isPooled && !armsMasked && members === null
      ? [
          'Your role does not see which arm a participant is in, so there are no lines or bars by participant.',
        ]
      : []),
  ]
}

function describeSights(first: string, last: string, times: number): string {
  return times === 1
    ? `on ${formatInstant(first)}`
    : `${times} times from ${formatInstant(first)} to ${formatInstant(last)}`
}
