import { and, eq, getTableColumns, getTableName, type SQL, sql } from 'drizzle-orm'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { JsonValue } from '@/lib/domain/audit/canonical-json'
import { diffRecord } from '@/lib/domain/audit/diff'
import { type EntryInput, moveHead, nextAuditEntry, type WriteContext } from './audit-entry'
import { isScratch, type Tx } from './client'
import { auditEntries } from './schema/audit'
import { clientOf } from './statement'
import {
  DERIVED,
  type DerivedName,
  forgetPlaces,
  locateRecord,
  OPERATIONAL,
  type OperationalName,
  type Place,
  RECORDS,
  type RecordInput,
  type RecordName,
  type RecordRow,
  rememberPlace,
} from './table-kinds'
import { assertReason, assertUnlocked, describeConflict, forgetLocks, WriteRefused } from './write-guards'

type Plain = Record<string, unknown>

/** Writes a new record and its audit entry. Refused: study locked. */
export function insertRecord<N extends RecordName>(
  tx: Tx,
  w: WriteContext,
  name: N,
  values: RecordInput<N>,
): RecordRow<N> {
  const { table, json } = RECORDS[name]
  const place = locateRecord(tx, name, values as RecordRow<N>)
  if (name !== 'studies') assertUnlocked(tx, place)
  const row = prepareInsert(tx, table, values as Plain).get(values as Plain) as RecordRow<N>
  const { id, rowVersion: _, ...fields } = row as Plain
  rememberPlace(tx, name, Number(id), place)
  append(tx, w, place, {
    act: 'insert',
    entity: name,
    entityId: Number(id),
    changes: diffRecord({}, fields, json),
  })
  return row
}

/**
 * Changes a record. What changes nothing writes nothing. Refused: study locked; record voided; stale version (with the
 * stored values); a stored value changes and there is no reason.
 */
export function updateRecord<N extends RecordName>(
  tx: Tx,
  w: WriteContext,
  name: N,
  id: RecordRow<N>['id'],
  expectedVersion: number,
  patch: Partial<RecordInput<N>>,
  reason: string | null,
): RecordRow<N> {
  return change(tx, w, name, id, expectedVersion, patch as Plain, reason, 'update')
}

/** Takes a record out of lists, denominators and exports; it stays in history. Refused as `updateRecord`. */
export function voidRecord<N extends RecordName>(
  tx: Tx,
  w: WriteContext,
  name: N,
  id: RecordRow<N>['id'],
  expectedVersion: number,
  reason: string,
): RecordRow<N> {
  if (reason.trim() === '') throw new WriteRefused({ code: 'reasonRequired', fields: [] })
  return change(tx, w, name, id, expectedVersion, { voidedAt: w.now, voidReason: reason }, reason, 'void')
}

/** Puts a record under the right participant or visit. The entry stands at the new place and names the old one. */
export function moveRecord<N extends 'visits' | 'assessments' | 'treatments' | 'log_entries'>(
  tx: Tx,
  w: WriteContext,
  name: N,
  id: RecordRow<N>['id'],
  expectedVersion: number,
  patch: Partial<RecordInput<N>>,
  reason: string,
): RecordRow<N> {
  return change(tx, w, name, id, expectedVersion, patch as Plain, reason, 'move')
}

/** Appends an act that changes no record: a sign-in, an export, a look. `chain` is `system` or a study's. */
export function recordAct(
  tx: Tx,
  w: WriteContext,
  place: Partial<Place> & { chain: string },
  act: string,
  details: JsonValue,
): void {
  append(tx, w, { site: null, subject: null, visit: null, form: null, ...place }, { act, details })
}

/** Replaces the derived rows under one parent by those that the pure function gave. */
export function replaceDerived<N extends DerivedName>(
  tx: Tx,
  name: N,
  parent: SQL,
  rows: readonly (typeof DERIVED)[N]['$inferInsert'][],
): void {
  tx.delete(DERIVED[name] as SQLiteTable)
    .where(parent)
    .run()
  insertDerived(tx, name, rows)
}

/** Writes the derived rows of a parent that has none yet. */
export function insertDerived<N extends DerivedName>(
  tx: Tx,
  name: N,
  rows: readonly (typeof DERIVED)[N]['$inferInsert'][],
): void {
  for (const row of rows) prepareInsert(tx, DERIVED[name], row as Plain, false).run(row as Plain)
}

/**
 * Lays rows down as a replay of the audit found them, versions and entries included. Into a scratch database only: on any
 * other it would lead past the audit, and throws.
 */
export function restoreRows(tx: Tx, table: SQLiteTable, rows: readonly Plain[]): void {
  if (!isScratch(clientOf(tx))) throw new Error(`${getTableName(table)}: rows are restored to a scratch only`)
  for (const row of rows) prepareInsert(tx, table, row, false).run(row)
}

