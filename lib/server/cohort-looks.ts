import type { Db, Tx } from '@/db/client'
import { keepCohortLook } from '@/db/commands/cohort-looks'
import { findCohortLook, findEntryTime } from '@/db/queries/cohort-looks'
import { findChainHead } from '@/db/queries/exports'
import type { StudyRow } from '@/db/queries/studies'
import { studyChain } from '@/db/table-kinds'
import type { AppError } from '@/lib/domain/shared/errors'
import { ok, type Result } from '@/lib/domain/shared/result'
import type { Moment } from '@/lib/schemas/since-view'
import type { Ctx } from './context'
import { openStudy } from './studies'
import { inTransaction } from './transaction'

/** Looks this close together are one sitting: going to a participant and back does not make everything old. */
const SITTING_MS = 30 * 60_000

/**
 * Notes that the person looks at the study's results now; to be called on navigation, never on prefetch. A look more than
 * 30 minutes after the last makes that one the previous, which *since you last looked* counts from. The operator's are
 * not noted.
 */
export function recordCohortLook(ctx: Ctx, code: string): Result<null, AppError> {
  const opened = openStudy(ctx, code, 'readCohort')
  if (!opened.ok) return opened
  const { actor, now } = ctx
  const { study } = opened.value
  if (actor.kind !== 'user') return ok(null)
  const who = { userId: actor.userId, studyId: study.id }
  return inTransaction(ctx, tx => {
    const last = findCohortLook(tx, who)
    const isNewSitting = last !== undefined && Date.parse(now) - Date.parse(last.seenAt) > SITTING_MS
    const previous = isNewSitting
      ? { previousSeq: last.seenSeq, previousAt: last.seenAt }
      : { previousSeq: last?.previousSeq ?? null, previousAt: last?.previousAt ?? null }
    keepCohortLook(tx, { ...who, seenSeq: readHead(tx, study), seenAt: now, ...previous })
    return ok(null)
  })
}

/** What the person saw at the sitting before this one; null: there was none. */
export function findPreviousLook({ db, actor }: Ctx, study: StudyRow): Moment | null {
  const look =
    actor.kind === 'user' ? findCohortLook(db, { userId: actor.userId, studyId: study.id }) : undefined
  const { previousSeq: seq = null, previousAt: at = null } = look ?? {}
  return seq === null || at === null ? null : { seq, at }
}

/** Number of the last entry of a study's audit. */
export function readHead(db: Db | Tx, study: StudyRow): number {
  return findChainHead(db, studyChain(study.code))?.seq ?? 0
}

/** An entry as a moment; null: there is none of that number. */
export function findMoment(db: Db | Tx, study: StudyRow, seq: number): Moment | null {
  const at = findEntryTime(db, studyChain(study.code), seq)
  return at === undefined ? null : { seq, at }
}
