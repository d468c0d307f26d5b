import { z } from 'zod'
import { requiredDate, requiredText } from './typed-values'

export const RecordAllocation = z.object({
  study: requiredText('The study is missing. Open the form again.'),
  number: requiredText('The participant is missing. Open the form again.'),
  arm: requiredText('Choose the arm.'),
  allocatedOn: requiredDate('Enter the date of allocation.'),
})
export type RecordAllocationInput = z.output<typeof RecordAllocation>