export function insertOperational<N extends OperationalName>(
  tx: Tx,
  name: N,
  row: (typeof OPERATIONAL)[N]['$inferInsert'],
): void {
  tx.insert(OPERATIONAL[name] as SQLiteTable)
    .values(row as Plain)
    .run()
}

/** Returns how many rows changed. */
export function updateOperational<N extends OperationalName>(
  tx: Tx,
  name: N,
  where: SQL,
  patch: Partial<(typeof OPERATIONAL)[N]['$inferInsert']>,
): number {
  return tx
    .update(OPERATIONAL[name] as SQLiteTable)
    .set(patch as Plain)
    .where(where)
    .run().changes
}

export function deleteOperational(tx: Tx, name: OperationalName, where: SQL): void {
  tx.delete(OPERATIONAL[name] as SQLiteTable)
    .where(where)
    .run()
}

function change<N extends RecordName>(
  tx: Tx,
  w: WriteContext,
  name: N,
  id: RecordRow<N>['id'],
  expectedVersion: number,
  given: Plain,
  reason: string | null,
  act: 'update' | 'void' | 'move',
): RecordRow<N> {
  const { table, json } = RECORDS[name]
  const columns = getTableColumns(table as SQLiteTable)
  const idColumn = columns.id
  const versionColumn = columns.rowVersion
  if (!idColumn || !versionColumn) throw new Error(`${name} is not a table of records`)
  const before = prepareOnce(tx, `select ${name}`, () =>
    tx
      .select()
      .from(table as SQLiteTable)
      .where(eq(idColumn, sql.placeholder('id')))
      .prepare(),
  ).get({ id }) as (RecordRow<N> & Plain) | undefined
  if (!before) throw new WriteRefused({ code: 'notFound', what: 'The record' })
  // The driver leaves out what is undefined; the audit must not say that it was emptied.
  const patch = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
  const changes = diffRecord(pick(before, Object.keys(patch)), patch, json)
  if (Object.keys(changes).length === 0) return before
  if (before.voidedAt)
    throw new WriteRefused({ code: 'voided', what: 'The record', reason: before.voidReason ?? '' })
  const from = locateRecord(tx, name, before)
  if (!(name === 'studies' && 'lockedAt' in patch)) assertUnlocked(tx, from)
  if (before.rowVersion !== expectedVersion)
    throw new WriteRefused(describeConflict(tx, name, before, changes))
  assertReason(changes, reason)
  const after = tx
    .update(table as SQLiteTable)
    .set({ ...patch, rowVersion: expectedVersion + 1 })
    .where(and(eq(idColumn, id), eq(versionColumn, expectedVersion)))
    .returning()
    .get() as RecordRow<N> | undefined
  if (!after) throw new Error(`${name} ${id} changed within its own transaction`)
  if (name === 'studies') forgetLocks(tx)
  if (Object.keys(changes).some(field => PLACING.has(field))) forgetPlaces(tx)
  const place = act === 'move' ? locateRecord(tx, name, after) : from
  if (act === 'move') assertUnlocked(tx, place)
  const details =
    act === 'move' ? { movedFrom: { site: from.site, subject: from.subject, visit: from.visit } } : {}
  append(tx, w, place, { act, entity: name, entityId: id, changes, details, reason })
  return after
}

function pick(row: Plain, keys: readonly string[]): Plain {
  return Object.fromEntries(keys.map(key => [key, row[key]]))
}

/** Fields from which the places of rows follow. */
const PLACING: ReadonlySet<string> = new Set([
  'code',
  'number',
  'studyId',
  'siteId',
  'participantId',
  'visitId',
])

function append(tx: Tx, w: WriteContext, place: Place, entry: EntryInput): void {
  const row = nextAuditEntry(tx, w, place, entry)
  prepareInsert(tx, auditEntries, row).run(row)
  moveHead(tx, row)
}

interface Prepared {
  get(values: Plain): unknown
  run(values: Plain): unknown
}

/** Statements built for a connection: an import carries out the same few some ten thousand times. */
const prepared = new WeakMap<object, Map<string, Prepared>>()

function prepareOnce(tx: Tx, key: string, prepare: () => Prepared): Prepared {
  const client = clientOf(tx)
  const own = prepared.get(client) ?? new Map<string, Prepared>()
  prepared.set(client, own)
  const statement = own.get(key) ?? prepare()
  own.set(key, statement)
  return statement
}

/** Null is written into the statement: the driver would take it for a value, and store `false` or the text `null`. */
function prepareInsert(tx: Tx, table: SQLiteTable, values: Plain, returning = true): Prepared {
  const columns = Object.keys(values).filter(column => values[column] !== undefined)
  const key = columns.map(column => (values[column] === null ? `${column}=null` : column)).join()
  return prepareOnce(tx, `insert ${returning} ${getTableName(table)} ${key}`, () => {
    const row = columns.map(column => [column, values[column] === null ? null : sql.placeholder(column)])
    const insert = tx.insert(table).values(Object.fromEntries(row))
    return returning ? insert.returning().prepare() : insert.prepare()
  })
}
