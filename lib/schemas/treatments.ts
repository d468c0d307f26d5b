import { z } from 'zod'
import { joinReason, ReasonParts } from './reason'
import { confirmedQuestions, optionalText, recordVersion, requiredDate, requiredText } from './typed-values'

const participant = {
  study: requiredText('The study is missing. Open the form again.'),
  number: requiredText('The participant is missing. Open the form again.'),
}

export const RecordTreatment = z.object({
  ...participant,
  plan: requiredText('Choose the treatment.'),
  givenOn: requiredDate('Enter the date on which it was given.'),
  location: optionalText(40),
  conditionMet: z
    .enum(['yes', 'no'])
    .optional()
    .transform(answer => (answer === undefined ? null : answer === 'yes')),
  confirm: confirmedQuestions,
})
export type RecordTreatmentInput = z.output<typeof RecordTreatment>

export const VoidTreatment = z
  .object({
    ...participant,
    treatmentId: z.coerce.number().int().min(1),
    version: recordVersion,
    ...ReasonParts,
  })
  .transform(({ reason, reasonText, ...rest }) => ({ ...rest, reason: joinReason({ reason, reasonText }) }))
export type VoidTreatmentInput = z.output<typeof VoidTreatment>
