import { getTableColumns, getTableName } from 'drizzle-orm'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import { afterAll, describe, expect, it } from 'vitest'
import { openDatabase } from './client'
import { AUDIT, DERIVED, OPERATIONAL, RECORDS } from './table-kinds'
import { createTestDb } from './testing/test-db'
import { TRIGGERS } from './triggers'

const made = createTestDb()
made.close()
const test = openDatabase(made.file)
afterAll(() => {
  test.close()
  made.remove()
})

const rows = <T>(sql: string, ...args: unknown[]) => test.sqlite.prepare(sql).all(...args) as T[]
const tables = rows<{ name: string; strict: number }>(
  "SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite%' AND name <> '__drizzle_migrations'",
)

describe('a database that was opened again', () => {
  it.each([
    ['journal_mode', 'wal'],
    ['synchronous', 2],
    ['foreign_keys', 1],
    ['recursive_triggers', 1],
    ['trusted_schema', 0],
    ['busy_timeout', 5000],
  ])('has %s = %s', (name, value) => {
    expect(test.sqlite.pragma(name, { simple: true })).toBe(value)
  })

  it('runs on an SQLite without the WAL-reset bug', () => {
    const version = String(test.sqlite.prepare('SELECT sqlite_version()').pluck().get())
    expect(version.localeCompare('3.51.3', undefined, { numeric: true })).toBeGreaterThanOrEqual(0)
  })
})

describe('every table', () => {
  it.each(tables)('$name is STRICT', ({ strict }) => {
    expect(strict).toBe(1)
  })

  it.each(tables)(
    '$name has an index that begins with each of its foreign keys and leaves no row out',
    ({ name }) => {
      const keys = rows<{ from: string }>('SELECT "from" FROM pragma_foreign_key_list(?)', name)
      const whole = rows<{ name: string }>('SELECT name FROM pragma_index_list(?) WHERE partial = 0', name)
      const indexed = whole.flatMap(index =>
        rows<{ name: string }>('SELECT name FROM pragma_index_info(?) WHERE seqno = 0', index.name),
      )
      // A primary key that is the row's own number needs no index.
      const primary = rows<{ name: string }>(
        "SELECT name FROM pragma_table_info(?) WHERE pk = 1 AND type = 'INTEGER'",
        name,
      )
      const first = [...indexed, ...primary].map(column => column.name)
      expect(keys.map(key => key.from).filter(column => !first.includes(column))).toEqual([])
    },
  )

  it('is of exactly one kind', () => {
    const kinds = [RECORDS, DERIVED, OPERATIONAL, AUDIT].flatMap(kind => Object.keys(kind))
    expect(kinds.sort()).toEqual(tables.map(({ name }) => name).sort())
  })
})

describe('every table of records', () => {
  it.each(Object.entries(RECORDS))(
    '%s stands under its own name, with version and void columns',
    (name, { table }) => {
      expect(getTableName(table)).toBe(name)
      expect(Object.keys(getTableColumns(table as SQLiteTable))).toEqual(
        expect.arrayContaining(['id', 'rowVersion', 'voidedAt', 'voidReason']),
      )
    },
  )

  it.each(Object.entries(RECORDS))(
    '%s names its JSON columns, so that history speaks of single values',
    (_, { table, json }) => {
      const columns = Object.entries(getTableColumns(table as SQLiteTable))
      expect(columns.filter(([, column]) => column.dataType === 'json').map(([name]) => name)).toEqual([
        ...json,
      ])
    },
  )
})

it('the triggers are those that this version expects (A5)', () => {
  const names = rows<{ name: string }>("SELECT name FROM sqlite_master WHERE type = 'trigger'").map(
    ({ name }) => name,
  )
  expect(names.sort()).toEqual(Object.keys(TRIGGERS).sort())
})
