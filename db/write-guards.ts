import { and, desc, eq } from 'drizzle-orm'
import { formatCanonicalJson, type JsonValue } from '@/lib/domain/audit/canonical-json'
import type { Change } from '@/lib/domain/audit/diff'
import type { AppError } from '@/lib/domain/shared/errors'
import type { Tx } from './client'
import { auditEntries } from './schema/audit'
import { studies } from './schema/studies'
import type { Place, RecordName, RecordRow } from './table-kinds'

/**
 * A write that the door refuses. It is thrown, so that the transaction rolls back whatever its caller does with the
 * answer; `inTransaction` turns it into a `Result`.
 */
export class WriteRefused extends Error {
  override name = 'WriteRefused'
  constructor(readonly error: AppError) {
    super(error.code)
  }
}

/** A reason is compulsory as soon as a stored value changes; a first value needs none. */
export function assertReason(changes: Record<string, Change>, reason: string | null): void {
  const changed = Object.keys(changes).filter(field => changes[field]?.[0] !== null)
  if (changed.length > 0 && (reason ?? '').trim() === '')
    throw new WriteRefused({ code: 'reasonRequired', fields: changed })
}

/** What a stale save is told: each field as sent and as stored, and who stored it when. */
export function describeConflict<N extends RecordName>(
  tx: Tx,
  name: N,
  stored: RecordRow<N>,
  changes: Record<string, Change>,
): AppError {
  const last = tx
    .select({ actor: auditEntries.actor, at: auditEntries.at })
    .from(auditEntries)
    .where(and(eq(auditEntries.entity, name), eq(auditEntries.entityId, stored.id)))
    .orderBy(desc(auditEntries.id))
    .limit(1)
    .get()
  const show = (value: JsonValue) =>
    typeof value === 'string' ? value : value === null ? '' : formatCanonicalJson(value)
  return {
    code: 'conflict',
    fields: Object.entries(changes).map(([field, [old, mine]]) => ({
      field,
      yours: show(mine),
      stored: show(old),
    })),
    storedVersion: stored.rowVersion,
    changedBy: last?.actor ?? 'Somebody',
    changedAt: last?.at ?? '',
  }
}

/** Chains of the studies that one transaction has found unlocked. */
const unlocked = new WeakMap<Tx, Set<string>>()

/** To be called when a study's record changed. */
export function forgetLocks(tx: Tx): void {
  unlocked.delete(tx)
}

/** Nothing in a locked study changes. Refused with the reason of the lock. */
export function assertUnlocked(tx: Tx, place: Place): void {
  if (!place.chain.startsWith('study/') || unlocked.get(tx)?.has(place.chain)) return
  const code = place.chain.slice('study/'.length)
  const study = tx
    .select({ lockedAt: studies.lockedAt, lockReason: studies.lockReason })
    .from(studies)
    .where(eq(studies.code, code))
    .get()
  if (study?.lockedAt) {
    throw new WriteRefused({
      code: 'locked',
      what: `Study ${code}`,
      since: study.lockedAt,
      reason: study.lockReason ?? '',
    })
  }
  unlocked.set(tx, (unlocked.get(tx) ?? new Set()).add(place.chain))
}
