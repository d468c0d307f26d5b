import { and, asc, eq, gt, inArray, min, sql } from 'drizzle-orm'
import type { Db, Tx } from '@/db/client'
import { auditEntries, installations } from '@/db/schema/audit'
import type { JsonValue } from '@/lib/domain/audit/canonical-json'
import type { AuditEntry } from '@/lib/domain/audit/chain'

/** Where a chain ends: its last entry. */
export interface ChainHead {
  readonly chain: string
  readonly seq: number
  readonly hash: string
}

const PAGE = 2_000

/** The name of this installation, to which every chain is bound; undefined before the database is set up. */
export function findInstallation(db: Db | Tx) {
  return db.select().from(installations).get()
}

/** The heads of all chains, in order of chain. */
export function listChainHeads(db: Db | Tx): ChainHead[] {
  const last = db
    .select({ id: sql<number>`max(${auditEntries.id})` })
    .from(auditEntries)
    .groupBy(auditEntries.chain)
  return db
    .select({ chain: auditEntries.chain, seq: auditEntries.seq, hash: auditEntries.hash })
    .from(auditEntries)
    .where(inArray(auditEntries.id, last))
    .orderBy(asc(auditEntries.chain))
    .all()
}

export function findEntryHash(db: Db | Tx, chain: string, seq: number): string | undefined {
  return db
    .select({ hash: auditEntries.hash })
    .from(auditEntries)
    .where(and(eq(auditEntries.chain, chain), eq(auditEntries.seq, seq)))
    .get()?.hash
}

/** The first entry of a study's chain at which it had a protocol; null: it has none. */
export function findFirstPublication(db: Db | Tx, chain: string): number | null {
  return (
    db
      .select({ seq: min(auditEntries.seq) })
      .from(auditEntries)
      .where(and(eq(auditEntries.entity, 'protocol_versions'), eq(auditEntries.chain, chain)))
      .get()?.seq ?? null
  )
}

/** All entries of a chain in order, read page by page so that memory stays flat. */
export function* readChain(db: Db | Tx, chain: string): Generator<AuditEntry> {
  let after = Number.MIN_SAFE_INTEGER
  for (;;) {
    const page = db
      .select()
      .from(auditEntries)
      .where(and(eq(auditEntries.chain, chain), gt(auditEntries.seq, after)))
      .orderBy(asc(auditEntries.seq))
      .limit(PAGE)
      .all()
    for (const { id: _, changes, details, ...entry } of page) {
      yield { ...entry, changes: JSON.parse(changes) as JsonValue, details: JSON.parse(details) as JsonValue }
    }
    const last = page.at(-1)
    if (!last || page.length < PAGE) return
    after = last.seq
  }
}

/** The file of an open database; empty for one in memory. */
export function findDatabaseFile(db: Db | Tx): string {
  return db.get<{ file: string }>(sql`SELECT file FROM pragma_database_list WHERE name = 'main'`).file
}
