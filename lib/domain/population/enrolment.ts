import type { ScreenedPerson } from '@/lib/domain/population/screened-people'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import { addMonths, type CalendarDate } from '@/lib/domain/shared/calendar-date'

/** How recruitment went: persons up to the end of each calendar month, the last up to the data cut. */
export interface Enrolment {
  /** As the protocol plans; null: it does not say. The protocol names no dates for it. */
  readonly planned: number | null
  readonly months: readonly EnrolmentMonth[]
  /** Persons whose day is not known; they are in no month. */
  readonly undated: { readonly screened: number; readonly enrolled: number; readonly treated: number }
}

export interface EnrolmentMonth {
  /** `YYYY-MM`. */
  readonly month: string
  readonly screened: number
  readonly enrolled: number
  /** First dose given; null: the protocol has no treatments. */
  readonly treated: number | null
}

/**
 * Cumulative counts of persons by month, from the first dated screening, enrolment or dose to the month of the cut.
 * Screened: by the first screening; enrolled: by the day of enrolment; treated: by the first dose. Whoever is in the
 * analysis set or not. Missing rule: undated persons are counted apart. Checked by hand in conduct.test.ts.
 * Example: enrolled 3 May, 28 May, 2 June; cut 10 June → May 2, June 3.
 */
export function computeEnrolment(
  protocol: Protocol,
  people: readonly ScreenedPerson[],
  dataCut: CalendarDate,
): Enrolment {
  const hasTreatments = protocol.treatments.length > 0
  const enrolled = people.filter(person => person.isEnrolled)
  const treated = hasTreatments ? enrolled.filter(person => person.doses > 0) : []
  const days = {
    screened: people.map(person => person.firstScreenedOn),
    enrolled: enrolled.map(person => person.record.enrolledOn),
    treated: treated.map(person => person.firstDose),
  }
  const dated = Object.values(days).flatMap(list => list.flatMap(day => day ?? []))
  const [screened, joined, dosed] = [days.screened, days.enrolled, days.treated].map(countByMonth)
  const first = dated.reduce<CalendarDate | null>(
    (least, day) => (least === null || day < least ? day : least),
    null,
  )
  const months: EnrolmentMonth[] = []
  const sums = { screened: 0, enrolled: 0, treated: 0 }
  for (const month of first === null ? [] : listMonths(first, dataCut)) {
    sums.screened += screened?.get(month) ?? 0
    sums.enrolled += joined?.get(month) ?? 0
    sums.treated += dosed?.get(month) ?? 0
    months.push({ month, ...sums, treated: hasTreatments ? sums.treated : null })
  }
  const undated = (list: readonly (CalendarDate | null)[]) => list.filter(day => day === null).length
  return {
    planned: protocol.study.plannedParticipants ?? null,
    months,
    undated: {
      screened: undated(days.screened),
      enrolled: undated(days.enrolled),
      treated: undated(days.treated),
    },
  }
}

function countByMonth(days: readonly (CalendarDate | null)[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const day of days) {
    if (day === null) continue
    const month = day.slice(0, 7)
    counts.set(month, (counts.get(month) ?? 0) + 1)
  }
  return counts
}

function listMonths(first: CalendarDate, last: CalendarDate): string[] {
  const months: string[] = []
  const start = `${first.slice(0, 7)}-01` as CalendarDate
  for (let index = 0; ; index += 1) {
    const month = addMonths(start, index)
    if (month > last) return months
    months.push(month.slice(0, 7))
  }
}
