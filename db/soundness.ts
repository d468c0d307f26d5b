import { assertSchema, type Connection, DatabaseUnfit } from './client'
import { AUDIT, DERIVED, OPERATIONAL, RECORDS } from './table-kinds'

/** What SQLite itself finds wrong with the file, at most 100 lines; empty when it is sound. `quick` skips the indexes. */
export function checkIntegrity(connection: Connection, kind: 'quick' | 'full'): string[] {
  const pragma = kind === 'quick' ? 'quick_check(100)' : 'integrity_check(100)'
  const rows = connection.sqlite.prepare(`PRAGMA ${pragma}`).pluck().all().map(String)
  return rows.length === 1 && rows[0] === 'ok' ? [] : rows
}

/** Rows that point at rows that do not exist. */
export function checkForeignKeys(connection: Connection): string[] {
  const rows = connection.sqlite.prepare('PRAGMA foreign_key_check').all() as {
    table: string
    rowid: number
    parent: string
  }[]
  return rows
    .slice(0, 100)
    .map(row => `${row.table} ${row.rowid} points at a row that is not in ${row.parent}`)
}

/** Tables that are not STRICT and triggers that are missing, changed or foreign. */
export function checkSchema(connection: Connection): string[] {
  try {
    assertSchema(connection)
    return []
  } catch (error) {
    if (error instanceof DatabaseUnfit) return [error.message]
    throw error
  }
}

/** How often audit entries were removed at the end: their ids were given out once and are never given out again. */
export function countCutEntries(connection: Connection): number {
  const given = connection.sqlite
    .prepare("SELECT seq FROM sqlite_sequence WHERE name = 'audit_entries'")
    .pluck()
    .get()
  const last = connection.sqlite.prepare('SELECT max(id) FROM audit_entries').pluck().get()
  return Math.max(0, Number(given ?? 0) - Number(last ?? 0))
}

/** Rows in each table of this version. */
export function countRows(connection: Connection): Record<string, number> {
  const tables = [RECORDS, DERIVED, OPERATIONAL, AUDIT].flatMap(kind => Object.keys(kind)).sort()
  return Object.fromEntries(
    tables.map(table => [
      table,
      Number(connection.sqlite.prepare(`SELECT count(*) FROM "${table}"`).pluck().get()),
    ]),
  )
}
