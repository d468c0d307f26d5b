import { and, eq } from 'drizzle-orm'
import type { Db, Tx } from '@/db/client'
import { participants } from '@/db/schema/participants'
import { participantStatuses } from '@/db/schema/visits'
import type { StudyId } from '@/lib/domain/shared/ids'

/** Numbers of participants of a study of whose record nothing may be used any further. */
export function listRestrictedNumbers(db: Db | Tx, studyId: StudyId): readonly string[] {
  return db
    .select({ number: participants.number })
    .from(participants)
    .innerJoin(participantStatuses, eq(participantStatuses.participantId, participants.id))
    .where(and(eq(participants.studyId, studyId), eq(participantStatuses.restricted, true)))
    .all()
    .map(({ number }) => number)
}
