import { lockStudyRow, unlockStudyRow } from '@/db/commands/studies'
import { findStudyByCode } from '@/db/queries/studies'
import type { AppError } from '@/lib/domain/shared/errors'
import { err, ok, type Result } from '@/lib/domain/shared/result'
import type { Ctx } from './context'
import { authorise } from './policy'
import { inTransaction } from './transaction'

interface LockInput {
  /** Code of the study. */
  readonly study: string
  readonly reason: string
}

/** Locks a study: from the next write on, the one door refuses every change of its records. */
export function lockStudy(ctx: Ctx, input: LockInput): Result<null, AppError> {
  return changeLock(ctx, input, true)
}

/** Opens a locked study again. */
export function unlockStudy(ctx: Ctx, input: LockInput): Result<null, AppError> {
  return changeLock(ctx, input, false)
}

function changeLock(ctx: Ctx, { study: code, reason }: LockInput, lock: boolean): Result<null, AppError> {
  const found = findStudyByCode(ctx.db, code)
  if (!found) return err({ code: 'notFound', what: `Study ${code}` })
  const may = authorise(ctx, lock ? 'lockStudy' : 'unlockStudy', { studyId: found.id })
  if (!may.ok) return may
  if (reason.trim() === '') return err({ code: 'reasonRequired', fields: ['reason'] })
  return inTransaction(ctx, tx => {
    const study = findStudyByCode(tx, code) ?? found
    if ((study.lockedAt !== null) === lock) {
      return err({ code: 'notPossible', text: `Study ${code} is ${lock ? 'locked already' : 'not locked'}.` })
    }
    const change = lock ? lockStudyRow : unlockStudyRow
    change(tx, may.value.write, study, reason.trim())
    return ok(null)
  })
}
