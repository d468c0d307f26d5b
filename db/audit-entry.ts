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

type Head = Pick<typeof auditEntries.$inferSelect, 'seq' | 'hash' | 'at'>

/** Ends of the chains that one transaction has read or moved: it holds the write lock, so that nobody else moves them. */
const heads = new WeakMap<Tx, Map<string, Head>>()

function headsOf(tx: Tx): Map<string, Head> {
  const known = heads.get(tx) ?? new Map<string, Head>()
  heads.set(tx, known)
  return known
}

function headOf(tx: Tx, chain: string): Head {
  const head =
    headsOf(tx).get(chain) ??
    tx
      .select({ seq: auditEntries.seq, hash: auditEntries.hash, at: auditEntries.at })
      .from(auditEntries)
      .where(eq(auditEntries.chain, chain))
      .orderBy(desc(auditEntries.seq))
      .limit(1)
      .get()
  return head ?? { seq: 0, hash: computeGenesisHash(sha256, installationOf(tx), chain), at: '' }
}

/** Tells the transaction that an entry was appended. */
export function moveHead(tx: Tx, { chain, seq, hash, at }: Head & { readonly chain: string }): void {
  headsOf(tx).set(chain, { seq, hash, at })
}

/**
 * The row of the next entry of a chain, linked to the one before or to the chain's genesis. An entry whose time lies
 * before that of the one before it says so: requests overlap by seconds, more is a clock that was set back.
 */
export function nextAuditEntry(
  tx: Tx,
  w: WriteContext,
  place: Place,
  entry: EntryInput,
): typeof auditEntries.$inferInsert {
  const head = headOf(tx, place.chain)
  const body: AuditEntryBody = {
    ...place,
    seq: head.seq + 1,
    at: w.now,
    act: entry.act,
    actorId: w.userId,
    actor: w.name,
    role: w.role,
    entity: entry.entity ?? null,
    entityId: entry.entityId ?? null,
    changes: entry.changes ?? {},
    details: noteClock(entry.details ?? {}, w.now, head.at),
    reason: entry.reason ?? null,
    requestId: w.requestId,
  }
  const prevHash = head.hash
  return {
    ...body,
    changes: formatCanonicalJson(body.changes),
    details: formatCanonicalJson(body.details),
    prevHash,
    hash: computeEntryHash(sha256, prevHash, body),
  }
}

/** A request may wait its turn and an import is checked before it is written: as long as that is no clock's fault. */
const OVERLAP_MS = 60_000

function noteClock(details: JsonValue, now: string, before: string): JsonValue {
  if (before === '' || Date.parse(before) - Date.parse(now) <= OVERLAP_MS) return details
  return { ...(details as Readonly<Record<string, JsonValue>>), clockBehind: before }
}

function installationOf(tx: Tx): string {
  const row = tx.select({ uuid: installations.uuid }).from(installations).get()
  if (!row) throw new Error('the database has no installation row; it was not set up')
  return row.uuid
}
