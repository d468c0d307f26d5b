import { z } from 'zod'
import { joinReason, ReasonParts } from './reason'
import { confirmedQuestions, recordVersion, requiredText } from './typed-values'

/** Chosen as the visit to move to: one that does not exist yet. */
export const NEW_UNSCHEDULED = 'UNS-new'

/** The record and what was seen of it: every form that mends posts these. */
const Mended = {
  study: requiredText('The study is missing. Open the form again.'),
  number: requiredText('The participant is missing. Open the form again.'),
  /** Stands for all that the page showed of the records concerned. */
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

/** Every mend wants a reason, even of what was empty. */
function settle<T extends Posted>(posted: T, context: z.core.$RefinementCtx) {
  const { overVersion, reason, reasonText, ...rest } = posted
  const joined = joinReason({ reason, reasonText })
  if (joined === null)
    context.addIssue({ code: 'custom', path: ['reason'], message: 'Choose or write a reason.' })
  return { ...rest, version: overVersion ?? posted.version, reason: joined ?? '' }
}

const visit = requiredText('The visit is missing. Open the form again.')
const formId = z.coerce.number({ error: 'The form is missing. Open the page again.' }).int().min(1)

const Target = {
  toNumber: requiredText('Enter the number of the participant.'),
  toVisit: requiredText('Choose the visit.'),
  /** Asked where the new place has a dose on the day of a form. */
  before: z.enum(['', 'yes', 'no'], { error: 'Choose before or after.' }).default(''),
}

export const MoveVisit = z
  .object({ ...Mended, visit, ...Target, exchange: z.literal('yes').optional() })
  .transform(({ exchange, ...posted }, context) => ({
    ...settle(posted, context),
    exchange: exchange === 'yes',
  }))
export type MoveVisitInput = z.output<typeof MoveVisit>

export const MoveForm = z.object({ ...Mended, visit, formId, ...Target }).transform(settle)
export type MoveFormInput = z.output<typeof MoveForm>

/** A dose: its day goes along, so that only whose it is can be chosen. */
export const MoveDose = z
  .object({
    ...Mended,
    treatmentId: z.coerce.number({ error: 'The dose is missing. Open the page again.' }).int().min(1),
    toNumber: Target.toNumber,
    before: Target.before,
  })
  .transform(settle)
export type MoveDoseInput = z.output<typeof MoveDose>

export const VoidVisit = z.object({ ...Mended, visit }).transform(settle)
export type VoidVisitInput = z.output<typeof VoidVisit>

export const VoidForm = z.object({ ...Mended, visit, formId }).transform(settle)
export type VoidFormInput = z.output<typeof VoidForm>

export const VoidParticipant = z.object(Mended).transform(settle)
export type VoidParticipantInput = z.output<typeof VoidParticipant>

export const LinkDuplicate = z
  .object({ ...Mended, keptNumber: requiredText('Enter the number that stays.') })
  .transform(settle)
export type LinkDuplicateInput = z.output<typeof LinkDuplicate>

/** What the page that follows a move is told: what was done, and from where. An address is never an error. */
export const MendedQuery = z.object({
  mended: z.enum(['moved', 'exchanged', 'formMoved', 'doseMoved']).nullable().catch(null),
  from: z.string().max(40).catch(''),
  fromVisit: z.string().max(40).catch(''),
})
export type MendedQueryInput = z.output<typeof MendedQuery>

/** Where the page of a move begins: what is chosen so far. An address is never an error. */
export const MendQuery = z.object({
  form: z.coerce.number().int().min(1).nullable().catch(null),
  toNumber: z.string().trim().max(40).catch(''),
  toVisit: z.string().trim().max(40).catch(''),
})
export type MendQueryInput = z.output<typeof MendQuery>
