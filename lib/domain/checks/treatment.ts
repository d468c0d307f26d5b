import { formatDay } from '@/lib/domain/checks/day-text'
import type { Protocol, TreatmentPlan } from '@/lib/domain/protocol/protocol'
import { addOffset, type CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { FieldError, Question } from '@/lib/domain/shared/errors'

/** A dose to be recorded, and the doses recorded so far. */
export interface TreatmentFacts {
  readonly plan: string
  readonly givenOn: CalendarDate
  /** Whether the condition that the protocol sets for this dose was met; null: not answered. */
  readonly conditionMet: boolean | null
  readonly given: readonly { readonly plan: string; readonly givenOn: CalendarDate }[]
  /** Null: not in the source. */
  readonly consentDate: CalendarDate | null
}

type Plans = Pick<Protocol, 'treatments'>

/**
 * Hard checks of a dose: unknown to the protocol, given already, dated before consent or after today at the site, out of
 * order with the other doses, its condition not answered. Each names field, value and what to do. Empty = nothing wrong.
 * Source: clinical.md §3, day zero and dates; protocols/README.md, `treatments`.
 * Example: second dose without a first → one problem at `plan`.
 */
export function checkTreatment(
  protocol: Plans,
  facts: TreatmentFacts,
  today: CalendarDate,
): readonly FieldError[] {
  const plan = protocol.treatments.find(({ code }) => code === facts.plan)
  const at = (field: string, value: string, text: string): FieldError => ({ field, value, text })
  if (!plan)
    return [
      at('plan', facts.plan, `${facts.plan} is not a treatment of this protocol. Choose one of the list.`),
    ]
  const day = formatDay(facts.givenOn)
  const earlier = facts.given.find(dose => dose.plan === plan.code)
  if (earlier) {
    const text = `${plan.name} is recorded already, on ${formatDay(earlier.givenOn)}. Void that record first if it is wrong.`
    return [at('plan', plan.code, text)]
  }
  const problems: FieldError[] = []
  const missing = requiredBefore(protocol, plan).find(
    ({ code }) => !facts.given.some(dose => dose.plan === code),
  )
  if (missing)
    problems.push(at('plan', plan.code, `${plan.name} needs ${missing.name} before it. Record that first.`))
  if (facts.givenOn > today) {
    const text = `${day} is after today at the site, ${formatDay(today)}. A treatment is recorded once it was given.`
    problems.push(at('givenOn', facts.givenOn, text))
  }
  if (facts.consentDate !== null && facts.givenOn < facts.consentDate) {
    const text = `${day} is before consent on ${formatDay(facts.consentDate)}. Correct the date.`
    problems.push(at('givenOn', facts.givenOn, text))
  }
  const disorder = outOfOrder(protocol, plan, facts)
  if (disorder) problems.push(at('givenOn', facts.givenOn, disorder))
  if (plan.condition !== undefined && facts.conditionMet === null) {
    problems.push(at('conditionMet', '', `Say whether the condition was met: ${plan.condition}.`))
  }
  return problems
}

/**
 * Refuses a dose dated after the participant withdrew from treatment or left follow-up. Null: did neither.
 * Source: clinical.md §3, leaving. Example: withdrawn on 1 Jun 2024, dose of 2 Jun 2024 → one problem at `givenOn`.
 */
export function checkDoseAfterLeaving(
  givenOn: CalendarDate,
  treatmentEnd: CalendarDate | null,
): readonly FieldError[] {
  if (treatmentEnd === null || givenOn <= treatmentEnd) return []
  const text = `${formatDay(givenOn)} is after the participant withdrew from treatment or left follow-up (${formatDay(treatmentEnd)}). Only earlier doses can be recorded.`
  return [{ field: 'givenOn', value: givenOn, text }]
}

/**
 * Soft checks of a dose that passed the hard ones: earlier than the protocol allows, or given though its condition was
 * not met. Codes hold the date, so that a changed date is asked again.
 * Example: first dose 2024-05-02, second 2024-10-01, `notBefore` 6 months → one question at `givenOn`.
 */
export function askAboutTreatment(protocol: Plans, facts: TreatmentFacts): readonly Question[] {
  const plan = protocol.treatments.find(({ code }) => code === facts.plan)
  if (!plan) return []
  const questions: Question[] = []
  const first = facts.given.map(dose => dose.givenOn).toSorted()[0]
  const from = plan.notBefore && first ? addOffset(first, plan.notBefore) : null
  if (from !== null && facts.givenOn < from) {
    questions.push({
      code: `earlyDose:${facts.plan}=${facts.givenOn}`,
      fields: ['givenOn'],
      text: `Check: ${formatDay(facts.givenOn)} is before ${formatDay(from)}, the first day on which the protocol allows ${plan.name.toLowerCase()}.`,
    })
  }
  if (plan.condition !== undefined && facts.conditionMet === false) {
    questions.push({
      code: `conditionNotMet:${facts.plan}=${facts.givenOn}`,
      fields: ['conditionMet'],
      text: `Check: the protocol gives ${plan.name.toLowerCase()} only with ${plan.condition}, which was not met.`,
    })
  }
  return questions
}

/**
 * The question whether forms dated on the day of a dose were taken before it, which decides whether their values can be
 * baseline: it wants yes or no, so that a confirmation alone does not answer it. No form → no question. The code holds
 * the date. Source: clinical.md §3, day zero and baseline.
 * Example: NPRS and ODI dated 10 Feb 2026, the day of the first injection → one question at `before.2026-02-10`.
 */
export function askAboutFormsOfDay(givenOn: CalendarDate, forms: readonly string[]): readonly Question[] {
  if (forms.length === 0) return []
  const text = `Check: ${forms.join(', ')} of ${formatDay(givenOn)}. Were these taken before the dose?`
  return [{ code: `${DOSING_DAY}${givenOn}`, fields: [`before.${givenOn}`], text }]
}

/** How the code of that question begins. */
export const DOSING_DAY = 'dosingDay:'

/** The first treatment precedes all; of the others, those that are not optional precede what comes after them. */
function requiredBefore(protocol: Plans, plan: TreatmentPlan): readonly TreatmentPlan[] {
  const position = protocol.treatments.indexOf(plan)
  return protocol.treatments.slice(0, position).filter((earlier, index) => index === 0 || !earlier.optional)
}

function outOfOrder(protocol: Plans, plan: TreatmentPlan, facts: TreatmentFacts): string | null {
  const order = (code: string) => protocol.treatments.findIndex(candidate => candidate.code === code)
  for (const dose of facts.given) {
    const name = protocol.treatments[order(dose.plan)]?.name ?? dose.plan
    const isEarlier = order(dose.plan) < order(plan.code)
    if (isEarlier ? facts.givenOn <= dose.givenOn : facts.givenOn >= dose.givenOn) {
      const relation = isEarlier ? 'is not after' : 'is not before'
      return `${formatDay(facts.givenOn)} ${relation} ${name} on ${formatDay(dose.givenOn)}. Correct the date.`
    }
  }
  return null
}
