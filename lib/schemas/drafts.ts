import { z } from 'zod'

/** Which form a draft is of: the study, the participant and the place of the form. */
export interface DraftName {
  readonly study: string
  /** Number of the participant; `''` where the form is about none. */
  readonly subject: string
  /**
   * Address of the page below the participant, or below the study where it is about none, and after `#` which of its
   * forms. Example: `visits/M6`, `record#plan-day-zero`, `mend/visits/M6?form=12#void`.
   */
  readonly place: string
}

/** Names of controls → texts, as the form posts them. */
export type DraftFields = Readonly<Record<string, readonly string[]>>

/** What a form is given, so that it can be kept as a draft of the person for whom it was drawn. */
export interface FormDraft extends DraftName {
  readonly owner: number
  /** What this person typed earlier and did not save. */
  readonly kept: { readonly at: string; readonly fields: DraftFields } | null
}

/** One draft as the worklist shows it. */
export interface UnfinishedEntry {
  readonly number: string
  /** The form in words, e.g. `6 months`. */
  readonly what: string
  readonly path: string
  readonly keptAt: string
  /** That its visit was moved since, and what to do; null: it can be gone on with. */
  readonly moved: string | null
  /** Which draft it is, to be discarded there. */
  readonly draft: DraftName & { readonly owner: number }
}

/** Where drafts are posted to, by scripts and by buttons. */
export const DRAFT_ADDRESS = '/api/drafts'

/** Hidden fields that say which draft a form is; they belong to the frame and are never part of it. */
export const DRAFT_FIELDS = {
  study: '_draft.study',
  subject: '_draft.subject',
  place: '_draft.place',
  owner: '_draft.owner',
  discard: '_draft.discard',
  /** Where it was discarded, if not on the page of the form. */
  from: '_draft.from',
} as const

/** The page of the participant itself. */
const RECORD = 'record'
/** The page that makes a participant: it stands below the list of them. */
const REGISTER = 'register'

/** A draft larger than this is no form of ours. */
export const MAX_DRAFT_BYTES = 256 * 1024
const MAX_FIELDS = 2000
const MAX_TEXTS = 200
const MAX_LENGTH = 10_000

/** Segments of an address, none of which leads upwards, and what is chosen on the page. */
const PLACE = /^[\w!~*'()%-][\w.!~*'()%-]*(\/[\w!~*'()%-][\w.!~*'()%-]*)*(\?[\w.*%+=&-]+)?(#[\w-]+)?$/

const Named = z.object({
  study: z.string().min(1).max(40),
  subject: z.string().max(40),
  place: z.string().max(300).regex(PLACE),
})

/** A form's draft as it is posted. Nothing of the frame, no labels and no passwords are kept. */
export const KeepDraft = Named.extend({
  owner: z.coerce.number().int().min(1),
  discard: z.boolean(),
  fields: z
    .record(z.string().max(200), z.array(z.string().max(MAX_LENGTH)).max(MAX_TEXTS))
    .refine(fields => Object.keys(fields).length <= MAX_FIELDS),
})

export type KeepDraftInput = z.output<typeof KeepDraft>

/** The draft of which a form is, where it is kept as one. */
export function readDraftName(form: FormData): DraftName | null {
  const named = Named.safeParse({
    study: form.get(DRAFT_FIELDS.study),
    subject: form.get(DRAFT_FIELDS.subject),
    place: form.get(DRAFT_FIELDS.place),
  })
  return named.success ? named.data : null
}

/** What was typed into a form, without what belongs to its frame. */
export function draftFieldsOf(form: FormData): Record<string, string[]> {
  const fields: Record<string, string[]> = {}
  for (const name of new Set(form.keys())) {
    if (!/^[_$]|password/i.test(name))
      fields[name] = form.getAll(name).filter(value => typeof value === 'string')
  }
  return fields
}

/** `from` of a draft that is discarded on the worklist. */
export const FROM_WORKLIST = 'worklist'

/** Address of the page on which the draft's form stands. */
export function pathOfDraft({ study, subject, place }: DraftName): string {
  const base = `/studies/${encodeURIComponent(study)}`
  const page = place.split('#')[0] ?? ''
  if (subject === '') return page === REGISTER ? `${base}/participants/${page}` : `${base}/${page}`
  const record = `${base}/participants/${encodeURIComponent(subject)}`
  return page === RECORD ? record : `${record}/${page}`
}
