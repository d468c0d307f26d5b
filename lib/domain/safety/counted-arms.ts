import type { PreparedCohort } from '@/lib/domain/outcomes/prepared-cohort'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import { type CountedArm, deriveArmBase } from '@/lib/domain/safety/event-counts'
import { beganByCut, type PlacedEvent, placeEvent } from '@/lib/domain/safety/place-events'
import type { SafetyData } from '@/lib/domain/safety/safety-data'
import { isRelated } from '@/lib/domain/safety/safety-event'
import { deriveSafetyArms } from '@/lib/domain/safety/safety-set'
import type { EventClass } from '@/lib/domain/safety/safety-summary'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import { groupRows } from '@/lib/domain/shared/group-rows'

/**
 * The arms of the safety set with their events told by the data cut, those that count apart from those before the first
 * procedure. Expects a cohort to which the same cut has been applied. Source: clinical.md §3, adverse events.
 * Example: an event before the first dose → in `notEmergent` of its arm.
 */
export function deriveCountedArms(
  cohort: Pick<PreparedCohort, 'set' | 'arms'>,
  protocol: Pick<Protocol, 'treatments'>,
  data: SafetyData,
  dataCut: CalendarDate,
): CountedArm[] {
  const told = data.events.filter(event => beganByCut(event.onset, dataCut))
  const byParticipant = groupRows(told, event => event.participant)
  return deriveSafetyArms(cohort, protocol, data, dataCut).map((arm): CountedArm => {
    const placed = arm.members.flatMap(member =>
      (byParticipant.get(member.participant) ?? []).map(event => placeEvent(event, member, dataCut)),
    )
    return {
      ...arm,
      base: deriveArmBase(arm),
      events: placed.filter(event => event.emergence !== 'no'),
      notEmergent: placed.filter(event => event.emergence === 'no'),
    }
  })
}

const IS_IN: Readonly<Record<EventClass, (event: PlacedEvent) => boolean>> = {
  any: () => true,
  related: isRelated,
  grade3OrMore: event => (event.grade ?? 0) >= 3,
  serious: event => event.isSerious,
  seriousRelated: event => event.isSerious && isRelated(event),
  fatal: event => event.isFatal,
}

/** Whether an event is of a class of the overview. Example: grade 3, not serious → true for `grade3OrMore`. */
export function isInClass(event: PlacedEvent, name: EventClass): boolean {
  return IS_IN[name](event)
}
