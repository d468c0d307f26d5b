import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import Database from 'better-sqlite3'
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3'
import { migrate } from 'drizzle-orm/better-sqlite3/migrator'
import { TRIGGERS } from './triggers'

/** The only file that opens a database. */
export type Db = BetterSQLite3Database
/** An open transaction, the only thing that writes accept. */
export type Tx = Parameters<Parameters<Db['transaction']>[0]>[0]

export interface Connection {
  readonly db: Db
  readonly sqlite: Database.Database
  readonly file: string
  close(): void
}

export class DatabaseUnfit extends Error {
  override name = 'DatabaseUnfit'
}

const MINIMUM_SQLITE = [3, 51, 3] as const

/** What every connection must show after opening; `synchronous` 2 is FULL. */
const PRAGMAS: readonly (readonly [string, string, string | number])[] = [
  ['journal_mode', 'WAL', 'wal'],
  ['synchronous', 'FULL', 2],
  ['foreign_keys', 'ON', 1],
  ['recursive_triggers', 'ON', 1],
  ['trusted_schema', 'OFF', 0],
  ['busy_timeout', '5000', 5000],
]

/** Opens a database file, creating it when absent (unless `readonly`), and asserts its settings. Does not migrate. */
export function openDatabase(file: string, options: { readonly?: boolean } = {}): Connection {
  const readonly = options.readonly === true
  if (!readonly && file !== ':memory:') mkdirSync(dirname(file), { recursive: true })
  const sqlite = new Database(file, { readonly, fileMustExist: readonly })
  try {
    assertSqliteVersion(sqlite)
    for (const [name, value] of PRAGMAS) {
      if (!(readonly && name === 'journal_mode')) sqlite.pragma(`${name} = ${value}`)
    }
    for (const [name, , expected] of PRAGMAS) {
      const actual: unknown = sqlite.pragma(name, { simple: true })
      if (actual !== expected && !(name === 'journal_mode' && file === ':memory:')) {
        throw new DatabaseUnfit(`the setting ${name} of ${file} is ${String(actual)}, not ${expected}`)
      }
    }
  } catch (error) {
    sqlite.close()
    throw error
  }
  return { db: drizzle(sqlite), sqlite, file, close: () => sqlite.close() }
}

function assertSqliteVersion(sqlite: Database.Database): void {
  const text = String(sqlite.prepare('SELECT sqlite_version()').pluck().get())
  const parts = text.split('.').map(Number)
  for (const [index, minimum] of MINIMUM_SQLITE.entries()) {
    const part = parts[index] ?? 0
    if (part > minimum) return
    if (part < minimum)
      throw new DatabaseUnfit(`SQLite ${text} is too old; ${MINIMUM_SQLITE.join('.')} or newer is needed`)
  }
}

const migrationsFolder = () => join(/* turbopackIgnore: true */ process.cwd(), 'db', 'migrations')

function listMigrations(folder: string): readonly { tag: string }[] {
  const journal: unknown = JSON.parse(readFileSync(join(folder, 'meta', '_journal.json'), 'utf8'))
  return (journal as { entries: { tag: string }[] }).entries
}

export interface MigrationState {
  readonly applied: number
  readonly known: number
}

/** How many migrations the database holds and how many this version knows; 0 applied is an empty database. */
export function readMigrationState(connection: Connection, folder = migrationsFolder()): MigrationState {
  const table = connection.sqlite
    .prepare("SELECT 1 FROM sqlite_master WHERE name = '__drizzle_migrations'")
    .get()
  const applied = table
    ? Number(connection.sqlite.prepare('SELECT count(*) FROM __drizzle_migrations').pluck().get())
    : 0
  return { applied, known: listMigrations(folder).length }
}

/**
 * Brings the schema up to this version. A migration that recreates a table would cascade its children away inside
 * drizzle's transaction, so foreign keys are switched off on the connection first and checked afterwards.
 * Throws `DatabaseUnfit` on a database newer than this version.
 */
export function migrateDatabase(connection: Connection, folder = migrationsFolder()): void {
  const { applied, known } = readMigrationState(connection, folder)
  if (applied > known) {
    throw new DatabaseUnfit(
      `${connection.file} was made by a newer version of Longitude (schema ${applied}, this version knows ${known})`,
    )
  }
  const { sqlite } = connection
  sqlite.pragma('foreign_keys = OFF')
  try {
    migrate(connection.db, { migrationsFolder: folder })
    const broken: unknown = sqlite.pragma('foreign_key_check')
    if (Array.isArray(broken) && broken.length > 0) {
      throw new DatabaseUnfit(`after migration ${broken.length} rows point at rows that do not exist`)
    }
  } finally {
    sqlite.pragma('foreign_keys = ON')
  }
  assertSchema(connection)
}

/** Throws `DatabaseUnfit` when a table is not STRICT or a trigger differs from the expected text. */
export function assertSchema(connection: Connection): void {
  const loose = connection.sqlite
    .prepare(
      "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name <> '__drizzle_migrations'",
    )
    .pluck()
    .all()
  if (loose.length > 0) throw new DatabaseUnfit(`these tables are not STRICT: ${loose.join(', ')}`)
  const rows = connection.sqlite.prepare("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").all()
  const actual = new Map((rows as { name: string; sql: string }[]).map(row => [row.name, row.sql]))
  for (const [name, sql] of Object.entries(TRIGGERS)) {
    if (squash(actual.get(name) ?? '') !== squash(sql))
      throw new DatabaseUnfit(`the trigger ${name} is missing or was changed`)
  }
  for (const name of actual.keys()) {
    if (!(name in TRIGGERS)) throw new DatabaseUnfit(`the trigger ${name} does not belong to this version`)
  }
}

const squash = (sql: string) => sql.replace(/\s+/g, ' ').trim()

/** Whether a file is there at all, so that a command can say so before it would make one. */
export function databaseExists(file: string): boolean {
  return existsSync(file)
}
