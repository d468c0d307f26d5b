import { z } from 'zod'
import { joinReason, ReasonParts } from './reason'
import { confirmedQuestions, optionalDate, recordVersion, requiredDate, requiredText } from './typed-values'

const participant = {
  study: requiredText('The study is missing. Open the form again.'),
  number: requiredText('The participant is missing. Open the form again.'),
  /** Of the participant's record. */
  version: recordVersion,
  /** After a conflict: the version that was shown with it. */
  overVersion: recordVersion.optional(),
  confirm: confirmedQuestions,
}

/** Enrolling a screen failure: `reasons.E2` holds why the unmet criterion does not keep the person out. */
export const OverrideEligibility = z
  .object({
    ...participant,
    reasons: z
      .record(
        z.string().max(40),
        z.array(z.string().trim().max(500, 'Use at most 500 characters.')).transform(([text]) => text ?? ''),
      )
      .default({}),
    enrolledOn: requiredDate('Enter the day of enrolment.'),
    plannedDayZero: optionalDate,
  })
  .transform(({ overVersion, ...rest }) => ({ ...rest, version: overVersion ?? rest.version }))
export type OverrideEligibilityInput = z.output<typeof OverrideEligibility>

/** Taking an override back, with the enrolment that followed from it. */
export const VoidOverride = z
  .object({ ...participant, ...ReasonParts })
  .transform(({ reason, reasonText, overVersion, ...rest }) => ({
    ...rest,
    version: overVersion ?? rest.version,
    reason: joinReason({ reason, reasonText }),
  }))
export type VoidOverrideInput = z.output<typeof VoidOverride>
