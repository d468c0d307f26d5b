import { revalidatePath } from 'next/cache'
import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import type { z } from 'zod'
import type { AppError, FieldError } from '@/lib/domain/shared/errors'
import { err, type Result } from '@/lib/domain/shared/result'
import { readDraftName } from '@/lib/schemas/drafts'
import {
  type FormState,
  IDLE,
  OWNER_FIELD,
  readForm,
  refusedState,
  SUBMISSION_FIELD,
  typedValues,
} from '@/lib/schemas/form-state'
import { currentActor, makeRequestId } from './auth'
import { now } from './clock'
import type { Ctx } from './context'
import { database } from './database'
import { faultOf, log } from './log'
import { isOwnOrigin } from './origin'
import { retryWhileBusy } from './patience'
import { hashSecret } from './sessions'

type UseCase<I, T> = (ctx: Ctx, input: I) => Result<T, AppError> | Promise<Result<T, AppError>>
type Done = { readonly message: string; readonly link: string | null }
type FormAction = (previous: FormState, form: FormData) => Promise<FormState>

/**
 * The one way from a form to a use case: origin, session, person, parse, use case, answer. Success is a 303 to `next`, or, where
 * `next` gives a message, that message in place; a refusal comes back as form state with everything that was typed.
 */
export function action<S extends z.ZodType, T>(
  schema: S,
  carryOut: UseCase<z.output<S>, T>,
  next: (saved: T, input: z.output<S>) => string | Done,
): FormAction {
  return async (previous, form) => {
    const answer = await run(schema, form, async (input, requestId) => {
      const actor = await currentActor()
      if (!actor) return err({ code: 'notSignedIn' })
      const owner = form.get(OWNER_FIELD)
      if (owner !== null && owner !== String(actor.userId)) return err(openedByAnother(actor.name))
      const draft = readDraftName(form)
      const ctx = {
        db: database().db,
        actor,
        now: now(),
        requestId,
        submissionKey: submissionKeyOf(form),
        ...(draft && { draft }),
      }
      return retryWhileBusy(ctx.db, () => carryOut(ctx, input))
    })
    if (!answer.ok) return refusedState(answer.error, form, previous)
    // Pages kept in the browser show what was stored before, with a key that is used up.
    revalidatePath('/', 'layout')
    const then = next(answer.value.saved, answer.value.input)
    if (typeof then === 'string') redirect(then)
    const link = then.link === null ? null : `${(await headers()).get('origin')}${then.link}`
    return { ...IDLE, ...then, link, status: 'done', sent: previous.sent + 1 }
  }
}

function openedByAnother(name: string): AppError {
  const text = `Not saved. You are signed in as ${name} now; this page was opened by somebody else. Sign in as that person and save again, or open the page anew and enter it as ${name}.`
  return { code: 'notPossible', text }
}

/** As `action`, for the few forms that people fill in before they can sign in (first use, set password). */
export function openAction<S extends z.ZodType, T>(
  schema: S,
  carryOut: (ctx: Omit<Ctx, 'actor' | 'submissionKey'>, input: z.output<S>) => Promise<Result<T, AppError>>,
  next: (saved: T) => string,
): FormAction {
  return async (previous, form) => {
    const answer = await run(schema, form, (input, requestId) => {
      const ctx = { db: database().db, now: now(), requestId }
      return retryWhileBusy(ctx.db, () => carryOut(ctx, input))
    })
    if (answer.ok) redirect(next(answer.value.saved))
    return refusedState(answer.error, form, previous)
  }
}

/**
 * The form's key together with what it says: the same form sent twice is stored once, while a form that was gone back to
 * and changed is a new submission.
 */
function submissionKeyOf(form: FormData): string | null {
  const key = form.get(SUBMISSION_FIELD)
  if (typeof key !== 'string' || key === '') return null
  return hashSecret(JSON.stringify([key, typedValues(form)]))
}

async function run<S extends z.ZodType, T>(
  schema: S,
  form: FormData,
  work: (input: z.output<S>, requestId: string) => Promise<Result<T, AppError>>,
): Promise<Result<{ saved: T; input: z.output<S> }, AppError>> {
  if (!isOwnOrigin(await headers())) return err({ code: 'foreignOrigin' })
  const parsed = schema.safeParse(readForm(form))
  if (!parsed.success) return err({ code: 'invalidInput', fields: fieldErrors(parsed.error, form) })
  const requestId = makeRequestId()
  try {
    const result = await work(parsed.data, requestId)
    return result.ok ? { ok: true, value: { saved: result.value, input: parsed.data } } : result
  } catch (error) {
    log('error', 'actionFailed', { requestId, fault: faultOf(error) })
    return err({ code: 'unexpected', requestId })
  }
}

function fieldErrors(error: z.ZodError, form: FormData): FieldError[] {
  return error.issues.map(issue => {
    const field = issue.path.filter(part => typeof part !== 'number').join('.')
    const value = form.get(field)
    return { field, value: typeof value === 'string' ? value : '', text: issue.message }
  })
}
