import type { PopulationData, ScreenedRecord } from '@/lib/domain/population/population-data'
import { deriveFollowUpEnd, type EndReason } from '@/lib/domain/protocol/follow-up'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import { spanOf } from '@/lib/domain/shared/partial-date'

/** A person as they stood at the data cut, screened once or several times. */
export interface ScreenedPerson {
  /** The last screening of the person up to the cut. */
  readonly record: ScreenedRecord
  readonly screenings: number
  /** Day of the first screening; null: not known. */
  readonly firstScreenedOn: CalendarDate | null
  readonly isEnrolled: boolean
  /** Accepted, but enrolled only after the cut. */
  readonly isInScreening: boolean
  readonly isAllocated: boolean
  readonly doses: number
  /** Day of the first dose; null: none, or its day is not known. */
  readonly firstDose: CalendarDate | null
  readonly left: EndReason | null
  /** Code of the cause recorded with it. */
  readonly cause: string | null
}

/**
 * Everybody screened by the data cut, each person once: who was screened again stands by the last screening. What is
 * dated after the cut has not happened; what is undated has. In order of first screening's record.
 * Source: clinical.md §3, screening and age; data cut. Checked against hand counts in flow.test.ts.
 * Example: a failure in March, rescreened and enrolled in May → one person, enrolled, `screenings: 2`.
 */
export function deriveScreenedPeople({
  people,
  dataCut,
}: Pick<PopulationData, 'people' | 'dataCut'>): ScreenedPerson[] {
  const byParticipant = new Map(people.map(record => [record.participant, record]))
  const rootOf = (record: ScreenedRecord): number => {
    const seen = new Set<number>()
    let at = record
    while (at.rescreenOf !== null && !seen.has(at.participant)) {
      seen.add(at.participant)
      const earlier = byParticipant.get(at.rescreenOf)
      // An earlier record that may not be used still names the person; one that was enrolled counts for itself.
      if (!earlier) return at.rescreenOf
      if (earlier.outcome === 'enrolled') return at.participant
      at = earlier
    }
    return at.participant
  }
  const persons = new Map<number, ScreenedRecord[]>()
  for (const record of people) {
    if (isAfter(record.screenedOn ?? record.enrolledOn, dataCut)) continue
    const root = record.rescreenOf === null ? record.participant : rootOf(record)
    const known = persons.get(root)
    if (known) known.push(record)
    else persons.set(root, [record])
  }
  return [...persons.values()].map(records => toPerson(records, dataCut))
}

function toPerson(records: readonly ScreenedRecord[], dataCut: CalendarDate): ScreenedPerson {
  const [first] = records
  const record = records.reduce((last, next) => (next.participant > last.participant ? next : last))
  const isEnrolled = record.outcome === 'enrolled' && !isAfter(record.enrolledOn, dataCut)
  const doses = record.doseDates.filter(date => !isAfter(date, dataCut))
  const departures = record.departures.filter(({ date }) => spanOf(date).first <= dataCut)
  const consents = record.consentDates.filter(date => date <= dataCut)
  const left = departures.length === 0 ? null : (deriveFollowUpEnd(departures, consents)?.reason ?? null)
  return {
    record,
    screenings: records.length,
    firstScreenedOn: first?.screenedOn ?? first?.enrolledOn ?? null,
    isEnrolled,
    isInScreening: record.outcome === 'enrolled' && !isEnrolled,
    isAllocated: isEnrolled && record.allocated && !isAfter(record.allocatedOn, dataCut),
    doses: doses.length,
    firstDose: doses.find(date => date !== null) ?? null,
    left,
    cause:
      left === null ? null : (departures.findLast(departure => endsBy(departure.kind, left))?.cause ?? null),
  }
}

function endsBy(kind: ScreenedRecord['departures'][number]['kind'], reason: EndReason): boolean {
  if (reason === 'died') return kind === 'death'
  if (reason === 'lost') return kind === 'lost'
  return kind === 'followUp' || kind === 'consent' || kind === 'noFurtherUse'
}

function isAfter(date: CalendarDate | null, dataCut: CalendarDate): boolean {
  return date !== null && date > dataCut
}
