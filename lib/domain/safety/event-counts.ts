import { leafOf, nullLeaf, presentLeaf } from '@/lib/domain/outcomes/leaf'
import { computeEventRate } from '@/lib/domain/safety/event-rate'
import type { PlacedEvent } from '@/lib/domain/safety/place-events'
import type { Grade } from '@/lib/domain/safety/safety-event'
import type { SafetyArm, SafetyMember } from '@/lib/domain/safety/safety-set'
import type { EventCounts, GradeCount } from '@/lib/domain/safety/safety-summary'
import { computeClopperPearson, computeProportion } from '@/lib/domain/statistics/proportion'

/** Days of a year in participant-years. */
export const DAYS_PER_YEAR = 365.25

/** What the counts of an arm are out of. */
export interface ArmBase {
  readonly n: number
  readonly participantYears: number
}

/** An arm with its events told by the data cut. */
export interface CountedArm extends SafetyArm {
  readonly base: ArmBase
  /** On or after the first procedure, or of an onset nobody knows. */
  readonly events: readonly PlacedEvent[]
  readonly notEmergent: readonly PlacedEvent[]
}

/**
 * Participants and participant-years of an arm; members of unknown exposure are in `n` alone.
 * Example: two members of 365 and 366 days → `{ n: 2, participantYears: 2.0014 }`.
 */
export function deriveArmBase({ members }: Pick<SafetyArm, 'members'>): ArmBase {
  const days = members.reduce((sum, member) => sum + (member.exposureDays ?? 0), 0)
  return { n: members.length, participantYears: days / DAYS_PER_YEAR }
}

/**
 * Participants with an event of these, out of the arm, with the exact two-sided 95 % interval (Clopper–Pearson); the
 * events, and their number per participant-year with the exact Poisson interval. Events of participants whose exposure is
 * not known are in no rate. Missing rule: nobody in the arm → `noValues`; no exposure known → `undated`.
 * Source: clinical.md §4. Example: no event among 9 → 0/9, 0 to 33.6 %.
 */
export function countEvents(events: readonly PlacedEvent[], { n, participantYears }: ArmBase): EventCounts {
  const participants = countPeople(events)
  const eventsInRate = events.filter(event => event.member.exposureDays !== null).length
  const rate = participantYears > 0 ? computeEventRate(eventsInRate, participantYears).value : null
  const reason = n === 0 ? 'noValues' : 'undated'
  return {
    participants,
    n,
    ...leafOf('proportion', computeProportion(participants, n)),
    ...leafOf('clopperPearson', computeClopperPearson(participants, n)),
    events: events.length,
    eventsInRate,
    ...(rate
      ? presentLeaf('eventsPerParticipantYear', rate.rate)
      : nullLeaf('eventsPerParticipantYear', reason)),
    ...(rate ? presentLeaf('poisson', rate.ci) : nullLeaf('poisson', reason)),
  }
}

/** Participants among these events, each once. Example: three events of two people → 2. */
export function countPeople(events: readonly Pick<PlacedEvent, 'member'>[]): number {
  return new Set(events.map(({ member }) => member)).size
}

/**
 * Events by grade, and participants by the worst grade of theirs; what is not graded counts only for who has no graded
 * event. Grades without any are left out. Source: convention of safety tables (worst grade per participant and term).
 * Example: one participant with grades 1 and 3 → grade 1: 0 participants, 1 event; grade 3: 1 participant, 1 event.
 */
export function countGrades(events: readonly Pick<PlacedEvent, 'member' | 'grade'>[]): GradeCount[] {
  const worst = new Map<SafetyMember, number>()
  const counts = Array.from({ length: 6 }, () => ({ participants: 0, events: 0 }))
  for (const { member, grade } of events) {
    const rank = grade ?? 0
    const count = counts[rank]
    if (count) count.events += 1
    worst.set(member, Math.max(worst.get(member) ?? 0, rank))
  }
  for (const rank of worst.values()) {
    const count = counts[rank]
    if (count) count.participants += 1
  }
  return [1, 2, 3, 4, 5, 0].flatMap(rank => {
    const count = counts[rank]
    return count && count.events > 0 ? [{ grade: rank === 0 ? null : (rank as Grade), ...count }] : []
  })
}
