import type { Protocol, TreatmentPlan } from '@/lib/domain/protocol/protocol'
import { addOffset, type CalendarDate, compareDates, daysBetween } from '@/lib/domain/shared/calendar-date'

/** A treatment given; a null date is *given, date not known*. */
export interface GivenDose {
  readonly treatment: string
  readonly date: CalendarDate | null
}

export interface DoseState {
  /** Doses given up to the date: 0 before the first; null where dates do not tell. */
  readonly doseNumber: number | null
  /** 0 on the dosing day; null before the first dose and where dates do not tell. */
  readonly daysSinceLastDose: number | null
}

/**
 * How many doses a participant had on a date, and how long ago the last one was: the second time axis.
 * On a dosing day the dose counts as given, unless the value was recorded as taken before it (`beforeTreatment`).
 * Missing: an undated dose counts as given where a later treatment of the protocol was given by then, as not yet
 * given where an earlier one was still to come; otherwise number and days are null. Date null → both null.
 * Source: clinical.md §3, intercurrent events. Windows never follow it (`deriveSchedule`).
 * Example: doses 2024-05-02 and 2024-11-20, date 2024-12-01 → `{ doseNumber: 2, daysSinceLastDose: 11 }`.
 */
export function deriveDoseState(
  protocol: Pick<Protocol, 'treatments'>,
  doses: readonly GivenDose[],
  date: CalendarDate | null,
  beforeTreatment = false,
): DoseState {
  const unknown = { doseNumber: null, daysSinceLastDose: null }
  if (date === null) return unknown
  const order = (dose: GivenDose) => protocol.treatments.findIndex(plan => plan.code === dose.treatment)
  const isGiven = (given: CalendarDate) => given < date || (given === date && !beforeTreatment)
  const given = doses.flatMap(dose => (dose.date && isGiven(dose.date) ? [{ dose, date: dose.date }] : []))
  const toCome = doses.filter(dose => dose.date && !isGiven(dose.date))
  let undatedGiven = 0
  for (const dose of doses.filter(candidate => candidate.date === null)) {
    if (given.some(other => order(other.dose) > order(dose))) undatedGiven++
    else if (!toCome.some(other => order(other) < order(dose))) return unknown
  }
  const last = given
    .map(dose => dose.date)
    .toSorted(compareDates)
    .at(-1)
  const daysSinceLastDose = last === undefined ? null : daysBetween(last, date)
  return { doseNumber: given.length + undatedGiven, daysSinceLastDose }
}

export interface TreatmentOffer {
  readonly treatment: TreatmentPlan
  /** First day on which the protocol allows it; null: no such day is set, or it cannot be computed. */
  readonly from: CalendarDate | null
  /** May be recorded on the date asked about. */
  readonly isOpen: boolean
}

/**
 * The treatments of the protocol that a participant has not had, in protocol order, and from when each is allowed.
 * The first treatment is open from the start; a treatment with `notBefore` opens that long after the first dose,
 * never before a first dose was given. A first dose without a date leaves `from` null and the offer open.
 * Source: protocols/README.md, `notBefore` (months clamped to month end).
 * Example: first dose 2024-08-31, second `notBefore` 6 months → from 2025-02-28.
 */
export function deriveTreatmentOffers(
  protocol: Pick<Protocol, 'treatments'>,
  doses: readonly GivenDose[],
  date: CalendarDate,
): readonly TreatmentOffer[] {
  const dates = doses.flatMap(dose => (dose.date ? [dose.date] : []))
  const firstDose = dates.length === doses.length ? dates.toSorted(compareDates)[0] : undefined
  return protocol.treatments
    .filter(plan => !doses.some(dose => dose.treatment === plan.code))
    .map(treatment => {
      if (!treatment.notBefore) return { treatment, from: null, isOpen: true }
      const from = firstDose === undefined ? null : addOffset(firstDose, treatment.notBefore)
      return { treatment, from, isOpen: doses.length > 0 && (from === null || date >= from) }
    })
}
