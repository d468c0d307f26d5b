import { and, desc, eq, type SQL, sql } from 'drizzle-orm'
import type { Db, Tx } from '@/db/client'
import { auditEntries } from '@/db/schema/audit'

/** Where a record went, and who took it there. */
export interface MoveAway {
  readonly site: string | null
  readonly subject: string | null
  readonly visit: string | null
  readonly actor: string
}

/**
 * Where the visit that last left this place stands since its last move; undefined: none ever left it. `chain`: of the
 * study. What was moved again is told at its last place.
 */
export function findVisitMoveAway(
  db: Db | Tx,
  place: { readonly chain: string; readonly subject: string; readonly visit: string },
): MoveAway | undefined {
  const from = (field: 'subject' | 'visit') =>
    sql`json_extract(${auditEntries.details}, ${`$.movedFrom.${field}`}) = ${place[field]}`
  const left = findLastMove(db, place.chain, and(from('subject'), from('visit')))
  if (!left || left.entityId === null) return undefined
  const { site, subject, visit } =
    findLastMove(db, place.chain, eq(auditEntries.entityId, left.entityId)) ?? left
  return { site, subject, visit, actor: left.actor }
}

function findLastMove(db: Db | Tx, chain: string, where: SQL | undefined) {
  return db
    .select({
      entityId: auditEntries.entityId,
      site: auditEntries.site,
      subject: auditEntries.subject,
      visit: auditEntries.visit,
      actor: auditEntries.actor,
    })
    .from(auditEntries)
    .where(
      and(
        eq(auditEntries.chain, chain),
        eq(auditEntries.act, 'move'),
        eq(auditEntries.entity, 'visits'),
        where,
      ),
    )
    .orderBy(desc(auditEntries.seq))
    .limit(1)
    .get()
}
