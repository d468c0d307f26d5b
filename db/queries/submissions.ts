import { and, eq, gt, isNotNull, lte, max, or } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import type { Tx } from '@/db/client'
import { auditEntries } from '@/db/schema/audit'

/** Id of the last entry of all chains; 0 in an empty trail. */
export function findLastEntryId(tx: Tx): number {
  return (
    tx
      .select({ id: max(auditEntries.id) })
      .from(auditEntries)
      .get()?.id ?? 0
  )
}

/**
 * Whether a record was changed since the entries above `after`, up to `last`, wrote it, or another record of the same
 * visit: a form shows the whole visit, while it writes only what differs.
 */
export function isChangedSince(tx: Tx, { after, last }: { after: number; last: number }): boolean {
  const mine = alias(auditEntries, 'mine')
  const sameRecord = and(eq(auditEntries.entity, mine.entity), eq(auditEntries.entityId, mine.entityId))
  const sameVisit = and(
    eq(auditEntries.chain, mine.chain),
    eq(auditEntries.subject, mine.subject),
    eq(auditEntries.visit, mine.visit),
  )
  const later = tx
    .select({ id: auditEntries.id })
    .from(mine)
    .innerJoin(auditEntries, or(sameRecord, sameVisit))
    .where(
      and(
        gt(mine.id, after),
        lte(mine.id, last),
        isNotNull(mine.entity),
        gt(auditEntries.id, last),
        isNotNull(auditEntries.entity),
      ),
    )
    .limit(1)
    .get()
  return later !== undefined
}
