import { nullLeaf, presentLeaf } from '@/lib/domain/outcomes/leaf'
import type { PlacedEvent } from '@/lib/domain/safety/place-events'
import type { SeriousEvent } from '@/lib/domain/safety/safety-summary'
import { compareText } from '@/lib/domain/shared/compare-text'

/**
 * The serious events of an arm one by one, treatment-emergent or not, by participant and day. An event that ended after the
 * data cut has no outcome yet; grade, criteria and judgements are as recorded, since they carry no date.
 * Missing rule: days since a dose or procedure that are not known, or an event before it → `undated`.
 * Source: clinical.md §3, adverse events. Example: `listSeriousEvents('A', placed)[0].daysSinceLastDose` → 12.
 */
export function listSeriousEvents(arm: string, events: readonly PlacedEvent[]): SeriousEvent[] {
  return events
    .filter(event => event.isSerious)
    .toSorted(
      (a, b) =>
        compareText(a.member.subject, b.member.subject) || compareText(a.onsetDay ?? '', b.onsetDay ?? ''),
    )
    .map(event => ({
      subject: event.member.subject,
      arm,
      term: event.term,
      category: event.category,
      grade: event.grade,
      criteria: event.criteria,
      relationToProcedure: event.relationToProcedure,
      relationToProduct: event.relationToProduct,
      isTreatmentEmergent: event.emergence,
      isOnsetEstimated: event.isOnsetEstimated,
      isOngoing: event.isOngoingAtCut,
      outcome: event.endsAfterCut ? null : event.outcome,
      ...days('daysSinceLastDose', event.daysSinceLastDose),
      ...days('daysSinceFirstProcedure', event.daysSinceStart),
    }))
}

function days<Name extends string>(name: Name, value: number | null) {
  return value === null ? nullLeaf(name, 'undated') : presentLeaf(name, value)
}
