import { refuseFile } from '@/app/_ui/downloads'
import type { AppError } from '@/lib/domain/shared/errors'
import { describeError, httpStatusOf } from '@/lib/domain/shared/errors'
import { err, type Result } from '@/lib/domain/shared/result'
import {
  DRAFT_FIELDS,
  draftFieldsOf,
  FROM_WORKLIST,
  KeepDraft,
  MAX_DRAFT_BYTES,
  pathOfDraft,
  readDraftName,
} from '@/lib/schemas/drafts'
import { requestContext } from '@/lib/server/auth'
import { saveDraft } from '@/lib/server/drafts'
import { isOwnOrigin } from '@/lib/server/origin'
import { retryWhileBusy } from '@/lib/server/patience'

export const dynamic = 'force-dynamic'

interface Kept {
  readonly keptAt: string
  /** The page to be shown next, where it is asked for by a button. */
  readonly next: string
}

/**
 * Keeps or discards what is typed into a form. A script is answered in JSON; a button without JavaScript is led back to
 * the page of the form, which shows what was kept.
 */
export async function POST(request: Request): Promise<Response> {
  const isScript = request.headers.get('accept') === 'application/json'
  const kept = await keep(request)
  if (!kept.ok) return isScript ? refuse(kept.error) : refuseFile(sayToReader(kept.error))
  const { keptAt, next } = kept.value
  if (isScript) return Response.json({ keptAt }, { headers: NO_STORE })
  return new Response(null, { status: 303, headers: { ...NO_STORE, location: next } })
}

const NO_STORE = { 'cache-control': 'no-store' }

const NO_FORM: AppError = {
  code: 'notPossible',
  text: 'The form is too large to be kept as a draft, or is not one of ours. Save it.',
}

async function keep(request: Request): Promise<Result<Kept, AppError>> {
  if (!isOwnOrigin(request.headers)) return err({ code: 'foreignOrigin' })
  const ctx = await requestContext()
  if (!ctx) return err({ code: 'notSignedIn' })
  const bytes = Number(request.headers.get('content-length') ?? Number.NaN)
  if (!(bytes <= MAX_DRAFT_BYTES)) return err(NO_FORM)
  const form = await request.formData().catch(() => null)
  const parsed =
    form &&
    KeepDraft.safeParse({
      ...readDraftName(form),
      owner: form.get(DRAFT_FIELDS.owner),
      discard: form.get(DRAFT_FIELDS.discard) === 'yes',
      fields: draftFieldsOf(form),
    })
  if (!parsed?.success) return err(NO_FORM)
  const saved = await retryWhileBusy(ctx.db, () => saveDraft(ctx, parsed.data))
  if (!saved.ok) return saved
  const { data } = parsed
  const isOfList = form?.get(DRAFT_FIELDS.from) === FROM_WORKLIST
  const next = isOfList ? `/studies/${encodeURIComponent(data.study)}/worklist` : pathOfDraft(data)
  return { ok: true, value: { ...saved.value, next } }
}

function refuse(error: AppError): Response {
  const { code } = error
  return Response.json(
    { code, text: describeError(error) },
    { status: httpStatusOf(error), headers: NO_STORE },
  )
}

/** This answer is a page of its own: what was typed is one step back. */
function sayToReader(error: AppError): AppError {
  if (error.code !== 'notSignedIn') return error
  const text =
    'The draft was not kept: you are signed out. Sign in in another tab, go back to this form and press Save draft again.'
  return { code: 'notPossible', text }
}
