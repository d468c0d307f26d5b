import { formatDay } from '@/lib/domain/checks/day-text'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { FieldError } from '@/lib/domain/shared/errors'

/** What is entered when a participant is registered, as far as it can be wrong. */
export interface RegistrationFacts {
  readonly consentVersion: string
  readonly consentDate: CalendarDate
  readonly screenedOn: CalendarDate
  /** Criterion code → whether it is met (inclusion) or present (exclusion). */
  readonly eligibility: Readonly<Record<string, boolean>>
  /** Completed years at consent. */
  readonly ageAtConsent: number
  readonly painDurationMonths: number | null
  readonly plannedDayZero: CalendarDate | null
}

export type ScreeningOutcome = 'enrolled' | 'screenFailure' | 'declined'

/**
 * Hard checks of a registration: what is refused, at which field, with the value and what to do. Empty = nothing wrong.
 * Dates are compared on the calendar of the site (`today`). Every criterion of the protocol wants an answer and no other
 * criterion has one. Source: clinical.md §3, screening and age.
 * Example: consent on 2024-01-09 to a version approved on 2024-01-10 → one problem at `consentDate`.
 */
export function checkRegistration(
  protocol: Pick<Protocol, 'consents' | 'eligibility'>,
  facts: RegistrationFacts,
  today: CalendarDate,
): readonly FieldError[] {
  return [
    ...checkConsent(protocol, facts, today),
    ...checkCriteria(protocol, facts.eligibility),
    ...checkRegistrationRange('ageAtConsent', facts.ageAtConsent),
    ...checkRegistrationRange('painDurationMonths', facts.painDurationMonths),
    ...checkScreening(facts, today),
    ...checkPlannedDayZero(facts.plannedDayZero, facts.consentDate),
  ]
}

const RANGES = {
  ageAtConsent: { label: 'Age', unit: 'years', max: 130 },
  painDurationMonths: { label: 'Duration of pain', unit: 'months', max: 1200 },
} as const

/**
 * Age in completed years, 0 to 130, or duration of pain in months, 0 to 1200: a whole number. It needs no other field, so
 * that it can be told beside values that could not be read. Null gives no problem. Source: clinical.md §3, age.
 * Example: age 131 → one problem at `ageAtConsent`.
 */
export function checkRegistrationRange(
  field: keyof typeof RANGES,
  value: number | null,
): readonly FieldError[] {
  const { label, unit, max } = RANGES[field]
  if (value === null || (Number.isInteger(value) && value >= 0 && value <= max)) return []
  const text = `${label} is ${value}, but must be a whole number from 0 to ${max} ${unit}. Correct it.`
  return [{ field, value: String(value), text }]
}

/**
 * Screened, and with what result. Any inclusion criterion not met or exclusion criterion present is a screen failure,
 * also where the person would not have taken part; eligible but not taking part is `declined`.
 * Example: all met, `takesPart` false → `'declined'`.
 */
export function deriveScreeningOutcome(
  protocol: Pick<Protocol, 'eligibility'>,
  eligibility: Readonly<Record<string, boolean>>,
  takesPart: boolean,
): ScreeningOutcome {
  const fails =
    protocol.eligibility.inclusion.some(({ code }) => !eligibility[code]) ||
    protocol.eligibility.exclusion.some(({ code }) => eligibility[code])
  if (fails) return 'screenFailure'
  return takesPart ? 'enrolled' : 'declined'
}

/**
 * A planned day zero lies on or after consent; null, and a consent that is not known, give no problem.
 * Example: consent 2024-05-02, planned 2024-05-01 → one problem at `plannedDayZero`.
 */
export function checkPlannedDayZero(
  planned: CalendarDate | null,
  consentDate: CalendarDate | null,
): readonly FieldError[] {
  if (planned === null || consentDate === null || planned >= consentDate) return []
  const text = `Planned day zero ${formatDay(planned)} is before consent on ${formatDay(consentDate)}. Enter a later date.`
  return [{ field: 'plannedDayZero', value: planned, text }]
}

function checkConsent(
  protocol: Pick<Protocol, 'consents'>,
  { consentVersion, consentDate }: RegistrationFacts,
  today: CalendarDate,
): readonly FieldError[] {
  if (consentDate > today) {
    const text = `Consent is dated ${formatDay(consentDate)}, which is after today at the site, ${formatDay(today)}. Correct the date.`
    return [{ field: 'consentDate', value: consentDate, text }]
  }
  // Without a list the version is taken as written.
  if (protocol.consents.length === 0) return []
  const consent = protocol.consents.find(({ version }) => version === consentVersion)
  if (!consent) {
    const known = protocol.consents.map(({ version }) => version).join(', ')
    const text = `Consent version ${consentVersion} is not one of this protocol (${known}). Choose the version signed.`
    return [{ field: 'consentVersion', value: consentVersion, text }]
  }
  if (consentDate >= consent.approvedOn) return []
  const text = `Consent is dated ${formatDay(consentDate)}, but version ${consent.version} was approved on ${formatDay(consent.approvedOn)}. Correct the date, or choose the version signed.`
  return [{ field: 'consentDate', value: consentDate, text }]
}

function checkCriteria(
  { eligibility }: Pick<Protocol, 'eligibility'>,
  answers: Readonly<Record<string, boolean>>,
): readonly FieldError[] {
  const criteria = [...eligibility.inclusion, ...eligibility.exclusion]
  const open = criteria.filter(({ code }) => answers[code] === undefined)
  const unknown = Object.keys(answers).filter(code => !criteria.some(criterion => criterion.code === code))
  return [
    ...open.map(({ code, text }) => ({
      field: `eligibility.${code}`,
      value: '',
      text: `${code}, “${text}”, is not answered. Answer yes or no.`,
    })),
    ...unknown.map(code => ({
      field: `eligibility.${code}`,
      value: code,
      text: `${code} is not a criterion of this protocol. Open the form again.`,
    })),
  ]
}

function checkScreening(
  { screenedOn, consentDate }: RegistrationFacts,
  today: CalendarDate,
): readonly FieldError[] {
  const field = 'screenedOn'
  if (screenedOn < consentDate) {
    const text = `Eligibility was decided on ${formatDay(screenedOn)}, before consent on ${formatDay(consentDate)}. Correct one of the dates.`
    return [{ field, value: screenedOn, text }]
  }
  if (screenedOn <= today) return []
  const text = `Eligibility is dated ${formatDay(screenedOn)}, which is after today at the site, ${formatDay(today)}. Correct the date.`
  return [{ field, value: screenedOn, text }]
}
