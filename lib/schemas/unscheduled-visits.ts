import { z } from 'zod'
import { confirmedQuestions, requiredDate, requiredText } from './typed-values'

/** One box ticked posts a text, several a list, none nothing. */
const ticked = z
  .union([z.string().max(60), z.array(z.string().max(60)).max(100)])
  .optional()
  .transform(value => (value === undefined ? [] : [...new Set([value].flat())]))

export const AddUnscheduledVisit = z.object({
  study: requiredText('The study is missing. Open the form again.'),
  number: requiredText('The participant is missing. Open the form again.'),
  visitDate: requiredDate('Enter the date of the visit.'),
  cause: requiredText('Write why the visit took place.'),
  forms: ticked.transform((forms, context) => {
    if (forms.length === 0) context.addIssue({ code: 'custom', message: 'Choose at least one form.' })
    return forms
  }),
  confirm: confirmedQuestions,
})
export type AddUnscheduledVisitInput = z.output<typeof AddUnscheduledVisit>
