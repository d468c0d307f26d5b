import { randomUUID } from 'node:crypto'
import {
  assertSchema,
  type Connection,
  DatabaseUnfit,
  databaseExists,
  migrateDatabase,
  openDatabase,
  readMigrationState,
} from '@/db/client'
import { nameInstallation } from '@/db/commands/installations'
import { now } from './clock'
import { databaseFile } from './env'
import { leaveReplaysToThreads } from './past-states'

const holder = globalThis as { longitudeDatabase?: Connection }

/**
 * The server's one connection, opened at first use (a build imports modules and must not open it). It never waits for
 * another process's write lock, since everybody would wait with it: `retryWhileBusy` tries again.
 */
export function database(): Connection {
  if (!holder.longitudeDatabase || holder.longitudeDatabase.file !== databaseFile()) {
    holder.longitudeDatabase = openDatabase(databaseFile(), { waitMs: 0 })
    leaveReplaysToThreads(holder.longitudeDatabase.db)
  }
  return holder.longitudeDatabase
}

/** Migrates and, on a new database, names the installation. Says whether the database was empty before. */
export function setUpDatabase(connection: Connection, options: { demo: boolean }): { wasEmpty: boolean } {
  const wasEmpty = readMigrationState(connection).applied === 0
  migrateDatabase(connection)
  const named = { uuid: randomUUID(), createdAt: now(), demo: options.demo }
  connection.db.transaction(tx => nameInstallation(tx, named), { behavior: 'immediate' })
  return { wasEmpty }
}

/** Opens a database that this version made or brought up to date. Throws `DatabaseUnfit`, saying what to do, on any other. */
export function openExistingDatabase(file: string): Connection {
  if (!databaseExists(file)) throw new DatabaseUnfit(`there is no database at ${file}: ${HOW_TO_MAKE_ONE}`)
  return fitOrClosed(openDatabase(file), connection => {
    const { applied, known } = readMigrationState(connection)
    if (applied === 0) throw new DatabaseUnfit(`${file} is empty: ${HOW_TO_MAKE_ONE}`)
    assertUpToDate(file, applied, known)
    assertSchema(connection)
  })
}

/** As `openExistingDatabase`, but a file that is absent or empty is set up first. */
export function openOrSetUpDatabase(file: string): Connection {
  return fitOrClosed(openDatabase(file), connection => {
    const { applied, known } = readMigrationState(connection)
    if (applied > 0) assertUpToDate(file, applied, known)
    setUpDatabase(connection, { demo: false })
  })
}

const HOW_TO_MAKE_ONE = 'apply a study or start the server to make one'

function assertUpToDate(file: string, applied: number, known: number): void {
  if (applied > known) {
    throw new DatabaseUnfit(
      `${file} was made by a newer version of Longitude (schema ${applied}, this version knows ${known})`,
    )
  }
  if (applied < known) {
    throw new DatabaseUnfit(
      `${file} was made by an older version of Longitude (schema ${applied}, this version has ${known}): run npm start once, which backs it up and brings it up to date`,
    )
  }
}

function fitOrClosed(connection: Connection, check: (connection: Connection) => void): Connection {
  try {
    check(connection)
    return connection
  } catch (error) {
    connection.close()
    throw error
  }
}
