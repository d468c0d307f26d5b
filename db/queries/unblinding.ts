import { and, asc, eq, gt, inArray, lt, sql } from 'drizzle-orm'
import type { Db, Tx } from '@/db/client'
import { auditEntries } from '@/db/schema/audit'
import type { StudyId } from '@/lib/domain/shared/ids'

/** A time for which a study was locked; `unlockedAt` null: it still is. */
export interface LockedTime {
  /** Entries of the audit, over all chains, between which it was locked. */
  readonly fromEntry: number
  readonly toEntry: number | null
  readonly unlockedAt: string | null
}

/** Every time for which a study was locked, earliest first, as the audit holds them. */
export function listLockedTimes(db: Db | Tx, studyId: StudyId): LockedTime[] {
  const changes = db
    .select({
      entry: auditEntries.id,
      at: auditEntries.at,
      lockedAt: sql<string | null>`json_extract(${auditEntries.changes}, '$.lockedAt[1]')`,
    })
    .from(auditEntries)
    .where(
      and(
        eq(auditEntries.entity, 'studies'),
        eq(auditEntries.entityId, studyId),
        sql`json_type(${auditEntries.changes}, '$.lockedAt') IS NOT NULL`,
      ),
    )
    .orderBy(asc(auditEntries.id))
    .all()
  return changes.flatMap(({ entry, lockedAt }, index) => {
    if (lockedAt === null) return []
    const end = changes[index + 1]
    return [{ fromEntry: entry, toEntry: end?.entry ?? null, unlockedAt: end?.at ?? null }]
  })
}

/** Instants at which people saw results by arm that only the lock of this study had opened to them, earliest first. */
export function listSightsByLock(db: Db | Tx, study: string, time: LockedTime): string[] {
  return db
    .select({ at: auditEntries.at })
    .from(auditEntries)
    .where(
      and(
        eq(auditEntries.chain, 'system'),
        inArray(auditEntries.act, ['look', 'export']),
        gt(auditEntries.id, time.fromEntry),
        time.toEntry === null ? undefined : lt(auditEntries.id, time.toEntry),
        sql`json_extract(${auditEntries.details}, '$.study') = ${study}`,
        sql`json_extract(${auditEntries.details}, '$.openedByLock') = 1`,
      ),
    )
    .orderBy(asc(auditEntries.id))
    .all()
    .map(row => row.at)
}
