import { formatDay } from '@/lib/domain/checks/day-text'
import type { Criterion, Protocol } from '@/lib/domain/protocol/protocol'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { FieldError } from '@/lib/domain/shared/errors'

/**
 * The criteria that keep a person out, in protocol order: inclusion not met, exclusion present. A criterion that was not
 * answered keeps out as one that is not met, since nobody said otherwise.
 * Source: clinical.md §3, screening. Example: I1 met, E1 present → `[E1]`.
 */
export function listUnmetCriteria(
  { eligibility }: Pick<Protocol, 'eligibility'>,
  answers: Readonly<Record<string, boolean>>,
): readonly Criterion[] {
  return [
    ...eligibility.inclusion.filter(({ code }) => answers[code] !== true),
    ...eligibility.exclusion.filter(({ code }) => answers[code] !== false),
  ]
}

export interface OverrideFacts {
  readonly unmet: readonly Criterion[]
  /** Criterion code → why it does not keep the person out. */
  readonly reasons: Readonly<Record<string, string>>
  readonly enrolledOn: CalendarDate
  readonly consentDate: CalendarDate
  readonly screenedOn: CalendarDate | null
  readonly today: CalendarDate
}

/**
 * Hard checks of an override: a reason for each unmet criterion and for no other; enrolment not before consent or the day
 * on which eligibility was decided, and not after today at the site. Empty = nothing wrong.
 * Example: E1 unmet, no reason → one problem at `reasons.E1`.
 */
export function checkOverride(facts: OverrideFacts): readonly FieldError[] {
  const { unmet, reasons, enrolledOn, consentDate, screenedOn, today } = facts
  const lacking = unmet
    .filter(({ code }) => (reasons[code] ?? '').trim() === '')
    .map(({ code, text }) => ({
      field: `reasons.${code}`,
      value: '',
      text: `Say why ${code}, “${text}”, does not keep the person out.`,
    }))
  const unknown = Object.keys(reasons)
    .filter(code => !unmet.some(criterion => criterion.code === code))
    .map(code => ({
      field: `reasons.${code}`,
      value: code,
      text: `${code} keeps nobody out here. Open the form again.`,
    }))
  return [...lacking, ...unknown, ...checkEnrolment(enrolledOn, consentDate, screenedOn, today)]
}

function checkEnrolment(
  enrolledOn: CalendarDate,
  consentDate: CalendarDate,
  screenedOn: CalendarDate | null,
  today: CalendarDate,
): readonly FieldError[] {
  const at = (text: string) => [{ field: 'enrolledOn', value: enrolledOn, text }]
  const day = formatDay(enrolledOn)
  if (enrolledOn > today)
    return at(`${day} is after today at the site (${formatDay(today)}). Correct the date.`)
  if (enrolledOn < consentDate)
    return at(`${day} is before consent (${formatDay(consentDate)}). Correct the date.`)
  if (screenedOn !== null && enrolledOn < screenedOn)
    return at(`${day} is before eligibility was decided (${formatDay(screenedOn)}). Correct the date.`)
  return []
}
