import { and, asc, between, eq, isNotNull } from 'drizzle-orm'
import type { Db, Tx } from '@/db/client'
import { auditEntries } from '@/db/schema/audit'
import { cohortLooks } from '@/db/schema/cohort-looks'
import type { KnownEntry } from '@/lib/domain/knowledge/known-changes'
import type { StudyId, UserId } from '@/lib/domain/shared/ids'
import { ENTRY_COLUMNS, readEntry } from './history'

export type CohortLookRow = typeof cohortLooks.$inferSelect

/** When a person last looked at the results of a study; undefined: never. */
export function findCohortLook(
  db: Db | Tx,
  { userId, studyId }: { readonly userId: UserId; readonly studyId: StudyId },
): CohortLookRow | undefined {
  return db
    .select()
    .from(cohortLooks)
    .where(and(eq(cohortLooks.userId, userId), eq(cohortLooks.studyId, studyId)))
    .get()
}

/** When an entry of a chain was made; undefined: there is none of that number. */
export function findEntryTime(db: Db | Tx, chain: string, seq: number): string | undefined {
  return db
    .select({ at: auditEntries.at })
    .from(auditEntries)
    .where(and(eq(auditEntries.chain, chain), eq(auditEntries.seq, seq)))
    .get()?.at
}

/** Entries of a chain that wrote a record, from `first` to `last`, oldest first, at most `limit`. */
export function listKnownEntries(
  db: Db | Tx,
  chain: string,
  { first, last, limit }: { readonly first: number; readonly last: number; readonly limit: number },
): KnownEntry[] {
  return db
    .select(ENTRY_COLUMNS)
    .from(auditEntries)
    .where(
      and(
        eq(auditEntries.chain, chain),
        between(auditEntries.seq, first, last),
        isNotNull(auditEntries.entity),
      ),
    )
    .orderBy(asc(auditEntries.seq))
    .limit(limit)
    .all()
    .map(readEntry)
    .flatMap(({ entity, entityId, ...entry }) =>
      entity === null || entityId === null ? [] : [{ ...entry, entity, entityId }],
    )
}
