import type { Protocol } from '@/lib/domain/protocol/protocol'
import {
  addDays,
  addMonths,
  addOffset,
  type CalendarDate,
  compareDates,
} from '@/lib/domain/shared/calendar-date'
import { DEMO_PAIN_VISITS, DEMO_VISITS, type DemoLater, type DemoParticipant, type DemoVisit } from './cohort'

/** Days of one of the nine: all follow from the reference date. */
export interface DemoTimeline {
  readonly consent: CalendarDate
  readonly dayZero: CalendarDate
  readonly secondDose: CalendarDate | null
  readonly visits: Readonly<Record<DemoVisit, CalendarDate>>
}

const FOLLOWED_MONTHS = 24
const CONSENT_BEFORE_BASELINE_DAYS = 9
const SECOND_DOSE_AFTER_VISIT_DAYS = 9
const HARVEST_BEFORE_DOSE_DAYS = 21

/** Weeks of culture lie between harvest and dose. Example: day zero 2024-11-21 → 2024-10-31. */
export function deriveHarvestDay(dayZero: CalendarDate): CalendarDate {
  return addDays(dayZero, -HARVEST_BEFORE_DOSE_DAYS)
}

/**
 * First dose 24 months before the reference date, shifted; the second dose follows the 6-month visit, and not before
 * 6 months. Example: reference 2026-11-21, shift 0 → day zero 2024-11-21.
 */
export function deriveTimeline(
  protocol: Pick<Protocol, 'visits'>,
  person: DemoParticipant,
  reference: CalendarDate,
): DemoTimeline {
  const dayZero = addDays(addMonths(reference, -FOLLOWED_MONTHS), person.doseShiftDays)
  const visits = Object.fromEntries(
    DEMO_VISITS.map(code => {
      const plan = protocol.visits.find(visit => visit.code === code)
      if (!plan) throw new Error(`the demonstration protocol has no visit ${code}`)
      return [
        code,
        addDays(addOffset(dayZero, plan.target), person.lateDays[DEMO_PAIN_VISITS.indexOf(code)] ?? 0),
      ]
    }),
  ) as Record<DemoVisit, CalendarDate>
  const sixMonths = addMonths(dayZero, 6)
  const isLate = compareDates(visits.M6, sixMonths) > 0
  const after = isLate ? visits.M6 : sixMonths
  return {
    consent: addDays(visits.BL, -CONSENT_BEFORE_BASELINE_DAYS),
    dayZero,
    secondDose: person.secondDose ? addDays(after, SECOND_DOSE_AFTER_VISIT_DAYS) : null,
    visits,
  }
}

export interface DemoLaterTimeline {
  readonly consent: CalendarDate
  readonly plannedDayZero: CalendarDate | null
  readonly dayZero: CalendarDate | null
  readonly baseline: CalendarDate | null
  /** The safety contact a week after the dose. */
  readonly week: CalendarDate | null
}

const BASELINE_BEFORE_DOSE_DAYS = 28

/** Days of a later registration, counted back from the reference date. */
export function deriveLaterTimeline(person: DemoLater, reference: CalendarDate): DemoLaterTimeline {
  const dayZero = person.dosedDaysAgo === null ? null : addDays(reference, -person.dosedDaysAgo)
  const planned = person.plannedDoseInDays === null ? null : addDays(reference, person.plannedDoseInDays)
  return {
    consent: addDays(reference, -person.consentDaysAgo),
    plannedDayZero: planned ?? dayZero,
    dayZero,
    baseline:
      person.baseline === null || dayZero === null ? null : addDays(dayZero, -BASELINE_BEFORE_DOSE_DAYS),
    week: dayZero === null ? null : addDays(dayZero, 7),
  }
}
