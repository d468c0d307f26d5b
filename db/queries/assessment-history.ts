import { and, asc, eq, inArray } from 'drizzle-orm'
import type { Db, Tx } from '@/db/client'
import { auditEntries } from '@/db/schema/audit'
import type { JsonValue } from '@/lib/domain/audit/canonical-json'
import { applyChanges, type Change } from '@/lib/domain/audit/diff'
import type { AssessmentId } from '@/lib/domain/shared/ids'
import type { AssessmentRow } from './assessments'

/** One write to one record, as the audit holds it. */
export interface RecordedChange {
  readonly entityId: number
  readonly at: string
  readonly actor: string
  readonly role: string
  readonly reason: string | null
  readonly changes: Readonly<Record<string, Change>>
}

/** Every write to these records, oldest first. */
export function listRecordHistory(
  db: Db | Tx,
  entity: 'visits' | 'assessments' | 'second_entries' | 'log_entries' | 'treatments',
  ids: readonly number[],
): RecordedChange[] {
  if (ids.length === 0) return []
  return db
    .select({
      entityId: auditEntries.entityId,
      at: auditEntries.at,
      actor: auditEntries.actor,
      role: auditEntries.role,
      reason: auditEntries.reason,
      changes: auditEntries.changes,
    })
    .from(auditEntries)
    .where(and(eq(auditEntries.entity, entity), inArray(auditEntries.entityId, [...ids])))
    .orderBy(asc(auditEntries.id))
    .all()
    .map(row => ({
      ...row,
      entityId: row.entityId ?? 0,
      changes: JSON.parse(row.changes) as Record<string, [JsonValue, JsonValue]>,
    }))
}

type Entered = Pick<
  AssessmentRow,
  'answers' | 'assessmentDate' | 'beforeTreatment' | 'mode' | 'source' | 'notDoneReason'
>

/** What a form held at an earlier version: each write raised the version by one. */
export function readAssessmentAt(db: Db | Tx, id: AssessmentId, version: number): Entered {
  const writes = listRecordHistory(db, 'assessments', [id]).slice(0, version)
  const fields = writes.reduce<Record<string, JsonValue>>(
    (record, { changes }) => applyChanges(record, changes, ['answers', 'confirmations']),
    {},
  )
  const blank = { assessmentDate: null, beforeTreatment: null, mode: null, source: null, notDoneReason: null }
  return { ...blank, answers: {}, ...fields } as Entered
}

/** Who locked a study: the last writer of its lock; undefined where it never was locked. */
export function findLocker(db: Db | Tx, studyId: number): string | undefined {
  return db
    .select({ actor: auditEntries.actor, changes: auditEntries.changes })
    .from(auditEntries)
    .where(and(eq(auditEntries.entity, 'studies'), eq(auditEntries.entityId, studyId)))
    .orderBy(asc(auditEntries.id))
    .all()
    .findLast(entry => 'lockedAt' in (JSON.parse(entry.changes) as object))?.actor
}
