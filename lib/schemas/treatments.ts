import { z } from 'zod'
import { joinReason, ReasonParts } from './reason'
import { confirmedQuestions, optionalText, recordVersion, requiredDate, requiredText } from './typed-values'

const participant = {
  study: requiredText('The study is missing. Open the form again.'),
  number: requiredText('The participant is missing. Open the form again.'),
}

const dose = {
  ...participant,
  plan: requiredText('Choose the treatment.'),
  givenOn: requiredDate('Enter the date on which it was given.'),
  location: optionalText(200),
  conditionMet: z
    .enum(['yes', 'no'])
    .optional()
    .transform(answer => (answer === undefined ? null : answer === 'yes')),
  /** Date → whether the forms of that day were taken before the dose; an answer counts for the day it was asked about. */
  before: z
    .record(z.string().max(10), z.array(z.enum(['yes', 'no'], 'Choose before or after.')).max(1))
    .default({})
    .transform(days =>
      Object.fromEntries(Object.entries(days).map(([day, [answer]]) => [day, answer === 'yes'])),
    ),
  /** Field of the dose's form → texts, as `answers.LOT`. */
  answers: z.record(z.string().max(60), z.array(z.string().max(4000)).max(50)).default({}),
  confirm: confirmedQuestions,
}

export const RecordTreatment = z.object(dose)
export type RecordTreatmentInput = z.output<typeof RecordTreatment>

export const CorrectTreatment = z
  .object({ ...dose, version: recordVersion, overVersion: recordVersion.optional(), ...ReasonParts })
  .transform(({ reason, reasonText, version, overVersion, ...rest }) => ({
    ...rest,
    version: overVersion ?? version,
    reason: joinReason({ reason, reasonText }),
  }))
export type CorrectTreatmentInput = z.output<typeof CorrectTreatment>

export const VoidTreatment = z
  .object({
    ...participant,
    treatmentId: z.coerce.number().int().min(1),
    version: recordVersion,
    confirm: confirmedQuestions,
    ...ReasonParts,
  })
  .transform(({ reason, reasonText, ...rest }) => ({ ...rest, reason: joinReason({ reason, reasonText }) }))
export type VoidTreatmentInput = z.output<typeof VoidTreatment>
