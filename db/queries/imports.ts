import { and, eq } from 'drizzle-orm'
import type { Db, Tx } from '@/db/client'
import { participants } from '@/db/schema/participants'
import type { StudyId } from '@/lib/domain/shared/ids'

/** Why a participant's record was voided, where one of this number was; its number stays taken. */
export function findVoidedNumber(db: Db | Tx, studyId: StudyId, number: string): string | undefined {
  const row = db
    .select({ voidedAt: participants.voidedAt, reason: participants.voidReason })
    .from(participants)
    .where(and(eq(participants.studyId, studyId), eq(participants.number, number)))
    .get()
  return row?.voidedAt ? (row.reason ?? '') : undefined
}
