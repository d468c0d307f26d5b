import { and, asc, between, eq, getTableColumns, lte, max } from 'drizzle-orm'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { JsonValue } from '@/lib/domain/audit/canonical-json'
import { applyChanges, type Change, diffRecord } from '@/lib/domain/audit/diff'
import type { Db, Tx } from './client'
import { auditEntries } from './schema/audit'
import { RECORDS, type RecordName } from './table-kinds'

/** Where replaying the audit from zero and a table of records disagree. `stored` and `replayed` null: there is none. */
export interface ReplayDifference {
  readonly table: RecordName
  readonly id: number
  readonly field: string
  readonly replayed: JsonValue
  readonly stored: JsonValue
}

export interface Replayed {
  readonly fields: Record<string, JsonValue>
  readonly rowVersion: number
}

type Row = Record<string, unknown> & { readonly id: number }

/** Records read at a time, so that memory stays flat. */
const PAGE = 1_000
const ENOUGH = 100

/** Replays the audit and compares it with every table of records, field by field; stops after 100 differences. */
export function compareReplay(db: Db | Tx): ReplayDifference[] {
  const differences: ReplayDifference[] = []
  for (const name of Object.keys(RECORDS) as RecordName[]) {
    const last = lastId(db, name)
    for (let from = 1; from <= last && differences.length < ENOUGH; from += PAGE) {
      differences.push(...comparePage(db, name, from, from + PAGE - 1))
    }
  }
  return differences.slice(0, ENOUGH)
}

function lastId(db: Db | Tx, name: RecordName): number {
  const { table, id } = tableOf(name)
  const stored =
    db
      .select({ last: max(id) })
      .from(table)
      .get()?.last ?? 0
  const audited = db
    .select({ last: max(auditEntries.entityId) })
    .from(auditEntries)
    .where(eq(auditEntries.entity, name))
    .get()
  return Math.max(Number(stored), audited?.last ?? 0)
}

function comparePage(db: Db | Tx, name: RecordName, from: number, to: number): ReplayDifference[] {
  const { table, id } = tableOf(name)
  const rows = db
    .select()
    .from(table)
    .where(between(id, from, to))
    .orderBy(asc(id))
    .all() as Row[]
  const stored = new Map(rows.map(row => [row.id, row]))
  const replayed = replayRecords(db, name, [from, to])
  return [...new Set([...stored.keys(), ...replayed.keys()])].flatMap(key =>
    compareRecord(name, key, replayed.get(key), stored.get(key)),
  )
}

/** Where a replay stops: entries of one chain, up to that row of the audit. */
export interface ReplayEnd {
  readonly chain: string
  readonly lastId: number
}

/** The records with ids from `from` to `to` as the audit has them; `end`: as it had them there. */
export function replayRecords(
  db: Db | Tx,
  name: RecordName,
  [from, to]: readonly [from: number, to: number],
  end?: ReplayEnd,
): Map<number, Replayed> {
  const records = new Map<number, Replayed>()
  const within = end && and(eq(auditEntries.chain, end.chain), lte(auditEntries.id, end.lastId))
  const entries = db
    .select({ entityId: auditEntries.entityId, changes: auditEntries.changes })
    .from(auditEntries)
    .where(and(eq(auditEntries.entity, name), between(auditEntries.entityId, from, to), within))
    .orderBy(asc(auditEntries.id))
    .all()
  for (const { entityId, changes } of entries) {
    if (entityId === null) continue
    const before = records.get(entityId) ?? { fields: {}, rowVersion: 0 }
    const fields = applyChanges(
      before.fields,
      JSON.parse(changes) as Record<string, Change>,
      RECORDS[name].json,
    )
    records.set(entityId, { fields, rowVersion: before.rowVersion + 1 })
  }
  return records
}

function compareRecord(
  table: RecordName,
  id: number,
  replayed: Replayed | undefined,
  stored: Row | undefined,
): ReplayDifference[] {
  if (!replayed || !stored) {
    const one = { replayed: replayed ? 'present' : null, stored: stored ? 'present' : null }
    return [{ table, id, field: 'id', ...one }]
  }
  const { id: _, ...fields } = stored
  const expected = { ...replayed.fields, rowVersion: replayed.rowVersion }
  return Object.entries(diffRecord(expected, fields, RECORDS[table].json)).map(([field, [was, is]]) => ({
    table,
    id,
    field,
    replayed: was,
    stored: is,
  }))
}

function tableOf(name: RecordName) {
  const table = RECORDS[name].table as SQLiteTable
  const { id } = getTableColumns(table)
  if (!id) throw new Error(`${name} is not a table of records`)
  return { table, id }
}
