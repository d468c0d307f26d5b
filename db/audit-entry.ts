import { createHash } from 'node:crypto'
import { desc, eq } from 'drizzle-orm'
import { formatCanonicalJson, type JsonValue } from '@/lib/domain/audit/canonical-json'
import { type AuditEntryBody, computeEntryHash, computeGenesisHash } from '@/lib/domain/audit/chain'
import type { Change } from '@/lib/domain/audit/diff'
import type { UserId } from '@/lib/domain/shared/ids'
import type { Tx } from './client'
import { auditEntries, installations } from './schema/audit'
import type { Place } from './table-kinds'

/** Who writes, in which role, and when; made by `authorise` in lib/server and passed down unchanged. */
export interface WriteContext {
  readonly userId: UserId | null
  readonly name: string
  readonly role: string
  readonly now: string
  readonly requestId: string
}

export function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex')
}

/** What an entry says beside who, when and where. */
export interface EntryInput {
  readonly act: string
  readonly entity?: string
  readonly entityId?: number
  readonly changes?: Record<string, Change>
  readonly details?: JsonValue
  readonly reason?: string | null
}

/** The row of the next entry of a chain, linked to the one before or to the chain's genesis. */
export function nextAuditEntry(
  tx: Tx,
  w: WriteContext,
  place: Place,
  entry: EntryInput,
): typeof auditEntries.$inferInsert {
  const head = tx
    .select({ seq: auditEntries.seq, hash: auditEntries.hash })
    .from(auditEntries)
    .where(eq(auditEntries.chain, place.chain))
    .orderBy(desc(auditEntries.seq))
    .limit(1)
    .get()
  const body: AuditEntryBody = {
    ...place,
    seq: (head?.seq ?? 0) + 1,
    at: w.now,
    act: entry.act,
    actorId: w.userId,
    actor: w.name,
    role: w.role,
    entity: entry.entity ?? null,
    entityId: entry.entityId ?? null,
    changes: entry.changes ?? {},
    details: entry.details ?? {},
    reason: entry.reason ?? null,
    requestId: w.requestId,
  }
  const prevHash = head?.hash ?? computeGenesisHash(sha256, installationOf(tx), place.chain)
  return {
    ...body,
    changes: formatCanonicalJson(body.changes),
    details: formatCanonicalJson(body.details),
    prevHash,
    hash: computeEntryHash(sha256, prevHash, body),
  }
}

function installationOf(tx: Tx): string {
  const row = tx.select({ uuid: installations.uuid }).from(installations).get()
  if (!row) throw new Error('the database has no installation row; it was not set up')
  return row.uuid
}
