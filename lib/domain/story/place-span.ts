import { deriveEndDay, deriveStartDay } from '@/lib/domain/logs/partial-days'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { StorySpan } from '@/lib/domain/story/story'

/** Beginning and end as they were written; null: not known. */
export interface SpanFacts {
  readonly from: string | null
  readonly to: string | null
  readonly isOngoing: boolean | null
  readonly firstProcedure: CalendarDate | null
}

/**
 * Something that lasted, in days since day zero. What is ongoing, or ends on an unknown day, lasts to `lastDay`; without
 * one (null) to its own first day. Missing rule: no beginning → null.
 * Source: clinical.md §3, dates. Example: from 2024-05, ongoing, day zero 2024-05-11 → from −10, estimated.
 */
export function placeSpan(
  { from, to, isOngoing, firstProcedure }: SpanFacts,
  on: {
    readonly dayOf: (date: CalendarDate) => number
    readonly lastDay: number | null
    readonly death: CalendarDate | null
  },
): StorySpan | null {
  const began = deriveStartDay(from, { firstProcedure })
  if (!began) return null
  const ended = isOngoing ? null : deriveEndDay(to, { death: on.death, lastContact: null, dataCut: null })
  const first = on.dayOf(began.day)
  return {
    from: first,
    to: ended ? Math.max(first, on.dayOf(ended.day)) : Math.max(first, on.lastDay ?? first),
    end: ended ? 'known' : isOngoing ? 'ongoing' : 'notKnown',
    isEstimated: began.isDerived || (ended?.isDerived ?? false),
  }
}
