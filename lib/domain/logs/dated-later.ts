/** Leaving beside what is recorded and dated after it. */
import { formatDay } from '@/lib/domain/checks/day-text'
import { ask, type SoftQuestion } from '@/lib/domain/checks/soft-rule'
import type { DatedEntry } from '@/lib/domain/logs/log'
import type { Departure } from '@/lib/domain/protocol/follow-up'
import { spanOf } from '@/lib/domain/shared/partial-date'

/** As many as a person takes in; the others are counted. */
const LISTED = 5

/**
 * What is recorded and dated after a departure, by date. A day of a partial date is its latest possible one; what came
 * after a recorded return belongs. After a death nothing does, after a withdrawal from treatment only doses do not, and a
 * return has nothing after it. Missing: nothing dated is known → empty.
 * Source: clinical.md §3, leaving. Example: withdrawn 1 Aug 2025, month 6 dated 10 Nov 2025 → month 6.
 */
export function listLater(
  { kind, date }: Departure,
  others: readonly Departure[],
  dated: readonly DatedEntry[],
): readonly DatedEntry[] {
  if (kind === 'return' || kind === 'noFurtherUse') return []
  const { last } = spanOf(date)
  const back = others
    .filter(other => other.kind === 'return')
    .map(other => spanOf(other.date).last)
    .filter(day => day >= last)
    .toSorted()[0]
  const end = kind === 'death' || kind === 'treatment' ? undefined : back
  return dated.filter(
    one =>
      one.date > last &&
      (end === undefined || one.date < end) &&
      (kind !== 'treatment' || one.kind === 'dose'),
  )
}

/** Names and dates, the first five. Example: `Month 6 (10 Nov 2025), Dose 2 (1 Dec 2025)`. */
export function formatLater(later: readonly DatedEntry[]): string {
  const named = later.slice(0, LISTED).map(({ name, date }) => `${name} (${formatDay(date)})`)
  const more = later.length - LISTED
  return more > 0 ? `${named.join(', ')} and ${more} more` : named.join(', ')
}

/**
 * Asks when something is dated after a departure: of a withdrawal or loss visits, doses and events, of a
 * death events (the others are refused). What is dated later makes the key, so that it is asked again when
 * that changes. Code `datedLater`.
 * Example: “Check: recorded after 1 Aug 2025: Month 6 (10 Nov 2025). Is the date right?”
 */
export function askAboutLater(
  entry: Departure,
  others: readonly Departure[],
  dated: readonly DatedEntry[],
): readonly SoftQuestion[] {
  const later = listLater(entry, others, dated).filter(one => entry.kind !== 'death' || one.kind === 'event')
  const [first] = later
  if (!first) return []
  const values = { DATE: entry.date, first: first.date, count: later.length }
  const text = `recorded after ${formatDay(spanOf(entry.date).last)}: ${formatLater(later)}. Is the date right?`
  return [{ ...ask('datedLater', values, text), fields: ['DATE'] }]
}
