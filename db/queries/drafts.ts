import { and, count, desc, eq, isNull, or } from 'drizzle-orm'
import type { Db, Tx } from '@/db/client'
import { participants } from '@/db/schema/participants'
import { drafts } from '@/db/schema/sessions'
import type { StudyId, UserId } from '@/lib/domain/shared/ids'
import { isUsed } from './leaving'

/** A draft's key: whose it is and which form it is of. */
export interface DraftKey {
  readonly userId: UserId
  readonly studyId: StudyId
  readonly subject: string
  readonly place: string
}

/** What this person typed into that form and did not save. */
export function findDraft(db: Db | Tx, key: DraftKey) {
  return db
    .select({ fields: drafts.fields, savedAt: drafts.savedAt })
    .from(drafts)
    .where(
      and(
        eq(drafts.userId, key.userId),
        eq(drafts.studyId, key.studyId),
        eq(drafts.subject, key.subject),
        eq(drafts.place, key.place),
      ),
    )
    .get()
}

/**
 * This person's drafts of a study, the last one first, with the site of the participant. What was typed is left out, and
 * so are those of a number that was voided or that nothing is shown of any more: their pages are closed.
 */
export function listDrafts(db: Db | Tx, args: Pick<DraftKey, 'userId' | 'studyId'>) {
  return db
    .select({
      subject: drafts.subject,
      place: drafts.place,
      savedAt: drafts.savedAt,
      siteId: participants.siteId,
      participantId: participants.id,
    })
    .from(drafts)
    .leftJoin(
      participants,
      and(eq(participants.studyId, drafts.studyId), eq(participants.number, drafts.subject)),
    )
    .where(
      and(
        eq(drafts.userId, args.userId),
        eq(drafts.studyId, args.studyId),
        or(isNull(participants.id), and(isNull(participants.voidedAt), isUsed())),
      ),
    )
    .orderBy(desc(drafts.savedAt), desc(drafts.id))
    .all()
}

export function countDrafts(db: Db | Tx, userId: UserId): number {
  return db.select({ count: count() }).from(drafts).where(eq(drafts.userId, userId)).get()?.count ?? 0
}
