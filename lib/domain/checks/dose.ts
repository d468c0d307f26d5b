import { askAboutIdentifiers } from '@/lib/domain/checks/identifiers'
import type { Answers } from '@/lib/domain/instruments/instrument'
import type { TreatmentPlan } from '@/lib/domain/protocol/protocol'
import type { FieldError, Question } from '@/lib/domain/shared/errors'
import { listDoseFields } from '@/lib/domain/treatments/dose-form'
import { findLongLocations, readLocations } from '@/lib/domain/treatments/locations'

/** A dose this much larger or smaller than planned, in percent, is asked about. */
const ASKED_DEVIATION_PERCENT = 20

/**
 * Refuses places that cannot be single ones: a separator is missing.
 * Example: `L4/L5 and L5/S1 on the left` → one problem at `location`.
 */
export function checkLocations(text: string | null): readonly FieldError[] {
  return findLongLocations(readLocations(text)).map(place => ({
    field: 'location',
    value: place,
    text: `“${place}” is long for one place. Part several with a semicolon, as L4/L5; L5/S1.`,
  }))
}

/**
 * Asks about a dose that differs by 20 % or more from the planned one, and about free text that seems to identify a
 * person. Missing amounts ask nothing. Codes hold the value, so that a changed one is asked again.
 * Example: planned 10 million cells, given 1 → one question at `answers.AMOUNT`.
 */
export function askAboutDose(
  plan: TreatmentPlan,
  answers: Answers,
  location: string | null,
): readonly Question[] {
  const questions: Question[] = [...askAboutIdentifiers('location', 'the place', location)]
  const amount = answers.AMOUNT
  const given = amount && 'value' in amount && typeof amount.value === 'number' ? amount.value : null
  const planned = plan.dose?.value ?? null
  if (given !== null && planned !== null && isFar(given, planned)) {
    const { unit } = plan.dose ?? { unit: '' }
    questions.push({
      code: `doseAmount:${plan.code}=${given}`,
      fields: ['answers.AMOUNT'],
      text: `Check: ${given} ${unit} was given, ${planned} ${unit} is planned.`,
    })
  }
  for (const { code, label, type } of listDoseFields(plan)) {
    const answer = answers[code]
    if (type !== 'text' || !answer || !('value' in answer) || typeof answer.value !== 'string') continue
    questions.push(...askAboutIdentifiers(`answers.${code}`, label.toLowerCase(), answer.value))
  }
  return questions
}

function isFar(given: number, planned: number): boolean {
  return Math.abs(given - planned) * 100 >= ASKED_DEVIATION_PERCENT * planned
}
