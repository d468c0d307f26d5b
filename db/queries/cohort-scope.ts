import { and, eq, isNull } from 'drizzle-orm'
import { participants } from '@/db/schema/participants'
import type { StudyId } from '@/lib/domain/shared/ids'
import { isUsed } from './leaving'

/** Participants of the study who are not voided, and whose record may be used. */
export function ofStudy(studyId: StudyId) {
  return and(eq(participants.studyId, studyId), isNull(participants.voidedAt), isUsed())
}
