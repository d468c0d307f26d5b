import type { Db, Tx } from '@/db/client'
import { lockStudyRow, unlockStudyRow } from '@/db/commands/studies'
import { findStudyByCode, type StudyRow } from '@/db/queries/studies'
import { listLockedTimes, listSightsByLock } from '@/db/queries/unblinding'
import type { AppError } from '@/lib/domain/shared/errors'
import { err, ok, type Result } from '@/lib/domain/shared/result'
import type { Ctx } from './context'
import { authorise } from './policy'
import { loadProtocol } from './studies'
import { inTransaction } from './transaction'

interface LockInput {
  /** Code of the study. */
  readonly study: string
  readonly reason: string
}

/** Locks a study: from the next write on, the one door refuses every change of its records. */
export function lockStudy(ctx: Ctx, { study: code, reason }: LockInput): Result<null, AppError> {
  const found = findStudyByCode(ctx.db, code)
  if (!found) return err({ code: 'notFound', what: `Study ${code}` })
  const may = authorise(ctx, 'lockStudy', { studyId: found.id })
  if (!may.ok) return may
  if (reason.trim() === '') return err({ code: 'invalidInput', fields: [withoutReason('locked')] })
  return inTransaction(ctx, tx => {
    const study = findStudyByCode(tx, code) ?? found
    if (study.lockedAt !== null) return err({ code: 'notPossible', text: `Study ${code} is locked already.` })
    lockStudyRow(tx, may.value.write, study, reason.trim())
    return ok(null)
  })
}

/**
 * Opens a locked study again. The lock of a study of several arms opened results by arm to people who go on entering and
 * judging once it is unlocked: that has to be confirmed, and the reason in the audit says how often they were seen.
 */
export function unlockStudy(
  ctx: Ctx,
  { study: code, reason, confirmed = false }: LockInput & { readonly confirmed?: boolean },
): Result<null, AppError> {
  const found = findStudyByCode(ctx.db, code)
  if (!found) return err({ code: 'notFound', what: `Study ${code}` })
  const may = authorise(ctx, 'unlockStudy', { studyId: found.id })
  if (!may.ok) return may
  if (reason.trim() === '') return err({ code: 'invalidInput', fields: [withoutReason('unlocked')] })
  const hasArms = loadProtocol(ctx.db, found).protocol.arms.length > 1
  if (hasArms && !confirmed) return err({ code: 'invalidInput', fields: [UNCONFIRMED] })
  return inTransaction(ctx, tx => {
    const study = findStudyByCode(tx, code) ?? found
    if (study.lockedAt === null) return err({ code: 'notPossible', text: `Study ${code} is not locked.` })
    const sights = hasArms ? countSightsOfLock(tx, study) : 0
    const told = hasArms ? `${reason.trim()} (${describeSights(sights)})` : reason.trim()
    unlockStudyRow(tx, may.value.write, study, told)
    return ok(null)
  })
}

const withoutReason = (done: string) => ({
  field: 'reason',
  value: '',
  text: `Choose or write why the study is ${done}.`,
})

const UNCONFIRMED = {
  field: 'confirmed',
  value: '',
  text: 'The lock opened results by arm to site roles. Confirm that the study is to be changed again all the same.',
} as const

function describeSights(count: number): string {
  const times = count === 1 ? '1 time' : `${count} times`
  return `results by arm, opened by the lock, were seen ${count === 0 ? 'by nobody' : times}`
}

/** How often results by arm were seen by people to whom only the present lock opens them; 0 while not locked. */
export function countSightsOfLock(db: Db | Tx, study: StudyRow): number {
  const present = listLockedTimes(db, study.id).at(-1)
  return present && present.unlockedAt === null ? listSightsByLock(db, study.code, present).length : 0
}

/** That results by arm were seen, by people to whom the lock had opened them, before a study was unlocked again. */
export interface SeenBeforeUnlock {
  readonly times: number
  /** Instants of the first and last sight and of the unlocking. */
  readonly first: string
  readonly last: string
  readonly unlockedAt: string
}

export function listSeenBeforeUnlock(db: Db | Tx, study: StudyRow): SeenBeforeUnlock[] {
  return listLockedTimes(db, study.id).flatMap(time => {
    const sights = time.unlockedAt === null ? [] : listSightsByLock(db, study.code, time)
    const [first] = sights
    const last = sights.at(-1)
    if (!first || !last || time.unlockedAt === null) return []
    return [{ times: sights.length, first, last, unlockedAt: time.unlockedAt }]
  })
}
