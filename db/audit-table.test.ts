import { spawnSync } from 'node:child_process'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { assertSchema, DatabaseUnfit } from './client'
import { seedStudy } from './testing/factories'
import { createTestDb, type TestDb } from './testing/test-db'

let test: TestDb
beforeAll(() => {
  test = createTestDb()
  seedStudy(test.db)
})
afterAll(() => test.remove())

const COLUMNS = 'id, chain, seq, at, act, actor, role, changes, details, request_id, prev_hash, hash'
const forged = (id: number | 'NULL', seq: number) =>
  `(${id}, 'study/SMALL', ${seq}, 'x', 'update', 'Eve', 'none', '{}', '{}', 'r', 'p', 'h')`

/** Every way in SQL to change what was written, or to slip something in. */
const ATTACKS: readonly (readonly [string, string])[] = [
  ['UPDATE', "UPDATE audit_entries SET actor = 'Eve' WHERE id = 1"],
  ['UPDATE OR REPLACE', 'UPDATE OR REPLACE audit_entries SET id = 2 WHERE id = 1'],
  ['DELETE', 'DELETE FROM audit_entries WHERE id = 1'],
  ['DELETE of all', 'DELETE FROM audit_entries'],
  ['REPLACE', `REPLACE INTO audit_entries (${COLUMNS}) VALUES ${forged(1, 1)}`],
  ['REPLACE by chain and number', `REPLACE INTO audit_entries (${COLUMNS}) VALUES ${forged('NULL', 1)}`],
  ['INSERT OR REPLACE', `INSERT OR REPLACE INTO audit_entries (${COLUMNS}) VALUES ${forged(1, 1)}`],
  [
    'upsert',
    `INSERT INTO audit_entries (${COLUMNS}) VALUES ${forged(1, 1)} ON CONFLICT DO UPDATE SET actor = 'Eve'`,
  ],
  [
    'upsert by chain and number',
    `INSERT INTO audit_entries (${COLUMNS}) VALUES ${forged('NULL', 1)} ON CONFLICT (chain, seq) DO UPDATE SET actor = 'Eve'`,
  ],
  ['INSERT with a gap', `INSERT INTO audit_entries (${COLUMNS}) VALUES ${forged('NULL', 999)}`],
]

const content = () => test.sqlite.prepare('SELECT * FROM audit_entries ORDER BY id').all()

describe('the audit table refuses (A5)', () => {
  it.each(ATTACKS)('%s, on the connection of the product', (_, sql) => {
    const before = content()
    expect(() => test.sqlite.exec(sql)).toThrow(/audit entries/)
    expect(content()).toEqual(before)
  })

  it.each(ATTACKS)('%s, on a connection without recursive triggers and foreign keys', (_, sql) => {
    const before = content()
    const other = new Database(test.file)
    other.pragma('recursive_triggers = OFF')
    other.pragma('foreign_keys = OFF')
    try {
      expect(() => other.exec(sql)).toThrow(/audit entries/)
    } finally {
      other.close()
    }
    expect(content()).toEqual(before)
  })

  // Where the command line of SQLite is not installed, a process that knows only the driver stands for any other client.
  const hasClient = spawnSync('sqlite3', ['--version']).error === undefined
  const attack = (sql: string) =>
    hasClient
      ? spawnSync('sqlite3', [test.file, sql], { encoding: 'utf8' })
      : spawnSync(process.execPath, ['-e', BARE_DRIVER, test.file, sql], { encoding: 'utf8' })

  it.each(ATTACKS)('%s, from another program', (_, sql) => {
    const before = content()
    const { status, stderr } = attack(sql)
    expect(status).not.toBe(0)
    expect(stderr).toMatch(/audit entries/)
    expect(content()).toEqual(before)
  })
})

/** Runs the second argument against the first, with SQLite's own settings, then says whether it did. */
const BARE_DRIVER = 'new (require("better-sqlite3"))(process.argv[1]).exec(process.argv[2])'

describe('a published protocol version refuses', () => {
  it.each(["UPDATE protocol_versions SET content = '{}'", 'DELETE FROM protocol_versions'])('%s', sql => {
    expect(() => test.sqlite.exec(sql)).toThrow(/published protocol version/)
  })

  it('being replaced by another row of the same number', () => {
    const other = new Database(test.file)
    other.pragma('recursive_triggers = OFF')
    other.pragma('foreign_keys = OFF')
    const before = test.sqlite.prepare('SELECT * FROM protocol_versions').all()
    const sql =
      "REPLACE INTO protocol_versions (study_id, number, position, effective_from, content, content_hash, published_at) SELECT study_id, number, position, effective_from, '{}', '', published_at FROM protocol_versions"
    try {
      expect(() => other.exec(sql)).toThrow(/published protocol version/)
    } finally {
      other.close()
    }
    expect(test.sqlite.prepare('SELECT * FROM protocol_versions').all()).toEqual(before)
  })
})

describe('at opening, the schema is compared with what this version expects (A5)', () => {
  it.each([
    ['a trigger that was dropped', 'DROP TRIGGER audit_entries_no_update', /audit_entries_no_update/],
    [
      'a trigger that does nothing',
      'DROP TRIGGER audit_entries_no_delete; CREATE TRIGGER audit_entries_no_delete BEFORE DELETE ON audit_entries BEGIN SELECT 1; END',
      /audit_entries_no_delete/,
    ],
    [
      'a trigger that was added',
      'CREATE TRIGGER quiet AFTER INSERT ON audit_entries BEGIN SELECT 1; END',
      /quiet/,
    ],
    ['a table that is not STRICT', 'CREATE TABLE loose (a)', /loose/],
  ])('%s is found', (_, sql, name) => {
    const tampered = createTestDb()
    tampered.sqlite.exec(sql)
    expect(() => assertSchema(tampered)).toThrow(DatabaseUnfit)
    expect(() => assertSchema(tampered)).toThrow(name)
    tampered.remove()
  })
})
