import { findInstallation } from '@/db/queries/audit'
import { checkIntegrity, checkSchema } from '@/db/soundness'
import { database } from './database'
import { faultOf, log } from './log'
import { SOFTWARE_VERSION } from './software-version'
import { noteSoundness } from './soundness'

export type Health =
  | { readonly status: 'ok'; readonly version: string }
  | { readonly status: 'unsound' | 'unavailable'; readonly version: string }

const holder = globalThis as { longitudeSoundness?: 'sound' | 'unsound' }

/** Looks through the file, and sees to it that a server whose starter is gone ends too and frees its port. */
export function startServer(): void {
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))
  checkSoundness()
}

function checkSoundness(): void {
  const connection = database()
  const findings = [...checkIntegrity(connection, 'quick'), ...checkSchema(connection)]
  noteSoundness(connection.db, findings.length === 0)
  holder.longitudeSoundness = findings.length === 0 ? 'sound' : 'unsound'
  if (findings.length > 0) log('error', 'databaseUnsound', { findings: findings.length })
}

/** Whether the server can be relied on now: a cheap read, and what was found at the start. */
export function readHealth(): Health {
  const version = SOFTWARE_VERSION
  try {
    if (holder.longitudeSoundness === undefined) checkSoundness()
    const answers = findInstallation(database().db) !== undefined
    return { status: answers && holder.longitudeSoundness === 'sound' ? 'ok' : 'unsound', version }
  } catch (error) {
    log('error', 'databaseUnavailable', { fault: faultOf(error) })
    return { status: 'unavailable', version }
  }
}
