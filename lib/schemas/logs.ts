import { z } from 'zod'
import { joinReason, ReasonParts } from './reason'
import { confirmedQuestions, recordVersion, requiredText } from './typed-values'

/** Where a log's page lives: the study, the participant's number and the log's part of the address. */
const LogKey = {
  study: requiredText('The study is missing. Open the form again.'),
  number: requiredText('The participant is missing. Open the form again.'),
  log: requiredText('The log is missing. Open the form again.'),
} as const

const MAX_TEXTS = 500

/** What a group of controls posts: member → the texts sent under it. */
const Group = z
  .record(z.string().max(120), z.array(z.string().max(100_000)).max(100))
  .refine(group => Object.keys(group).length <= MAX_TEXTS, 'Too many fields.')

const version = z
  .string()
  .max(12)
  .default('')
  .transform(text => (/^\d{1,9}$/.test(text) ? Number(text) : null))

/** An entry as its form posts it: `answers.<field>` and `answers.<field>.missing` hold what was typed. */
export const SaveLogEntry = z
  .object({
    ...LogKey,
    ...ReasonParts,
    entry: z.union([z.literal('new'), z.coerce.number().int().min(1)]),
    /** Version that was shown; null: a new entry. */
    version,
    answers: Group.default({}),
    confirm: confirmedQuestions,
    goTo: z.enum(['list', 'another']).default('list'),
    /** After a conflict: the version that was shown, and field → whose value stands. */
    '~over': Group.default({}),
    '~pick': Group.default({}),
  })
  .transform(({ reason, reasonText, '~over': over, '~pick': picks, version: shown, ...rest }) => {
    const [overVersion] = over.entry ?? []
    return {
      ...rest,
      reason: joinReason({ reason, reasonText }),
      expectedVersion: version.parse(overVersion) ?? shown,
      /** Fields of which a value was chosen after a conflict. */
      picks: Object.fromEntries(
        Object.entries(picks).map(
          ([field, [text]]) => [field, text === 'stored' ? 'stored' : 'yours'] as const,
        ),
      ),
      isSettling: overVersion !== undefined,
    }
  })
export type SaveLogEntryInput = z.output<typeof SaveLogEntry>

const Mending = {
  ...LogKey,
  ...ReasonParts,
  entry: z.coerce.number().int().min(1),
  version: recordVersion,
  /** After a conflict: the version that was shown with it. */
  overVersion: recordVersion.optional(),
  confirm: confirmedQuestions,
} as const

/** Taking out an entry that was made in error. */
export const VoidLogEntry = z
  .object(Mending)
  .transform(({ reason, reasonText, overVersion, version, ...rest }) => ({
    ...rest,
    version: overVersion ?? version,
    reason: joinReason({ reason, reasonText }),
  }))
export type VoidLogEntryInput = z.output<typeof VoidLogEntry>

/** Putting an entry under the participant whom it is about. */
export const MoveLogEntry = z
  .object({ ...Mending, to: requiredText('Enter the number of the participant whom it is about.', 40) })
  .transform(({ reason, reasonText, overVersion, version, ...rest }) => ({
    ...rest,
    version: overVersion ?? version,
    reason: joinReason({ reason, reasonText }),
  }))
export type MoveLogEntryInput = z.output<typeof MoveLogEntry>
