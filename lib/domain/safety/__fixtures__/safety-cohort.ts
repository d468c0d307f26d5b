/** Hand-built participants and events for tests of safety: what is not named in a test is unremarkable. */
import type { CohortParticipant } from '@/lib/domain/outcomes/cohort-data'
import { computeSafety } from '@/lib/domain/safety/compute-safety'
import type { SafetyData } from '@/lib/domain/safety/safety-data'
import type { SafetyEvent } from '@/lib/domain/safety/safety-event'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'

export const day = (text: string) => text as CalendarDate
export const TREATED = { treatments: [{ code: 'DOSE1', name: 'Dose' }] }
export const CUT = day('2025-12-31')

export function person(participant: number, changes: Partial<CohortParticipant> = {}): CohortParticipant {
  return {
    participant,
    subject: `MEL-00${participant}`,
    site: 'MEL',
    arm: 'A',
    enrolled: true,
    enrolledOn: day('2025-01-01'),
    allocated: true,
    allocatedOn: null,
    dayZero: day('2025-01-01'),
    doses: [{ treatment: 'DOSE1', date: day('2025-01-01') }],
    rescues: [],
    followUpEnd: null,
    imported: false,
    ...changes,
  }
}

export function event(participant: number, changes: Partial<SafetyEvent> = {}): SafetyEvent {
  return {
    participant,
    term: 'Pain flare',
    category: 'painFlare',
    onset: '2025-01-11',
    end: '2025-01-20',
    isOngoing: false,
    grade: 1,
    isSerious: false,
    isFatal: false,
    criteria: [],
    relationToProcedure: 'unrelated',
    relationToProduct: 'unrelated',
    outcome: 'recovered',
    ...changes,
  }
}

export function compute(
  members: readonly CohortParticipant[],
  data: Partial<SafetyData>,
  changes: Partial<Parameters<typeof computeSafety>[0]> = {},
  dataCut = CUT,
) {
  const all = members.map((_, position) => position)
  const cohort = {
    set: { name: 'treated' as const, members },
    arms: [{ code: 'ONE', label: 'Only arm', members: all }],
    namesParticipants: true,
    armsMasked: false,
    ...changes,
  }
  const doses = members.flatMap(({ participant, doses: given }) =>
    given.flatMap(({ date }) => (date === null ? [] : [{ participant, date }])),
  )
  return computeSafety(
    cohort,
    TREATED,
    { events: [], harvests: [], lastVisits: [], ...data, doses: [...doses, ...(data.doses ?? [])] },
    dataCut,
  )
}

export const nine = Array.from({ length: 9 }, (_, index) => person(index + 1))
