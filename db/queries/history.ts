import { and, asc, count, desc, eq, isNotNull, isNull, notInArray, or, type SQL, sql } from 'drizzle-orm'
import type { Db, Tx } from '@/db/client'
import { auditEntries } from '@/db/schema/audit'
import { treatments } from '@/db/schema/participants'
import type { KnownEntry } from '@/lib/domain/knowledge/known-changes'
import type { ParticipantId } from '@/lib/domain/shared/ids'

/** One audit entry about one participant. */
export interface HistoryEntry extends Omit<KnownEntry, 'entity' | 'entityId'> {
  readonly entity: string | null
  readonly entityId: number | null
}

export interface HistoryScope {
  /** Chain of the study. */
  readonly chain: string
  /** Number of the participant. */
  readonly subject: string
  readonly visit?: string | undefined
  readonly form?: string | undefined
  /** One value: name of a column, or `answers.` and the item. */
  readonly field?: string | undefined
  readonly entity?: string | undefined
  readonly entityId?: number | undefined
  /** Tables of records whose entries are left out. */
  readonly except: readonly string[]
}

/** What is read of an entry that wrote a record. */
export const ENTRY_COLUMNS = {
  seq: auditEntries.seq,
  at: auditEntries.at,
  act: auditEntries.act,
  actor: auditEntries.actor,
  role: auditEntries.role,
  site: auditEntries.site,
  subject: auditEntries.subject,
  visit: auditEntries.visit,
  form: auditEntries.form,
  entity: auditEntries.entity,
  entityId: auditEntries.entityId,
  changes: auditEntries.changes,
  reason: auditEntries.reason,
  details: auditEntries.details,
}

/**
 * Entries about one participant, newest first, and how many there are in all. What was moved away stands at its new place
 * and is of the history of both.
 */
export function listHistory(
  db: Db | Tx,
  scope: HistoryScope,
  page: { readonly limit: number; readonly offset: number },
): { readonly entries: readonly HistoryEntry[]; readonly total: number } {
  const where = matching(scope)
  const total = db.select({ n: count() }).from(auditEntries).where(where).get()?.n ?? 0
  const rows = db
    .select(ENTRY_COLUMNS)
    .from(auditEntries)
    .where(where)
    .orderBy(desc(auditEntries.seq))
    .limit(page.limit)
    .offset(page.offset)
    .all()
  return { entries: rows.map(readEntry), total }
}

/** An entry as its columns hold it, with what they hold as JSON. */
export function readEntry<R extends { readonly changes: string; readonly details: string }>({
  details,
  ...row
}: R) {
  return {
    ...row,
    changes: JSON.parse(row.changes) as HistoryEntry['changes'],
    movedFrom: (JSON.parse(details) as Partial<Pick<HistoryEntry, 'movedFrom'>>).movedFrom ?? null,
  }
}

/** The number of the participant whom a record is about; undefined where the audit has no such record. */
export function findSubjectOf(
  db: Db | Tx,
  chain: string,
  entity: string,
  entityId: number,
): string | undefined {
  const row = db
    .select({ subject: auditEntries.subject })
    .from(auditEntries)
    .where(
      and(
        eq(auditEntries.chain, chain),
        eq(auditEntries.entity, entity),
        eq(auditEntries.entityId, entityId),
        isNotNull(auditEntries.subject),
      ),
    )
    .orderBy(desc(auditEntries.seq))
    .limit(1)
    .get()
  return row?.subject ?? undefined
}

/** Every dose ever recorded for a participant, earliest first, the voided too: history speaks of them by name and day. */
export function listAllTreatments(db: Db | Tx, participantId: ParticipantId) {
  return db
    .select({
      id: treatments.id,
      plan: treatments.plan,
      givenOn: treatments.givenOn,
      voidedAt: treatments.voidedAt,
    })
    .from(treatments)
    .where(eq(treatments.participantId, participantId))
    .orderBy(asc(treatments.givenOn), asc(treatments.id))
    .all()
}

function matching({
  chain,
  subject,
  visit,
  form,
  field,
  entity,
  entityId,
  except,
}: HistoryScope): SQL | undefined {
  return and(
    eq(auditEntries.chain, chain),
    or(
      and(eq(auditEntries.subject, subject), visit === undefined ? undefined : eq(auditEntries.visit, visit)),
      and(
        eq(auditEntries.act, 'move'),
        sql`json_extract(${auditEntries.details}, '$.movedFrom.subject') = ${subject}`,
        visit === undefined
          ? undefined
          : sql`json_extract(${auditEntries.details}, '$.movedFrom.visit') = ${visit}`,
      ),
    ),
    form === undefined ? undefined : eq(auditEntries.form, form),
    entity === undefined ? undefined : eq(auditEntries.entity, entity),
    entityId === undefined ? undefined : eq(auditEntries.entityId, entityId),
    except.length === 0
      ? undefined
      : or(isNull(auditEntries.entity), notInArray(auditEntries.entity, [...except])),
    field === undefined
      ? undefined
      : sql`EXISTS (SELECT 1 FROM json_each(${auditEntries.changes}) WHERE key = ${field})`,
  )
}
