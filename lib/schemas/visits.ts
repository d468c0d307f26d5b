import { z } from 'zod'
import { type Confirmation, nameKey, readConfirmation } from '@/lib/domain/checks/confirmation'
import { askAboutIdentifiers } from '@/lib/domain/checks/identifiers'
import { FORM_MISSING_REASONS, MISSED_VISIT_REASONS } from '@/lib/domain/shared/missing'
import { formatFormKey, LATERALITIES } from './form-key'
import { joinReason, ReasonParts } from './reason'
import { confirmedQuestions, optionalText } from './typed-values'

/** Where a visit's form lives: the study, the participant's number and the code of the visit. */
export const VisitKey = { study: z.string(), number: z.string(), visit: z.string() } as const

const MAX_FORMS = 60
const MAX_TEXTS = 500

/** Longer than any text that is stored, so that the field says by how much it is too long. */
const MAX_TYPED = 100_000

/** What a group of controls posts: member → the texts sent under it. */
const Group = z.record(z.string().max(120), z.array(z.string().max(MAX_TYPED)).max(50))

/** Keys of confirmed checks; one about a free text holds that text. */
const Confirmed = z.object({ keys: z.array(z.string().max(4200)).max(200).optional() })

/** Settings of the whole page and, where a form differs from it, of that form. `''`: not given. */
const SharedSettings = z.object({
  date: z.string().max(40).default(''),
  mode: z.enum(['', 'clinic', 'phone', 'post', 'proxy'], 'Choose a contact from the list.').default(''),
  source: z
    .enum(['', 'paper', 'interview', 'electronic', 'record'], 'Choose a source from the list.')
    .default(''),
  /** Dosing day only: was the assessment before the treatment? */
  before: z.enum(['', 'yes', 'no'], 'Choose before or after.').default(''),
  version: z.string().max(12).default(''),
})

const PageSettings = SharedSettings.extend({
  /** Why all that is still blank is missing; `''`: it stays blank. */
  rest: z.union([z.literal(''), z.enum(FORM_MISSING_REASONS)], 'Choose a reason from the list.').default(''),
})

/** Contact or source of one form: nobody recorded it, whatever the visit says. */
export const NOT_RECORDED = 'none'

/** `''`: as the visit. */
const FormSettings = SharedSettings.extend({
  mode: z
    .union([SharedSettings.shape.mode, z.literal(NOT_RECORDED)], 'Choose a contact from the list.')
    .default(''),
  source: z
    .union([SharedSettings.shape.source, z.literal(NOT_RECORDED)], 'Choose a source from the list.')
    .default(''),
  notDone: z.string().max(40).default(''),
})

export type FormSettings = z.output<typeof FormSettings>

/** One form as it was typed: its own settings, and its answers by control name. */
export interface TypedForm {
  readonly settings: FormSettings
  /** Version of the stored form that the person saw; null: none was there. */
  readonly expectedVersion: number | null
  readonly raw: Readonly<Record<string, readonly string[]>>
}

/**
 * A whole visit as its page posts it. Groups named after a form hold its answers (`nprs.NPRS_AVG`,
 * `nprs.NPRS_AVG.missing`) and its settings (`nprs.~date`); groups that begin with `~` belong to the page.
 */
export const SaveVisit = z
  .object({
    ...VisitKey,
    ...ReasonParts,
    /** `more:` and the code of a form: another of it is added to the page once this is saved. */
    goTo: z
      .string()
      .regex(/^(list|next|more:[A-Za-z0-9_]{1,40})$/)
      .default('list'),
    /** Code of a form → place and side of the one to be added. */
    '~add': Group.default({}),
    '~side': Group.default({}),
    /** The site that the worklist was limited to. */
    site: z.string().max(40).default(''),
    '~visit': Group.default({}),
    /** `keys`: the soft checks that were confirmed. */
    '~confirm': Confirmed.default({}),
    /** Reasons in one's own words for a confirmation, by `nameKey` of the question. */
    '~note': Group.default({}),
    /** After a conflict: form → stored version that was shown, and field → whose value stands. */
    '~over': Group.default({}),
    '~pick': Group.default({}),
  })
  .catchall(Group)
  .transform((posted, ctx) => {
    const { study, number, visit, goTo, site, reason, reasonText, ...groups } = posted
    const {
      '~visit': page,
      '~confirm': confirmed,
      '~note': notes,
      '~add': add,
      '~side': side,
      '~over': over,
      '~pick': picks,
      ...forms
    } = groups
    if (Object.keys(forms).length > MAX_FORMS) ctx.addIssue({ code: 'custom', message: 'Too many forms.' })
    const typed: Record<string, TypedForm> = {}
    for (const [form, group] of Object.entries(forms as Record<string, z.output<typeof Group>>)) {
      if (Object.keys(group).length > MAX_TEXTS) ctx.addIssue({ code: 'custom', message: 'Too many fields.' })
      const settings = readSettings(FormSettings, group, `${form}.~`, ctx)
      const raw = Object.fromEntries(Object.entries(group).filter(([name]) => !name.startsWith('~')))
      typed[form] = { settings, expectedVersion: versionOf(settings.version), raw }
    }
    const visitSettings = readSettings(PageSettings, tilde(page), '~visit.', ctx)
    return {
      study,
      number,
      visit,
      goTo,
      more: readMore(goTo, add, side),
      site,
      reason: joinReason({ reason, reasonText }),
      page: visitSettings,
      expectedVersion: versionOf(visitSettings.version),
      forms: typed,
      confirmations: readConfirmations(confirmed.keys ?? [], notes, ctx),
      over: Object.fromEntries(
        Object.entries(over).map(([form, [text]]) => [form, versionOf(text ?? '') ?? 0]),
      ),
      picks: Object.fromEntries(
        Object.entries(picks).map(
          ([field, [text]]) => [field, text === 'stored' ? 'stored' : 'yours'] as const,
        ),
      ),
    }
  })

