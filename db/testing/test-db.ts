import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { WriteContext } from '@/db/audit-entry'
import { type Connection, migrateDatabase, openDatabase } from '@/db/client'
import { insertOperational } from '@/db/write'

export interface TestDb extends Connection {
  /** Closes the database and removes its file. */
  remove(): void
}

/** A migrated database file of its own, named as an installation. */
export function createTestDb(): TestDb {
  const folder = mkdtempSync(join(tmpdir(), 'longitude-test-'))
  const connection = openDatabase(join(folder, 'test.db'))
  migrateDatabase(connection)
  connection.db.transaction(tx =>
    insertOperational(tx, 'installations', {
      id: 1,
      uuid: '00000000-0000-4000-8000-000000000001',
      createdAt: TEST_NOW,
      demo: false,
    }),
  )
  return {
    ...connection,
    remove: () => {
      connection.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The instant at which tests happen unless they say otherwise. */
export const TEST_NOW = '2026-04-16T08:30:00.000Z'

export const TEST_WRITER: WriteContext = {
  userId: null,
  name: 'Operator',
  role: 'operator',
  now: TEST_NOW,
  requestId: 'test-request',
}
