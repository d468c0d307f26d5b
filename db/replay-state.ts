import { and, asc, between, eq, getTableColumns, max, sql } from 'drizzle-orm'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { Db, Tx } from './client'
import { type ReplayEnd, type Replayed, replayRecords } from './replay'
import { auditEntries } from './schema/audit'
import { RECORDS, type RecordName } from './table-kinds'
import { restoreRows } from './write'

/** Records and entries replayed at a time, so that memory stays flat. */
const PAGE = 2_000

/** Accounts of the whole installation stand in its own chain, and are replayed from there: records name people. */
const OF_THE_SYSTEM: Partial<Record<RecordName, string>> = { users: 'system' }
/** Who had which part in which study decides what a reader may see, and that follows from the present. */
const LEFT_OUT: readonly RecordName[] = ['memberships']

/**
 * Replays one study's records up to an entry of its chain into an empty scratch database. Copied beside them: the
 * entries themselves, since the time at which a value was entered is read from them. Derived rows are left to the caller.
 */
export function replayState(
  from: Db | Tx,
  into: Tx,
  { chain, seq }: { readonly chain: string; readonly seq: number },
): void {
  const lastId = findEntryId(from, chain, seq)
  // Tables refer to each other and to themselves; what is complete is checked once, at the commit.
  into.run(sql`PRAGMA defer_foreign_keys = ON`)
  for (const name of Object.keys(RECORDS) as RecordName[]) {
    if (LEFT_OUT.includes(name)) continue
    replayTable(from, into, name, { chain: OF_THE_SYSTEM[name] ?? chain, lastId })
  }
  copyEntries(from, into, { chain, seq })
}

function findEntryId(db: Db | Tx, chain: string, seq: number): number {
  const entry = db
    .select({ id: auditEntries.id })
    .from(auditEntries)
    .where(and(eq(auditEntries.chain, chain), eq(auditEntries.seq, seq)))
    .get()
  if (!entry) throw new Error(`${chain} has no entry ${seq}`)
  return entry.id
}

function replayTable(from: Db | Tx, into: Tx, name: RecordName, end: ReplayEnd): void {
  const table: SQLiteTable = RECORDS[name].table
  const empty = emptyRow(name)
  const last = from
    .select({ id: max(auditEntries.entityId) })
    .from(auditEntries)
    .where(eq(auditEntries.entity, name))
    .get()
  for (let first = 1; first <= (last?.id ?? 0); first += PAGE) {
    const records = replayRecords(from, name, [first, first + PAGE - 1], end)
    restoreRows(into, table, [...records].map(toRow(empty)))
  }
}

/** A column that no entry names is null; one of JSON, which the entries name by its members, is empty. */
function emptyRow(name: RecordName): Record<string, unknown> {
  const json: readonly string[] = RECORDS[name].json
  const columns = Object.keys(getTableColumns(RECORDS[name].table as SQLiteTable))
  return Object.fromEntries(columns.map(column => [column, json.includes(column) ? {} : null]))
}

const toRow =
  (empty: Record<string, unknown>) =>
  ([id, { fields, rowVersion }]: [number, Replayed]) => ({ ...empty, ...fields, id, rowVersion })

function copyEntries(from: Db | Tx, into: Tx, { chain, seq }: { chain: string; seq: number }): void {
  for (let first = 1; first <= seq; first += PAGE) {
    const page = from
      .select()
      .from(auditEntries)
      .where(
        and(eq(auditEntries.chain, chain), between(auditEntries.seq, first, Math.min(seq, first + PAGE - 1))),
      )
      .orderBy(asc(auditEntries.seq))
      .all()
    restoreRows(into, auditEntries, page)
  }
}
