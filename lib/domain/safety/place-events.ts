import { deriveTreatmentEmergence, type TreatmentEmergence } from '@/lib/domain/events/treatment-emergent'
import { deriveEndDay, deriveStartDay } from '@/lib/domain/logs/partial-days'
import type { SafetyEvent } from '@/lib/domain/safety/safety-event'
import type { SafetyMember } from '@/lib/domain/safety/safety-set'
import { type CalendarDate, daysBetween } from '@/lib/domain/shared/calendar-date'

/** An event of a member of the safety set, placed in time. */
export interface PlacedEvent extends SafetyEvent {
  readonly member: SafetyMember
  readonly emergence: TreatmentEmergence
  /** Null: not known. */
  readonly onsetDay: CalendarDate | null
  readonly isOnsetEstimated: boolean
  /** Not over by the data cut; null: not known. */
  readonly isOngoingAtCut: boolean | null
  /** It was over later than the data cut, so that how it ended is not known yet. */
  readonly endsAfterCut: boolean
  /** Null: no dose on or before it, or not dated. */
  readonly daysSinceLastDose: number | null
  readonly daysSinceStart: number | null
}

/**
 * Whether an event is told by a data cut: the day on which it began is not after it. A partial onset is its earliest
 * possible day; one that is not known is kept. Source: clinical.md §3, data cut and dates.
 * Example: begun 2026-04, cut 2026-04-10 → true.
 */
export function beganByCut(onset: string | null, dataCut: CalendarDate): boolean {
  const began = deriveStartDay(onset, { firstProcedure: null })
  return began === null || began.day <= dataCut
}

/**
 * Places an event of a member in time. Onset: the earliest possible day, but not before the first procedure if that lies
 * within a partial date. In a set without treatments day zero stands for the procedure. Of who was treated on an unknown
 * day emergence is `unknown`. An event that ended after the cut is ongoing at it. Expects an event told by the cut.
 * Source: clinical.md §3, dates and adverse events.
 * Example: begun 2026-04, first procedure 2026-04-16 → onset 16 Apr 2026, estimated, emergent.
 */
export function placeEvent(event: SafetyEvent, member: SafetyMember, dataCut: CalendarDate): PlacedEvent {
  const { start, doseDays } = member
  const began = deriveStartDay(event.onset, { firstProcedure: start })
  const onsetDay = began?.day ?? null
  const lastDose = onsetDay === null ? undefined : doseDays.findLast(day => day <= onsetDay)
  const ended = deriveEndDay(event.end, {
    death: member.followUpEnd?.reason === 'died' ? member.followUpEnd.date : null,
    lastContact: null,
    dataCut,
  })
  const endsAfterCut = ended !== null && ended.day > dataCut
  // Written out, since there may be tens of thousands: copies by `...` are read several times slower.
  return {
    participant: event.participant,
    term: event.term,
    category: event.category,
    onset: event.onset,
    end: event.end,
    isOngoing: event.isOngoing,
    grade: event.grade,
    isSerious: event.isSerious,
    isFatal: event.isFatal,
    criteria: event.criteria,
    relationToProcedure: event.relationToProcedure,
    relationToProduct: event.relationToProduct,
    outcome: event.outcome,
    member,
    emergence: start === null ? 'unknown' : deriveTreatmentEmergence(event.onset, start),
    onsetDay,
    isOnsetEstimated: began?.isDerived ?? false,
    isOngoingAtCut: endsAfterCut ? true : event.isOngoing,
    endsAfterCut,
    daysSinceLastDose: onsetDay === null || lastDose === undefined ? null : daysBetween(lastDose, onsetDay),
    daysSinceStart: onsetDay === null || start === null ? null : daysBetween(start, onsetDay),
  }
}
