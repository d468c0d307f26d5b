import { existsSync, renameSync, rmSync } from 'node:fs'
import { type Connection, openDatabase, readMigrationState } from '@/db/client'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import { headsFile } from '@/lib/server/anchors'
import { operatorContext } from '@/lib/server/context'
import { setUpDatabase } from '@/lib/server/database'
import { type DemoAccount, isDemoDatabase, resetDemoAccounts } from '@/lib/server/demo-accounts'
import { DEMO_PLACE } from './demo-entry'
import { makeDemoStudy } from './demo-study'
import { CommandFailed, unwrap } from './run'

/**
 * The demonstration's database with accounts that can sign in: made when it is not there, else the same one with new
 * passwords. It is made under another name and put in its place when it is whole, so that no half of it is ever found.
 */
export async function prepareDemoDatabase(
  file: string,
  reference: CalendarDate,
  makePassword: () => string,
): Promise<readonly DemoAccount[]> {
  if (existsSync(file)) {
    return using(openDatabase(file), async connection => {
      assertDemo(connection)
      setUpDatabase(connection, { demo: true })
      return unwrap(await resetDemoAccounts(operatorContext(connection.db), DEMO_PLACE, makePassword))
    })
  }
  const making = `${file}.making`
  for (const part of ['', '-wal', '-shm', '.heads']) rmSync(`${making}${part}`, { force: true })
  const accounts = await using(openDatabase(making), connection => {
    setUpDatabase(connection, { demo: true })
    return makeDemoStudy(connection.db, reference, makePassword)
  })
  if (existsSync(headsFile(making))) renameSync(headsFile(making), headsFile(file))
  renameSync(making, file)
  return accounts
}

/** Before anything is written: a study's database must not be touched by a mistyped DATABASE_FILE. */
function assertDemo(connection: Connection): void {
  if (readMigrationState(connection).applied > 0 && isDemoDatabase(connection.db)) return
  throw new CommandFailed([
    `${connection.file} was not made by npm run demo and is left as it is. Set DATABASE_FILE to another place.`,
  ])
}

async function using<T>(connection: Connection, work: (connection: Connection) => Promise<T>): Promise<T> {
  try {
    return await work(connection)
  } finally {
    connection.close()
  }
}
