import { EVENT_CATEGORIES, RELATIONS } from '@/lib/domain/logs/adverse-event-fields'
import { type CurveResolution, deriveCurveResolution } from '@/lib/domain/outcomes/curve-resolution'
import type { PreparedCohort } from '@/lib/domain/outcomes/prepared-cohort'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import { deriveCountedArms, isInClass } from '@/lib/domain/safety/counted-arms'
import { type CountedArm, countEvents, countGrades, countPeople } from '@/lib/domain/safety/event-counts'
import { beganByCut, type PlacedEvent } from '@/lib/domain/safety/place-events'
import type { SafetyData } from '@/lib/domain/safety/safety-data'
import { closerRelation, type Relation } from '@/lib/domain/safety/safety-event'
import { firstDays, nameSafetySet, type SafetyArm } from '@/lib/domain/safety/safety-set'
import type {
  ArmSafety,
  ClassSafety,
  OutsideEvents,
  RelationSafety,
  SafetySummary,
} from '@/lib/domain/safety/safety-summary'
import { EVENT_CLASSES } from '@/lib/domain/safety/safety-summary'
import { listSeriousEvents } from '@/lib/domain/safety/serious-events'
import { countTerms } from '@/lib/domain/safety/term-counts'
import { deriveDoseIntervals, deriveFirstEvents } from '@/lib/domain/safety/time-course'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import { groupRows } from '@/lib/domain/shared/group-rows'

/**
 * Adverse events of the treated (safety) set by allocated arm, whatever the strategy for intercurrent events: all events
 * of a participant count, after a second dose too. Counted are treatment-emergent events and those of unknown onset (the
 * cautious reading); others are counted apart, those of who is in no arm in `outside`. Expects a cohort to which the same
 * data cut has been applied; arms, and whether participants are named, are the cohort's.
 * Where the arm of a participant is masked, first events step at round days (`deriveCurveResolution`); where arms are
 * letters, terms (free text) and the time since doses are left out: either may tell the product. Where they are named,
 * terms of few participants are told together.
 * Missing rule: see each leaf. Source: clinical.md §3, adverse events, dates, sets; §4. Checked in compute-safety, safety-time and safety-masked tests.
 * Example: nine treated, no serious event → `arms[0].classes` serious: 0 of 9, 0 to 33.6 %.
 */
export function computeSafety(
  cohort: Pick<PreparedCohort, 'set' | 'arms' | 'namesParticipants' | 'armsMasked'>,
  protocol: Pick<Protocol, 'treatments'>,
  data: SafetyData,
  dataCut: CalendarDate,
): SafetySummary {
  const told = data.events.filter(event => beganByCut(event.onset, dataCut))
  const arms = deriveCountedArms(cohort, protocol, data, dataCut)
  const serious = arms.flatMap(arm => listSeriousEvents(arm.code, [...arm.events, ...arm.notEmergent]))
  const set = nameSafetySet(protocol)
  const isTreatedSet = set === 'treated'
  const resolution = deriveCurveResolution(cohort)
  const isCoarse = resolution === 'coarse'
  const summaries = arms.map(arm => summariseArm(arm, resolution))
  return {
    set,
    arms: cohort.armsMasked ? summaries.map(concealProduct) : summaries,
    categories: countTerms(
      arms,
      EVENT_CATEGORIES,
      cohort.armsMasked ? 'none' : isCoarse ? 'frequent' : 'all',
    ),
    ...(cohort.namesParticipants ? { serious } : {}),
    outside: countOutside(told, arms, isTreatedSet ? firstDays(data.doses, dataCut) : null),
  }
}

function summariseArm(arm: CountedArm, resolution: CurveResolution): ArmSafety {
  const { code, label, members, events, notEmergent, base } = arm
  return {
    arm: code,
    label,
    inSet: members.length,
    exposure: {
      participantYears: base.participantYears,
      unknown: members.filter(member => member.exposureDays === null).length,
      eventsAfter: events.filter(({ onsetDay, member }) => isAfter(onsetDay, member.end)).length,
    },
    classes: EVENT_CLASSES.map(
      (name): ClassSafety => ({
        class: name,
        ...countEvents(
          events.filter(event => isInClass(event, name)),
          base,
        ),
      }),
    ),
    notEmergent: { participants: countPeople(notEmergent), events: notEmergent.length },
    eventsOfUnknownOnset: events.filter(event => event.onsetDay === null).length,
    eventsOfPartialOnset: events.filter(event => event.isOnsetEstimated).length,
    relations: [
      ...countRelations('procedure', events, event => event.relationToProcedure),
      ...countRelations('product', events, event => event.relationToProduct),
    ],
    sinceLastDose: deriveDoseIntervals(arm, events),
    firstEvent: deriveFirstEvents(arm, events, resolution),
  }
}

/** Whether there was a harvest before the dose, and how many doses there were, may tell what was given. */
function concealProduct(arm: ArmSafety): ArmSafety {
  return { ...arm, sinceLastDose: null, sinceLastDoseReason: 'masked' }
}

/** Closest relation first; a participant stands once, at the closest of theirs. */
function countRelations(
  to: RelationSafety['to'],
  events: readonly PlacedEvent[],
  relationOf: (event: PlacedEvent) => Relation | null,
): RelationSafety[] {
  const closest = new Map<PlacedEvent['member'], Relation | null>()
  for (const event of events) {
    const known = closest.get(event.member)
    closest.set(
      event.member,
      known === undefined ? relationOf(event) : closerRelation(known, relationOf(event)),
    )
  }
  const people = groupRows([...closest.values()], relation => relation)
  const byRelation = groupRows(events, relationOf)
  return [...RELATIONS.map(({ code }) => code).toReversed(), null].map(relation => ({
    to,
    relation,
    participants: people.get(relation)?.length ?? 0,
    events: byRelation.get(relation)?.length ?? 0,
    grades: countGrades(byRelation.get(relation) ?? []),
  }))
}

/** `treated`: first doses of all; null where the set is not of the treated. */
function countOutside(
  told: SafetyData['events'],
  arms: readonly SafetyArm[],
  treated: ReadonlyMap<number, CalendarDate> | null,
): OutsideEvents[] {
  const inside = new Set(arms.flatMap(({ members }) => members.map(({ participant }) => participant)))
  const others = told.filter(event => !inside.has(event.participant))
  return (['notTreated', 'notInSet'] as const).map(why => {
    const events = others.filter(
      event => (treated === null || treated.has(event.participant)) === (why === 'notInSet'),
    )
    return {
      why,
      participants: new Set(events.map(event => event.participant)).size,
      events: events.length,
      seriousEvents: events.filter(event => event.isSerious).length,
    }
  })
}

function isAfter(day: CalendarDate | null, end: CalendarDate | null): boolean {
  return day !== null && end !== null && day > end
}
