import type { ExplainedParticipant, Explanation } from '@/lib/domain/explain/explanation'

/** One participant whose part in a number differs between two states; null: not in the set at that state. */
export interface ChangedContribution {
  readonly participant: number
  readonly before: ExplainedParticipant | null
  readonly now: ExplainedParticipant | null
}

/**
 * Whose part in a number differs between two states of knowledge, by subject at the later one: arm, baseline, the value
 * that counts, where they stand in means and rates, or a value that a rule asks for. A row that changed without changing
 * any of these (a date inside the window) is none. Both explanations are of the same number and the same view.
 * Missing rule: who is in the set at one state alone differs. Source: clinical.md §3, data cut and knowledge.
 * Example: month 12 corrected 4 → 5 → that participant, value 4 before and 5 now.
 */
export function compareExplanations(before: Explanation | null, now: Explanation): ChangedContribution[] {
  const earlier = new Map(before?.participants.map(each => [each.participant, each]))
  const later = new Set(now.participants.map(each => each.participant))
  const gone = before?.participants.filter(each => !later.has(each.participant)) ?? []
  const compared = [
    ...now.participants.map(each => ({ before: earlier.get(each.participant) ?? null, now: each })),
    ...gone.map(each => ({ before: each, now: null })),
  ]
  return compared
    .filter(each => describeContribution(each.before) !== describeContribution(each.now))
    .map(each => ({ participant: (each.now ?? each.before).participant, ...each }))
}

function describeContribution(participant: ExplainedParticipant | null): string {
  if (participant === null) return ''
  const { arm, baseline, value, standing, countedIn, outcomes } = participant
  return JSON.stringify([
    ...[arm, baseline.value, value.value, standing, countedIn],
    outcomes.map(({ code, place, reason, rates, parts }) => [
      ...[code, place, reason, rates],
      parts.map(part => [part.baseline, part.value?.value ?? null]),
    ]),
  ])
}
