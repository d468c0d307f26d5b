import type { ExplainedGroup } from '@/lib/domain/explain/explanation'
import { compareStandings, groupStandings } from '@/lib/domain/explain/group-participants'
import type { PreparedCohort } from '@/lib/domain/outcomes/prepared-cohort'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import { computeSafety } from '@/lib/domain/safety/compute-safety'
import { deriveCountedArms, isInClass } from '@/lib/domain/safety/counted-arms'
import type { PlacedEvent } from '@/lib/domain/safety/place-events'
import type { SafetyData } from '@/lib/domain/safety/safety-data'
import type { SafetyMember } from '@/lib/domain/safety/safety-set'
import type { ClassSafety, EventClass, SafetySummary } from '@/lib/domain/safety/safety-summary'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import { compareText } from '@/lib/domain/shared/compare-text'
import { groupRows } from '@/lib/domain/shared/group-rows'

/** The safety set with and without events of a class. */
export interface EventsExplanation {
  readonly class: EventClass
  readonly set: SafetySummary['set']
  readonly arms: readonly ExplainedSafetyArm[]
  /** Of participants in no arm, by why; of all classes. */
  readonly outside: SafetySummary['outside']
  /** With an event first, then by subject. */
  readonly people: readonly ExplainedEventsPerson[]
}

/** The line of the overview, and the groups that add up to its n. */
interface ExplainedSafetyArm {
  readonly arm: string
  readonly label: string
  readonly counts: ClassSafety
  /** In: `withEvent`. Out: `notCounted` (events before the first procedure alone), `without`. */
  readonly groups: readonly ExplainedGroup[]
}

export interface ExplainedEventsPerson {
  readonly subject: string
  readonly arm: string
  readonly standing: Pick<ExplainedGroup, 'place' | 'reason'>
  /** Of the class, by onset. */
  readonly events: readonly ExplainedEvent[]
}

export interface ExplainedEvent
  extends Pick<
    PlacedEvent,
    | 'term'
    | 'category'
    | 'grade'
    | 'isSerious'
    | 'relationToProcedure'
    | 'relationToProduct'
    | 'onset'
    | 'daysSinceLastDose'
    | 'emergence'
  > {
  readonly isCounted: boolean
}

/**
 * Who of the safety set has an event of a class, each event, and whether it counts. By arm the groups add up to the line of
 * the overview, and the events that count to its events. Where participants may not be named, events before the
 * first procedure make no group, and naming nobody is for the caller, by `cohort.namesParticipants`.
 * Missing rule: an event of unknown onset counts. Source: clinical.md §3, adverse events.
 * Checked by hand and against `computeSafety` in explain-events.test.ts.
 * Example: serious, one of nine → groups `in withEvent 1`, `out without 8`.
 */
export function explainEvents(
  cohort: PreparedCohort,
  protocol: Pick<Protocol, 'treatments'>,
  data: SafetyData,
  { dataCut, class: name }: { readonly dataCut: CalendarDate; readonly class: EventClass },
): EventsExplanation {
  const safety = computeSafety(cohort, protocol, data, dataCut)
  const byArm = deriveCountedArms(cohort, protocol, data, dataCut).map(({ code, members, ...arm }) => {
    const own = [...arm.events, ...arm.notEmergent].filter(event => isInClass(event, name))
    const eventsOf = groupRows(own, (event): SafetyMember => event.member)
    const people = members.map(member => toPerson(member, eventsOf.get(member) ?? []))
    return { code, people }
  })
  const groupsOf = new Map(
    byArm.map(({ code, people }) => {
      const standings = people.map(({ standing }) => standing)
      const isTold = cohort.namesParticipants
      return [code, groupStandings(isTold ? standings : standings.map(mergeWithout))] as const
    }),
  )
  return {
    class: name,
    set: safety.set,
    arms: safety.arms.flatMap(({ arm, label, classes }) => {
      const counts = classes.find(each => each.class === name)
      return counts ? [{ arm, label, counts, groups: groupsOf.get(arm) ?? [] }] : []
    }),
    outside: safety.outside,
    people: byArm
      .flatMap(({ people }) => people)
      .toSorted((a, b) => compareStandings(a.standing, b.standing) || compareText(a.subject, b.subject)),
  }
}

function toPerson({ subject, arm }: SafetyMember, events: readonly PlacedEvent[]): ExplainedEventsPerson {
  const isCounted = (event: PlacedEvent) => event.emergence !== 'no'
  const standing: ExplainedEventsPerson['standing'] = events.some(isCounted)
    ? { place: 'in', reason: 'withEvent' }
    : { place: 'out', reason: events.length > 0 ? 'notCounted' : 'without' }
  return {
    subject,
    arm,
    standing,
    events: events
      .toSorted((a, b) => compareText(a.onsetDay ?? '', b.onsetDay ?? ''))
      .map(event => ({
        term: event.term,
        category: event.category,
        grade: event.grade,
        isSerious: event.isSerious,
        relationToProcedure: event.relationToProcedure,
        relationToProduct: event.relationToProduct,
        onset: event.onset,
        daysSinceLastDose: event.daysSinceLastDose,
        emergence: event.emergence,
        isCounted: isCounted(event),
      })),
  }
}

function mergeWithout(standing: ExplainedEventsPerson['standing']): ExplainedEventsPerson['standing'] {
  return standing.place === 'in' ? standing : { place: 'out', reason: 'without' }
}
