import type { listScheduleWithEntries } from '@/db/queries/schedule'
import type { Booking } from '@/lib/domain/logs/appointments'
import { listAskedForms } from '@/lib/domain/protocol/asked-forms'
import { deriveEnteredForms } from '@/lib/domain/protocol/entered-forms'
import { capAt } from '@/lib/domain/protocol/follow-up'
import type { Protocol, VisitPlan } from '@/lib/domain/protocol/protocol'
import { isInWindow, type ScheduledVisit } from '@/lib/domain/protocol/schedule'
import { deriveVisitState, type VisitStanding } from '@/lib/domain/protocol/visit-state'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { MissingReason } from '@/lib/domain/shared/missing'

type EntryRow = ReturnType<typeof listScheduleWithEntries>[number]

/** One visit of one participant: where it stands, what was entered, whether it was in window. */
export interface PlacedVisit {
  readonly plan: VisitPlan
  readonly scheduled: ScheduledVisit
  readonly standing: VisitStanding
  readonly date: CalendarDate | null
  readonly missedReason: MissingReason | null
  readonly inWindow: boolean | null
  /** The live booking of a visit that has no date yet. */
  readonly booking: Booking | null
}

/** The visits of one participant in protocol order, each with its state, from the rows of `listScheduleWithEntries`. */
export function placeVisits(
  protocol: Protocol,
  person: {
    readonly consentDate: CalendarDate | null
    readonly origin: 'entered' | 'imported'
    readonly followUpEnd: CalendarDate | null
  },
  rows: readonly EntryRow[],
  today: CalendarDate,
  bookings: ReadonlyMap<string, Booking> = new Map(),
): readonly PlacedVisit[] {
  return protocol.visits.flatMap(plan => {
    const forms = rows.filter(row => row.visit === plan.code)
    const [first] = forms
    if (!first) return []
    const { position, target, windowStart, windowEnd, provisional } = first
    const scheduled = { visit: plan, position, target, windowStart, windowEnd, provisional }
    const booking = first.visitDate === null ? (bookings.get(plan.code) ?? null) : null
    const standing = deriveVisitState(
      {
        scheduled,
        expected: listAskedForms(plan),
        ...deriveEnteredForms(protocol, forms),
        declaredMissed: first.missedReason !== null,
        bookedFor: booking?.date ?? null,
        consentedOn: person.consentDate,
        awaitsDayZero: person.origin === 'entered',
        followUpEnd: capAt(person.followUpEnd, today),
      },
      today,
    )
    const { visitDate: date, missedReason } = first
    const inWindow = isInWindow(date, scheduled)
    return [{ plan, scheduled, standing, date, missedReason, inWindow, booking }]
  })
}

/**
 * The visit to think of next: the first in protocol order that is overdue, due or to come; else the first that was
 * entered in part and whose window has closed.
 */
export function findOutstandingVisit<V extends PlacedVisit>(visits: readonly V[]): V | undefined {
  const outstanding = visits.filter(
    ({ standing }) => !['complete', 'missed', 'none'].includes(standing.state),
  )
  return (
    outstanding.find(({ standing }) => standing.state !== 'partly' || standing.daysPast === null) ??
    outstanding[0]
  )
}
