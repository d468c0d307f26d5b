import { z } from 'zod'
import { PAIN_TYPES, SEXES } from './participants'
import { joinReason, ReasonParts } from './reason'
import {
  confirmedQuestions,
  optionalDate,
  optionalText,
  optionalWhole,
  recordVersion,
  requiredDate,
  requiredText,
} from './typed-values'

const Corrected = {
  study: requiredText('The study is missing. Open the form again.'),
  number: requiredText('The participant is missing. Open the form again.'),
  version: recordVersion,
  overVersion: recordVersion.optional(),
  confirm: confirmedQuestions,
  ...ReasonParts,
}

interface Posted {
  readonly version: number
  readonly overVersion?: number | undefined
  readonly reason?: string | undefined
  readonly reasonText?: string | undefined
}

function settle<T extends Posted>({ overVersion, reason, reasonText, ...rest }: T) {
  return { ...rest, version: overVersion ?? rest.version, reason: joinReason({ reason, reasonText }) }
}

/** A choice of a list; blank is null. */
function choice<T extends readonly [string, ...string[]]>(values: T, text: string) {
  return z
    .union([z.enum(values), z.literal('')], { error: text })
    .optional()
    .transform(value => (value ? (value as T[number]) : null))
}

/** The registration as it shall stand. What a file did not bring may stay empty, nothing else. */
export const CorrectRegistration = z
  .object({
    ...Corrected,
    consentVersion: optionalText(40),
    consentDate: optionalDate,
    screenedOn: optionalDate,
    ageAtConsent: optionalWhole('Age'),
    sex: choice(SEXES, 'Choose the sex from the list.'),
    diagnosis: optionalText(200),
    painType: choice(PAIN_TYPES, 'Choose the type of pain from the list.'),
    painDurationMonths: optionalWhole('Duration of pain'),
    level: optionalText(40),
    previousTreatment: optionalText(1000),
    /** Criterion → `yes` or `no`; blank is not answered. */
    eligibility: z
      .record(z.string(), z.array(z.string()))
      .default({})
      .transform(answers =>
        Object.fromEntries(
          Object.entries(answers).flatMap(([code, [answer]]) =>
            answer === 'yes' || answer === 'no' ? [[code, answer === 'yes'] as const] : [],
          ),
        ),
      ),
  })
  .transform(settle)
export type CorrectRegistrationInput = z.output<typeof CorrectRegistration>

export const CorrectAllocation = z
  .object({
    ...Corrected,
    arm: requiredText('Choose the arm.'),
    allocatedOn: requiredDate('Enter the date of allocation.'),
  })
  .transform(settle)
export type CorrectAllocationInput = z.output<typeof CorrectAllocation>
