import { DatabaseUnfit } from '@/db/client'
import { databaseFile, publicAddress } from '@/lib/server/env'
import { prepareDatabase, refuseNewerDatabase } from '@/lib/server/start-up'
import { buildWhenChanged } from './build'
import { serve } from './serve'

/** `npm start`: builds if needed, brings the database up to date, serves. */
async function start(): Promise<number> {
  refuseNewerDatabase(databaseFile())
  buildWhenChanged()
  const { backup, firstUse } = await prepareDatabase(databaseFile())
  if (backup !== null) console.log(`The database was backed up to ${backup} and brought up to date`)
  if (firstUse !== null) {
    console.log('There is no account yet. This link makes the first administrator, once, within 72 hours:')
    console.log(`${publicAddress()}${firstUse}`)
  }
  return serve()
}

try {
  process.exitCode = await start()
} catch (error) {
  if (!(error instanceof DatabaseUnfit)) throw error
  console.error(error.message)
  process.exitCode = 1
}
