import { sha256 } from '@/db/audit-entry'
import { isBusy, type Tx } from '@/db/client'
import { dropDraft } from '@/db/commands/drafts'
import { findSubmission, keepSubmission } from '@/db/commands/submissions'
import { findProtocolHash, findStudyByCode } from '@/db/queries/studies'
import { findLastEntryId, isChangedSince } from '@/db/queries/submissions'
import { WriteRefused } from '@/db/write-guards'
import type { AppError } from '@/lib/domain/shared/errors'
import type { StudyId, UserId } from '@/lib/domain/shared/ids'
import { err, type Result } from '@/lib/domain/shared/result'
import { anchorFirstWriteOfDay } from './anchors'
import type { Ctx } from './context'
import { faultOf, log } from './log'
import { isUnsound } from './soundness'

class Rollback extends Error {
  constructor(readonly error: AppError) {
    super(error.code)
  }
}

/** A protocol that was read before the transaction, and under which it writes. */
export interface UnderProtocol {
  readonly study: { readonly id: StudyId }
  readonly protocolHash: string
}

/**
 * Carries out writes in one immediate transaction: everything or nothing. A returned error rolls back, as a throw does.
 * A form's submission key is kept in the same transaction with the answer, so that a second sending gets the first
 * answer and writes nothing; answers are therefore plain JSON. What the person had kept of the form as a draft ends with
 * it. The first answer holds only while nobody changed what it
 * is about: after that the form meets the stored records again, and is refused what would be stored a second time.
 */
export function inTransaction<T>(ctx: Writing, work: (tx: Tx) => Result<T, AppError>): Result<T, AppError> {
  if (isUnsound(ctx.db)) return err({ code: 'notSaved', cause: 'damaged' })
  try {
    const done = ctx.db.transaction(tx => endDraft(tx, ctx, once(tx, ctx, work)), { behavior: 'immediate' })
    anchorFirstWriteOfDay(ctx.db, ctx.now)
    return done
  } catch (error) {
    if (error instanceof Rollback || error instanceof WriteRefused) return err(error.error)
    const refused = databaseFault(error)
    if (!refused) throw error
    log('error', 'notSaved', { requestId: ctx.requestId, refused: refused.code, fault: faultOf(error) })
    return err(refused)
  }
}

/** As `inTransaction`, for what is written under a protocol: refused when another came into force since it was read. */
export function inStudyTransaction<T>(
  ctx: Writing,
  under: UnderProtocol,
  work: (tx: Tx) => Result<T, AppError>,
): Result<T, AppError> {
  return inTransaction(ctx, tx =>
    findProtocolHash(tx, under.study.id) === under.protocolHash ? work(tx) : err({ code: 'protocolChanged' }),
  )
}

/** A context to write in; nobody is signed in yet where a one-time link is used. */
type Writing = Pick<Ctx, 'db' | 'now' | 'requestId'> & Partial<Ctx>

function once<T>(tx: Tx, ctx: Writing, work: (tx: Tx) => Result<T, AppError>): Result<T, AppError> {
  if (ctx.submissionKey == null) return carriedOut(work(tx))
  const userId = ctx.actor?.kind === 'user' ? ctx.actor.userId : null
  const name = { key: keyOf(ctx.submissionKey, userId), userId }
  const earlier = findSubmission(tx, name)
  const wroteBefore = earlier !== null && earlier.last > earlier.after
  if (wroteBefore && !isChangedSince(tx, earlier)) return { ok: true, value: earlier.answer as T }
  const after = findLastEntryId(tx)
  const result = carriedOut(work(tx))
  const last = findLastEntryId(tx)
  // Its answer is out of date, and to carry it out again would store twice what it stored before.
  if (wroteBefore && last > after) throw new Rollback({ code: 'sentBefore' })
  if (result.ok && !wroteBefore)
    keepSubmission(tx, name, { answer: result.value ?? null, after, last }, ctx.now)
  return result
}

function endDraft<T>(tx: Tx, { actor, draft }: Writing, result: Result<T, AppError>): Result<T, AppError> {
  if (!result.ok || !draft || actor?.kind !== 'user') return result
  const study = findStudyByCode(tx, draft.study)
  const { subject, place } = draft
  if (study) dropDraft(tx, { userId: actor.userId, studyId: study.id, subject, place })
  return result
}

function carriedOut<T>(result: Result<T, AppError>): Result<T, AppError> {
  if (!result.ok) throw new Rollback(result.error)
  return result
}

/** A form that two people send, one in the other's open page, is a submission of each. */
function keyOf(submissionKey: string, userId: UserId | null): string {
  return sha256(JSON.stringify([submissionKey, userId]))
}

/** What SQLite's own refusals mean for the person; anything else is a defect. */
function databaseFault(error: unknown): AppError | null {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (isBusy(error)) return { code: 'busy' }
  if (code === 'SQLITE_CONSTRAINT_UNIQUE' || code === 'SQLITE_CONSTRAINT_PRIMARYKEY')
    return { code: 'sameMoment' }
  if (code.startsWith('SQLITE_FULL')) return { code: 'notSaved', cause: 'diskFull' }
  if (code.startsWith('SQLITE_READONLY') || code.startsWith('SQLITE_CANTOPEN'))
    return { code: 'notSaved', cause: 'readOnly' }
  if (code.startsWith('SQLITE_CORRUPT') || code.startsWith('SQLITE_NOTADB'))
    return { code: 'notSaved', cause: 'damaged' }
  if (code.startsWith('SQLITE_IOERR')) return { code: 'notSaved', cause: 'unknown' }
  return null
}
