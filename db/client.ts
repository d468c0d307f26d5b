import { closeSync, existsSync, mkdirSync, openSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import Database from 'better-sqlite3'
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import { TRIGGERS } from './triggers'

/** The only file that opens a database. */
export type Db = BetterSQLite3Database & { readonly $client: Database.Database }
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
]

/** How long a connection waits for another process's write lock. It waits inside SQLite: nothing else runs meanwhile. */
const WAIT_MS = 5000

/**
 * Opens a database file, creating it when absent (unless `readonly`), and asserts its settings. Does not migrate.
 * `waitMs`: how long to wait for the write lock, 5000 unless said otherwise. A process that serves many people on one
 * thread takes 0 and tries again by itself, since nobody could read while it waits.
 */
export function openDatabase(
  file: string,
  options: { readonly readonly?: boolean; readonly waitMs?: number } = {},
): Connection {
  const readonly = options.readonly === true
  const { waitMs = WAIT_MS } = options
  if (!readonly && file !== ':memory:') mkdirSync(dirname(file), { recursive: true })
  // Participants' data are for the account that runs the server; the files beside it take the same rights.
  if (!readonly && file !== ':memory:' && !existsSync(file)) closeSync(openSync(file, 'a', 0o600))
  const sqlite = new RememberingDriver(file, { readonly, fileMustExist: readonly })
  try {
    assertSqliteVersion(sqlite)
    const settings = [...PRAGMAS, ['busy_timeout', String(waitMs), waitMs] as const]
    for (const [name, value] of settings) {
      if (!(readonly && name === 'journal_mode')) sqlite.pragma(`${name} = ${value}`)
    }
    for (const [name, , expected] of settings) {
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

/** Connections to scratch databases; see `openScratchDatabase`. */
const scratches = new WeakSet<object>()

/**
 * A private database on disk, of the present schema and empty. Nothing in it outlives a crash, so that it keeps no journal
 * and waits for no disk. Without a name SQLite removes it when it is closed and when the process ends, however it ends;
 * with one it is a new file, readable by its owner alone, that `reopenScratchDatabase` opens in another thread.
 */
export function openScratchDatabase(file = ''): Connection {
  if (file !== '') closeSync(openSync(/* turbopackIgnore: true */ file, 'wx', 0o600))
  return openScratch(file, migrateDatabase)
}

/** Opens a finished scratch database of which another thread made the file. The file may be removed then. */
export function reopenScratchDatabase(file: string): Connection {
  return openScratch(file, () => {})
}

function openScratch(file: string, makeReady: (connection: Connection) => void): Connection {
  const sqlite = new RememberingDriver(file, { fileMustExist: file !== '' })
  const connection = { db: drizzle(sqlite), sqlite, file, close: () => sqlite.close() }
  try {
    assertSqliteVersion(sqlite)
    sqlite.pragma('journal_mode = OFF')
    sqlite.pragma('synchronous = OFF')
    sqlite.pragma(`cache_size = -${SCRATCH_CACHE_KB}`)
    for (const setting of ['foreign_keys = ON', 'recursive_triggers = ON', 'trusted_schema = OFF'])
      sqlite.pragma(setting)
    makeReady(connection)
  } catch (error) {
    sqlite.close()
    throw error
  }
  scratches.add(sqlite)
  return connection
}

/** Memory that one scratch database takes; the rest of it is on disk. */
const SCRATCH_CACHE_KB = 16_000

/** Whether a driver's connection is to a scratch database. */
export function isScratch(client: object): boolean {
  return scratches.has(client)
}

/** Carries out work that does not wait for another process's write lock: it throws SQLITE_BUSY at once. */
export function withoutWaiting<T>(db: Db, work: () => T): T {
  const sqlite = db.$client
  const usual = Number(sqlite.pragma('busy_timeout', { simple: true }))
  sqlite.pragma('busy_timeout = 0')
  try {
    return work()
  } finally {
    sqlite.pragma(`busy_timeout = ${usual}`)
  }
}

/** Whether another process holds the write lock now; asked without waiting and without writing. */
export function isWriteLocked(db: Db): boolean {
  try {
    withoutWaiting(db, () => db.$client.exec('BEGIN IMMEDIATE'))
  } catch (error) {
    return isBusy(error)
  }
  db.$client.exec('ROLLBACK')
  return false
}

/** Whether SQLite refused because another process holds the lock. */
export function isBusy(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY')
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
 * Brings the schema up to this version, in one transaction that is checked before it is committed: a migration that
 * loses rows, STRICT or a trigger leaves the database as it was. A migration that recreates a table would cascade its
 * children away, so foreign keys are switched off on the connection first: inside a transaction the switch does nothing.
 * Throws `DatabaseUnfit`, also on a database newer than this version.
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
    sqlite.transaction(() => carryOutMigrations(connection, folder)).immediate()
  } finally {
    sqlite.pragma('foreign_keys = ON')
  }
}

/** The table of what was applied is drizzle's own, as its tools expect it. */
function carryOutMigrations(connection: Connection, folder: string): void {
  const { sqlite } = connection
  sqlite.exec(
    'CREATE TABLE IF NOT EXISTS __drizzle_migrations (id SERIAL PRIMARY KEY, hash text NOT NULL, created_at numeric)',
  )
  const last = Number(sqlite.prepare('SELECT max(created_at) FROM __drizzle_migrations').pluck().get() ?? -1)
  const note = sqlite.prepare('INSERT INTO __drizzle_migrations (hash, created_at) VALUES (?, ?)')
  for (const { sql, hash, folderMillis } of readMigrationFiles({ migrationsFolder: folder })) {
    if (folderMillis <= last) continue
    for (const statement of sql) sqlite.exec(statement)
    note.run(hash, folderMillis)
  }
  const broken: unknown = sqlite.pragma('foreign_key_check')
  if (Array.isArray(broken) && broken.length > 0)
    throw new DatabaseUnfit(
      `the migration would leave ${broken.length} rows that point at rows that do not exist`,
    )
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

/** Texts kept; a save uses some forty, an export a dozen more. */
const KEPT = 400

/**
 * The driver, remembering the statements that it compiled: drizzle asks for the same texts with every request, and
 * compiling costs more than running. A statement in the middle of being read is not given out a second time.
 */
class RememberingDriver extends Database {
  readonly #statements = new Map<string, Database.Statement>()

  // biome-ignore lint/suspicious/noExplicitAny: the driver's own signature
  override prepare(source: string): any {
    const known = this.#statements.get(source)
    if (known && !known.busy) {
      if (known.reader) known.raw(false).pluck(false)
      return known
    }
    const made = super.prepare(source)
    if (this.#statements.size >= KEPT) {
      const [oldest] = this.#statements.keys()
      if (oldest !== undefined) this.#statements.delete(oldest)
    }
    this.#statements.set(source, made)
    return made
  }
}
