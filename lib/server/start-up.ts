import { existsSync, readdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Connection, DatabaseUnfit, databaseExists, openDatabase, readMigrationState } from '@/db/client'
import { forgetDrafts } from '@/db/commands/drafts'
import { forgetEndedAccess } from '@/db/commands/sessions'
import { forgetSubmissions } from '@/db/commands/submissions'
import { hasAdministrator } from '@/db/queries/users'
import { describeError } from '@/lib/domain/shared/errors'
import { appendHeads } from './anchors'
import { writeBackup } from './backups'
import { addSeconds, type Instant, now } from './clock'
import { operatorContext } from './context'
import { setUpDatabase } from './database'
import { EXPORT_FOLDER } from './export-files'
import { makeFirstAdministratorLink, pathOfLink } from './one-time-links'
import { STATE_FOLDER } from './past-replay'

export interface Prepared {
  /** Backup that was made before migrating; null: there was nothing to migrate. */
  readonly backup: string | null
  /** Path of the link that makes the first administrator; null: there are accounts already. */
  readonly firstUse: string | null
}

/** Throws `DatabaseUnfit` where a newer version made the database; before anything is built or changed. */
export function refuseNewerDatabase(file: string): void {
  if (!databaseExists(file)) return
  const connection = openDatabase(file)
  const { applied, known } = readMigrationState(connection)
  connection.close()
  if (applied > known)
    throw new DatabaseUnfit(`${file} was made by a newer version of Longitude: install that version`)
}

/**
 * Makes a database ready to be served: set up when new; backed up, then migrated when older; what is of no use any more
 * removed; heads anchored; without any account, a link that makes the first administrator.
 */
export async function prepareDatabase(file: string): Promise<Prepared> {
  const connection = openDatabase(file)
  try {
    const at = now()
    const backup = await backUpBeforeMigration(connection, at)
    setUpDatabase(connection, { demo: false })
    clearLeftovers(connection, at)
    const firstUse = hasAdministrator(connection.db) ? null : firstUsePath(connection)
    appendHeads(connection.db, at, 'start')
    return { backup, firstUse }
  } finally {
    connection.close()
  }
}

const DAY_SECONDS = 24 * 60 * 60
const KEEP_SUBMISSIONS_DAYS = 7
const KEEP_ACCESS_DAYS = 30
const KEEP_DRAFTS_DAYS = 30

/** Export files and replayed states that a server which was stopped left behind, and rows that only had a use for a while. */
function clearLeftovers(connection: Connection, at: Instant): void {
  const folder = dirname(connection.file)
  const isLeft = (name: string) => name.startsWith(EXPORT_FOLDER) || name.startsWith(STATE_FOLDER)
  for (const name of readdirSync(folder).filter(isLeft))
    rmSync(join(folder, name), { recursive: true, force: true })
  const daysAgo = (days: number) => addSeconds(at, -days * DAY_SECONDS)
  connection.db.transaction(
    tx => {
      forgetSubmissions(tx, daysAgo(KEEP_SUBMISSIONS_DAYS))
      forgetEndedAccess(tx, daysAgo(KEEP_ACCESS_DAYS))
      forgetDrafts(tx, daysAgo(KEEP_DRAFTS_DAYS))
    },
    { behavior: 'immediate' },
  )
}

async function backUpBeforeMigration(connection: Connection, at: Instant): Promise<string | null> {
  const { applied, known } = readMigrationState(connection)
  if (applied === 0 || applied >= known) return null
  const plain = `${connection.file}.before-migration-${applied + 1}`
  const file = existsSync(plain) ? `${plain}-${at.replaceAll(/[:.]/g, '')}` : plain
  const written = await writeBackup(connection, file, at)
  if (!written.ok) throw new DatabaseUnfit(describeError(written.error))
  return file
}

function firstUsePath(connection: Connection): string {
  const made = makeFirstAdministratorLink(operatorContext(connection.db))
  if (!made.ok) throw new Error(made.error.code)
  return pathOfLink('firstAdministrator', made.value.token)
}
