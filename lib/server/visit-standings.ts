import type { listScheduleWithEntries } from '@/db/queries/schedule'
import { listAskedForms } from '@/lib/domain/protocol/asked-forms'
import { deriveEnteredForms } from '@/lib/domain/protocol/entered-forms'
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
}

/** The visits of one participant in protocol order, each with its state, from the rows of `listScheduleWithEntries`. */
export function placeVisits(
  protocol: Protocol,
  person: { readonly consentDate: CalendarDate | null; readonly origin: 'entered' | 'imported' },
  rows: readonly EntryRow[],
  today: CalendarDate,
): readonly PlacedVisit[] {
  return protocol.visits.flatMap(plan => {
    const forms = rows.filter(row => row.visit === plan.code)
    const [first] = forms
    if (!first) return []
    const { position, target, windowStart, windowEnd, provisional } = first
    const scheduled = { visit: plan, position, target, windowStart, windowEnd, provisional }
    const standing = deriveVisitState(
      {
        scheduled,
        expected: listAskedForms(plan),
        ...deriveEnteredForms(protocol, forms),
        declaredMissed: first.missedReason !== null,
        bookedFor: null,
        consentedOn: person.consentDate,
        awaitsDayZero: person.origin === 'entered',
        followUpEnd: null,
      },
      today,
    )
    const { visitDate: date, missedReason } = first
    return [{ plan, scheduled, standing, date, missedReason, inWindow: isInWindow(date, scheduled) }]
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