export type SaveVisitInput = z.output<typeof SaveVisit>

/** The key of the form that is to be added; null: none. What is no place is left to the page, which adds none. */
function readMore(
  goTo: string,
  add: Readonly<Record<string, readonly string[]>>,
  side: Readonly<Record<string, readonly string[]>>,
): string | null {
  if (!goTo.startsWith('more:')) return null
  const code = goTo.slice('more:'.length)
  const laterality = LATERALITIES.find(one => one === side[code]?.[0]) ?? ''
  return formatFormKey({ code, location: add[code]?.[0]?.trim() ?? '', laterality, repeat: 1 })
}

const MAX_NOTE = 200

/** What was confirmed and why, by key; a reason in one's own words has to be written and to name nobody. */
function readConfirmations(
  posted: readonly string[],
  notes: Readonly<Record<string, readonly string[]>>,
  ctx: z.core.$RefinementCtx,
): Readonly<Record<string, Confirmation>> {
  const confirmations: Record<string, Confirmation> = {}
  for (const { reason, key } of posted.filter(text => text !== '').map(readConfirmation)) {
    if (reason !== 'other') {
      confirmations[key] = reason
      continue
    }
    const name = nameKey(key)
    const note = notes[name]?.[0]?.trim() ?? ''
    const refuse = (message: string) => ctx.addIssue({ code: 'custom', path: [`~note.${name}`], message })
    const [telling] = askAboutIdentifiers('note', 'the reason', note)
    if (note === '') refuse('Write the reason, or choose one of the list.')
    else if (note.length > MAX_NOTE) refuse(`Use at most ${MAX_NOTE} characters.`)
    else if (telling)
      refuse('The reason seems to identify the participant. Write it without names and numbers.')
    else confirmations[key] = `other: ${note}`
  }
  return confirmations
}

const version = z
  .string()
  .max(12)
  .default('')
  .transform(text => versionOf(text))

/** Declaring a visit missed: a reason of the list, and what there is to say beside it. */
export const MissedVisit = z
  .object({
    ...VisitKey,
    missedReason: z.enum(MISSED_VISIT_REASONS, 'Choose a reason.'),
    note: optionalText(500),
    confirm: confirmedQuestions,
    version,
    site: z.string().max(40).default(''),
  })
  .transform(({ missedReason: reason, version: expectedVersion, ...rest }) => ({
    ...rest,
    reason,
    expectedVersion,
  }))

export type MissedVisitInput = z.output<typeof MissedVisit>

/** Taking back that a visit was declared missed. */
export const TakeBackMissed = z
  .object({ ...VisitKey, ...ReasonParts, confirm: confirmedQuestions, version })
  .transform(({ reason, reasonText, version: expectedVersion, ...rest }, ctx) => {
    const joined = joinReason({ reason, reasonText })
    if (joined === null)
      ctx.addIssue({ code: 'custom', path: ['reason'], message: 'Choose or write a reason.' })
    return { ...rest, expectedVersion, reason: joined }
  })

export type TakeBackMissedInput = z.output<typeof TakeBackMissed>

function versionOf(text: string): number | null {
  return /^\d{1,9}$/.test(text) ? Number(text) : null
}

/** The members of a group that carry `~`, without it. */
function tilde(group: Record<string, string[]>): Record<string, string[]> {
  return Object.fromEntries(Object.entries(group).map(([name, texts]) => [`~${name}`, texts]))
}

function readSettings<S extends z.ZodType>(
  schema: S,
  group: Record<string, string[]>,
  prefix: string,
  ctx: z.core.$RefinementCtx,
): z.output<S> {
  const own = Object.entries(group).flatMap(([name, texts]) =>
    name.startsWith('~') ? [[name.slice(1), texts[0]]] : [],
  )
  const read = schema.safeParse(Object.fromEntries(own))
  if (read.success) return read.data
  for (const issue of read.error.issues) {
    ctx.addIssue({ code: 'custom', path: [`${prefix}${issue.path.join('.')}`], message: issue.message })
  }
  return schema.parse({})
}
