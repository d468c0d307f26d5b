import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { type Connection, migrateDatabase, openDatabase, readMigrationState } from '@/db/client'
import { installations } from '@/db/schema/audit'
import { insertOperational } from '@/db/write'
import { now } from './clock'
import { databaseFile } from './env'

const holder = globalThis as { longitudeDatabase?: Connection }

/** The process's one connection, opened at first use (a build imports modules and must not open it). */
export function database(): Connection {
  if (!holder.longitudeDatabase || holder.longitudeDatabase.file !== databaseFile()) {
    holder.longitudeDatabase = openDatabase(databaseFile())
  }
  return holder.longitudeDatabase
}

/** Migrates and, on a new database, names the installation. Says whether the database was empty before. */
export function setUpDatabase(connection: Connection, options: { demo: boolean }): { wasEmpty: boolean } {
  const wasEmpty = readMigrationState(connection).applied === 0
  migrateDatabase(connection)
  connection.db.transaction(
    tx => {
      if (tx.select().from(installations).where(eq(installations.id, 1)).get()) return
      insertOperational(tx, 'installations', {
        id: 1,
        uuid: randomUUID(),
        createdAt: now(),
        demo: options.demo,
      })
    },
    { behavior: 'immediate' },
  )
  return { wasEmpty }
}
