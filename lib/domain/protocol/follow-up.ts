/** How a participant left, and what follows from it. Facts come from the log of departures. */
import { type CalendarDate, compareDates } from '@/lib/domain/shared/calendar-date'
import { type PartialDate, spanOf } from '@/lib/domain/shared/partial-date'

export type DepartureKind =
  | 'treatment'
  | 'followUp'
  | 'consent'
  | 'noFurtherUse'
  | 'lost'
  | 'death'
  | 'return'

/** One entry of the log: a date is `YYYY-MM-DD`, that of a loss may be `YYYY-MM` or `YYYY`. */
export interface Departure {
  readonly kind: DepartureKind
  readonly date: PartialDate
}

/** What ended follow-up: `withdrawn` (from follow-up, of consent, no further use), `lost` or `died`. */
export type EndReason = 'withdrawn' | 'lost' | 'died'

/** Last day of follow-up: what is dated on it still belongs, what is dated after it does not. */
export interface FollowUpEnd {
  readonly date: CalendarDate
  readonly reason: EndReason
}

const REASONS: Readonly<Partial<Record<DepartureKind, EndReason>>> = {
  followUp: 'withdrawn',
  consent: 'withdrawn',
  noFurtherUse: 'withdrawn',
  lost: 'lost',
}

/**
 * The end of follow-up, or null while the participant is in it. Withdrawal from follow-up, withdrawal of
 * consent, *no further use* and loss end it; withdrawal from treatment does not. A return on or after that
 * day takes it back, after a withdrawal of consent only where consent was given anew later, and never after
 * *no further use*, which only voiding that entry takes back. Nothing takes back a death, which also caps
 * what ended later. Of two ends without a return between them the earlier stands.
 * Dates: a partial date of a loss is its latest possible day, which may lie after today: who compares it with a day caps
 * it there, since nothing is recorded before it happened (`capAt`). Missing: no entry → null.
 * Source: clinical.md §3, leaving and dates.
 * Example: lost 2024-03, returned 2024-05-02, died 2025-01-10 → `{ date: '2025-01-10', reason: 'died' }`.
 */
export function deriveFollowUpEnd(
  departures: readonly Departure[],
  consentDates: readonly CalendarDate[],
): FollowUpEnd | null {
  let end: FollowUpEnd | null = null
  // Withdrawals of consent since the last return: each wants a later consent before a return counts.
  let consentWithdrawnOn: CalendarDate | null = null
  let isRefused = false
  for (const { kind, day } of inOrder(departures)) {
    if (kind === 'return') {
      if (isRefused) continue
      const withdrawn = consentWithdrawnOn ?? ''
      if (withdrawn !== '' && !consentDates.some(date => date > withdrawn)) continue
      end = null
      consentWithdrawnOn = null
      continue
    }
    const reason = REASONS[kind]
    if (!reason) continue
    end ??= { date: day, reason }
    isRefused ||= kind === 'noFurtherUse'
    if (kind === 'consent') consentWithdrawnOn = day
  }
  const death = inOrder(departures).find(({ kind }) => kind === 'death')
  if (!death) return end
  return { date: end ? earlierOf(end.date, death.day) : death.day, reason: 'died' }
}

/**
 * The first day of a withdrawal from treatment, or of what ends everything, after which no dose may be dated; null: doses
 * may be given. A return does not reopen treatment that was withdrawn from.
 * Example: withdrawn from treatment on 2024-06-01 → `'2024-06-01'`.
 */
export function deriveTreatmentEnd(
  departures: readonly Departure[],
  followUpEnd: CalendarDate | null,
): CalendarDate | null {
  const own = inOrder(departures).find(({ kind }) => kind === 'treatment')?.day ?? null
  if (own === null || followUpEnd === null) return own ?? followUpEnd
  return earlierOf(own, followUpEnd)
}

/**
 * Whether the participant asked that nothing recorded be used: out of exports, cohort and figures. Only voiding the entry
 * takes it back. Source: clinical.md §3, leaving. Example: an entry *no further use of data* → `true`.
 */
export function isRestricted(departures: readonly Departure[]): boolean {
  return departures.some(({ kind }) => kind === 'noFurtherUse')
}

/**
 * An end as it counts on a day: never after it, since a partial date stands for its latest possible day.
 * Example: lost `2026-11` (stored as 2026-11-30) seen on 2026-11-22 → `{ date: '2026-11-22' }`.
 */
export function capAt(end: CalendarDate | null, today: CalendarDate): { readonly date: CalendarDate } | null {
  return end === null ? null : { date: earlierOf(end, today) }
}

/** By day; a return comes after what it takes back on the same day, else in the order recorded. */
function inOrder(departures: readonly Departure[]) {
  return departures
    .map(({ kind, date }) => ({ kind, day: spanOf(date).last }))
    .toSorted((a, b) => compareDates(a.day, b.day) || rank(a.kind) - rank(b.kind))
}

function rank(kind: DepartureKind): number {
  return kind === 'return' ? 1 : 0
}

function earlierOf(a: CalendarDate, b: CalendarDate): CalendarDate {
  return compareDates(a, b) <= 0 ? a : b
}
