import { and, eq, isNull } from 'drizzle-orm'
import type { Tx } from '@/db/client'
import { submissionKeys } from '@/db/schema/sessions'
import { insertOperational, WriteRefused } from '@/db/write'
import type { AppError } from '@/lib/domain/shared/errors'
import { err, type Result } from '@/lib/domain/shared/result'
import type { Ctx } from './context'
import { faultOf, log } from './log'

class Rollback extends Error {
  constructor(readonly error: AppError) {
    super(error.code)
  }
}

/**
 * Carries out writes in one immediate transaction: everything or nothing. A returned error rolls back, as a throw does.
 * A form's submission key is kept in the same transaction with the answer, so that a second sending gets the first
 * answer and writes nothing; answers are therefore plain JSON.
 */
export function inTransaction<T>(ctx: Ctx, work: (tx: Tx) => Result<T, AppError>): Result<T, AppError> {
  try {
    return ctx.db.transaction(
      tx => {
        const earlier = findSubmission(tx, ctx)
        if (earlier !== null) return { ok: true as const, value: JSON.parse(earlier) as T }
        const result = work(tx)
        if (!result.ok) throw new Rollback(result.error)
        if (ctx.submissionKey !== null)
          keepSubmission(tx, ctx, ctx.submissionKey, JSON.stringify(result.value ?? null))
        return result
      },
      { behavior: 'immediate' },
    )
  } catch (error) {
    if (error instanceof Rollback || error instanceof WriteRefused) return err(error.error)
    const refused = databaseFault(error)
    if (!refused) throw error
    log('error', 'notSaved', { requestId: ctx.requestId, fault: faultOf(error) })
    return err(refused)
  }
}

function findSubmission(tx: Tx, ctx: Ctx): string | null {
  if (ctx.submissionKey === null) return null
  const mine =
    ctx.actor.kind === 'user' ? eq(submissionKeys.userId, ctx.actor.userId) : isNull(submissionKeys.userId)
  const row = tx
    .select({ result: submissionKeys.result })
    .from(submissionKeys)
    .where(and(eq(submissionKeys.key, ctx.submissionKey), mine))
    .get()
  return row?.result ?? null
}

function keepSubmission(tx: Tx, ctx: Ctx, key: string, result: string): void {
  const userId = ctx.actor.kind === 'user' ? ctx.actor.userId : null
  insertOperational(tx, 'submission_keys', { key, userId, result, createdAt: ctx.now })
}

/** What SQLite's own refusals mean for the person; anything else is a defect. */
function databaseFault(error: unknown): AppError | null {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code.startsWith('SQLITE_BUSY')) return { code: 'busy' }
  if (code.startsWith('SQLITE_FULL')) return { code: 'notSaved', cause: 'diskFull' }
  if (code.startsWith('SQLITE_READONLY') || code.startsWith('SQLITE_CANTOPEN'))
    return { code: 'notSaved', cause: 'readOnly' }
  if (code.startsWith('SQLITE_CORRUPT') || code.startsWith('SQLITE_NOTADB'))
    return { code: 'notSaved', cause: 'damaged' }
  if (code.startsWith('SQLITE_IOERR')) return { code: 'notSaved', cause: 'unknown' }
  return null
}
