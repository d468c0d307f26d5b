import { formatDay } from '@/lib/domain/checks/day-text'
import type { Answers } from '@/lib/domain/instruments/instrument'
import { textOf } from '@/lib/domain/logs/answer-values'
import { visitName } from '@/lib/domain/logs/visit-choices'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'

/** A visit that was declared missed, or that is dated outside its window, itself or some of its forms. */
export interface StrayVisit {
  readonly visit: string
  readonly visitDate: CalendarDate | null
  /** Why it was declared missed; null: it took place. */
  readonly missedReason: string | null
  readonly windowStart: CalendarDate | null
  readonly windowEnd: CalendarDate | null
  /** Forms dated outside the window of a visit that is not, earliest first; left out: the visit itself is stray. */
  readonly forms?: readonly { readonly name: string; readonly date: CalendarDate }[]
}

/** A deviation that the schedule shows and nobody has logged: values for a new entry, by field. */
export interface OfferedDeviation {
  readonly kind: 'visitOutOfWindow' | 'visitMissed'
  readonly visit: string
  /** Day of the visit or of its first stray form; of a missed one the last of its window, where not still to come. */
  readonly date: CalendarDate | null
  readonly description: string
}

/**
 * Offers an entry for each stray visit of a participant that has none of its kind, in the order given; one for all the
 * forms of a visit. A visit dated again within its window, or no longer missed, is not among the stray ones and so not
 * offered.
 * Source: clinical.md §3, *Visit states*. Example: 6 months on 1 Sep, window to 27 Aug → `visitOutOfWindow`.
 */
export function offerDeviations(
  protocol: Protocol,
  strays: readonly StrayVisit[],
  logged: readonly Answers[],
  today: CalendarDate,
): readonly OfferedDeviation[] {
  return strays
    .map(stray => offer(protocol, stray, today))
    .filter(
      ({ kind, visit }) =>
        !logged.some(answers => textOf(answers, 'KIND') === kind && textOf(answers, 'VISIT') === visit),
    )
}

function offer(protocol: Protocol, stray: StrayVisit, today: CalendarDate): OfferedDeviation {
  const { visit, visitDate, missedReason, windowStart, windowEnd } = stray
  const name = visitName(protocol, visit) ?? visit
  const window =
    windowStart && windowEnd ? `, window ${formatDay(windowStart)} to ${formatDay(windowEnd)}` : ''
  if (missedReason !== null) {
    const date = windowEnd !== null && windowEnd <= today ? windowEnd : null
    return { kind: 'visitMissed', visit, date, description: `${name} missed${window}` }
  }
  const [first] = stray.forms ?? []
  if (first) {
    const told = new Set(stray.forms?.map(form => `${form.name} on ${formatDay(form.date)}`))
    const description = `${name}: ${[...told].join(', ')}${window}`
    return { kind: 'visitOutOfWindow', visit, date: first.date, description }
  }
  const on = visitDate === null ? '' : ` on ${formatDay(visitDate)}`
  return { kind: 'visitOutOfWindow', visit, date: visitDate, description: `${name}${on}${window}` }
}
