import { and, desc, eq, inArray } from 'drizzle-orm'
import type { Db, Tx } from '@/db/client'
import { auditEntries } from '@/db/schema/audit'

/** Who last wrote anything of these participants, and when; undefined where nobody did. */
export function findLastChange(db: Db | Tx, chain: string, subjects: readonly string[]) {
  return db
    .select({ actor: auditEntries.actor, at: auditEntries.at })
    .from(auditEntries)
    .where(and(eq(auditEntries.chain, chain), inArray(auditEntries.subject, [...subjects])))
    .orderBy(desc(auditEntries.seq))
    .limit(1)
    .get()
}
