import {
  type AppError,
  type ConflictingField,
  describeError,
  type Question,
} from '@/lib/domain/shared/errors'

/**
 * What a form is given back. `idle` before it was sent; `refused` with everything that was typed, so that nothing is
 * lost, and the errors by field name; `done` where the answer is shown in place (a link that is shown once).
 */
export interface FormState {
  readonly status: 'idle' | 'refused' | 'done'
  readonly code: AppError['code'] | null
  readonly message: string | null
  /** Shown once after `done`: a link to hand on. */
  readonly link: string | null
  /** Error text by field name. */
  readonly errors: Readonly<Record<string, string>>
  /** Everything that was typed, by field name. */
  readonly values: Readonly<Record<string, readonly string[]>>
  readonly questions: readonly Question[]
  readonly conflict: {
    readonly fields: readonly ConflictingField[]
    readonly storedVersion: number
    readonly storedVersions?: Readonly<Record<string, number>>
    readonly changedBy: string
    readonly changedAt: string
  } | null
  /** Differs at each answer, so that controls can be drawn afresh with the values that came back. */
  readonly sent: number
}

export const IDLE: FormState = {
  status: 'idle',
  code: null,
  message: null,
  link: null,
  errors: {},
  values: {},
  questions: [],
  conflict: null,
  sent: 0,
}

/** Set by proxy.ts: `yes` where a browser without JavaScript posted a form and is given a page as the answer. */
export const FORM_POST_HEADER = 'x-form-post'

/** Name of the hidden field that carries the submission key. */
export const SUBMISSION_FIELD = '_submission'

/** Name of the hidden field that says for which person the page was drawn. */
export const OWNER_FIELD = '_owner'

/** What begins the name of the hidden field that carries the label of a field, so that an answer can name it. */
export const LABEL_PREFIX = '_label.'

/**
 * A form as an object for zod: `name` → text (list when sent several times), `group.member` → `{ group: { member: [texts] } }`.
 * Names that begin with `_` or `$` belong to the frame and are left out; file fields too.
 */
export function readForm(form: FormData): Record<string, unknown> {
  const plain: Record<string, unknown> = {}
  const groups: Record<string, Record<string, string[]>> = {}
  for (const name of new Set(form.keys())) {
    if (name.startsWith('_') || name.startsWith('$')) continue
    const texts = form.getAll(name).filter(value => typeof value === 'string')
    const dot = name.indexOf('.')
    if (dot < 0) plain[name] = texts.length > 1 ? texts : texts[0]
    else {
      const group = name.slice(0, dot)
      groups[group] = { ...groups[group], [name.slice(dot + 1)]: texts }
    }
  }
  return { ...plain, ...groups }
}

/** Everything typed into a form, by field name, to be shown again; passwords are not sent back. */
export function typedValues(form: FormData): Record<string, string[]> {
  const values: Record<string, string[]> = {}
  for (const name of new Set(form.keys())) {
    if (!name.startsWith('$') && !/password/i.test(name))
      values[name] = form.getAll(name).filter(value => typeof value === 'string')
  }
  return values
}

/** Refusals that say nothing of what was sent: what had been asked before stands. */
const UNJUDGED: ReadonlySet<AppError['code']> = new Set([
  'notSignedIn',
  'busy',
  'notSaved',
  'notReached',
  'unexpected',
])

/** The answer to a form that was not carried out, with everything that was typed. */
export function refusedState(error: AppError, form: FormData, previous: FormState): FormState {
  const errors: Record<string, string> = {}
  if (error.code === 'invalidInput') for (const { field, text } of error.fields) errors[field] ??= text
  if (error.code === 'reasonRequired') errors.reason = 'Choose or write a reason for the change.'
  const asked = UNJUDGED.has(error.code) ? previous : IDLE
  return {
    status: 'refused',
    code: error.code,
    message: describeError(error),
    link: null,
    errors,
    values: typedValues(form),
    questions: error.code === 'unanswered' ? error.questions : asked.questions,
    conflict: error.code === 'conflict' ? error : asked.conflict,
    sent: previous.sent + 1,
  }
}
