import { randomUUID } from 'node:crypto'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { settleDatabase, syncFile } from '@/db/backup'
import { type Connection, openDatabase, readMigrationState } from '@/db/client'
import { endAllAccess } from '@/db/commands/sessions'
import { type ChainHead, listChainHeads } from '@/db/queries/audit'
import { checkForeignKeys, checkIntegrity } from '@/db/soundness'
import { recordAct } from '@/db/write'
import { formatCanonicalJson, type JsonValue } from '@/lib/domain/audit/canonical-json'
import type { AppError } from '@/lib/domain/shared/errors'
import { err, ok, type Result } from '@/lib/domain/shared/result'
import { appendHeads, headsFile } from './anchors'
import { hashFile, type Manifest, manifestFile, readFacts, removeDatabase } from './backups'
import type { Instant } from './clock'
import { setUpDatabase } from './database'
import { examineDatabase } from './doctor'
import { actAs } from './sessions'

/** Restores a backup to a scratch place and looks through it. What differs, one text each; empty: it can be relied on. */
export async function checkBackup(file: string): Promise<string[]> {
  const scratch = mkdtempSync(join(tmpdir(), 'longitude-restore-'))
  try {
    return await copyAndCheck(file, join(scratch, 'restored.db'))
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

/**
 * Puts a backup in the place of a database that nobody has open, after the checks of `checkBackup`. What was there is
 * kept beside it, with its anchors. Open sessions and links of the backup are ended, so that none comes back to life.
 */
export async function restoreBackup(
  file: string,
  database: string,
  at: Instant,
): Promise<Result<{ replaced: string | null }, AppError>> {
  const incoming = `${database}.restoring`
  mkdirSync(dirname(database), { recursive: true })
  removeDatabase(incoming)
  try {
    const findings = await copyAndCheck(file, incoming)
    if (findings.length > 0) return refuse(`${file} was not restored: ${findings.join('; ')}`)
    const before = existsSync(database) ? settle(database) : []
    if (before === 'inUse') return refuse(`${database} is in use. Stop the server, then restore again.`)
    const aside = existsSync(database) ? `${database}.replaced-${at.replace(/[:.]/g, '')}` : null
    if (aside !== null) putAside(database, aside)
    renameSync(incoming, database)
    syncFile(database)
    takeOver(database, at, { file: basename(file), sha256: await hashFile(file), replacedHeads: before })
    return ok({ replaced: aside })
  } finally {
    removeDatabase(incoming)
  }
}

/** Copies a backup, since opening writes to it, and looks for everything that differs from its manifest or is unsound. */
async function copyAndCheck(file: string, copy: string): Promise<string[]> {
  if (!existsSync(file)) return [`there is no file ${file}`]
  const manifest = readManifest(file)
  if (manifest === null) return [`${manifestFile(file)} is missing or is not the manifest of a backup`]
  const sha256 = await hashFile(file)
  if (sha256 !== manifest.sha256)
    return [`the SHA-256 of ${file} is ${sha256}, not ${manifest.sha256} as in its manifest`]
  copyFileSync(file, copy)
  try {
    return examineCopy(manifest, copy)
  } catch (error) {
    if (isSqliteError(error, 'SQLITE_')) return [`it cannot be read as a database: ${error.message}`]
    throw error
  }
}

function examineCopy(manifest: Manifest, copy: string): string[] {
  const connection = openDatabase(copy)
  try {
    return [...compareFacts(manifest, connection), ...checkContent(connection)]
  } finally {
    connection.close()
  }
}

function readManifest(file: string): Manifest | null {
  if (!existsSync(manifestFile(file))) return null
  try {
    const manifest = JSON.parse(readFileSync(manifestFile(file), 'utf8')) as Manifest
    return manifest.format === 'longitude.backup.v1' ? manifest : null
  } catch {
    return null
  }
}

function compareFacts(manifest: Manifest, connection: Connection): string[] {
  const facts = readFacts(connection)
  return (['schema', 'installation', 'rows', 'heads'] as const)
    .filter(fact => formatCanonicalJson(asJson(facts[fact])) !== formatCanonicalJson(asJson(manifest[fact])))
    .map(fact => `${fact} of the restored database differ from the manifest`)
}

function asJson(value: unknown): JsonValue {
  return JSON.parse(JSON.stringify(value ?? null)) as JsonValue
}

function checkContent(connection: Connection): string[] {
  const { applied, known } = readMigrationState(connection)
  if (applied > known)
    return [`it was made by a newer version of Longitude (schema ${applied}, this version knows ${known})`]
  if (applied < known) return [...checkIntegrity(connection, 'full'), ...checkForeignKeys(connection)]
  return examineDatabase(connection).flatMap(({ check, findings }) =>
    findings.map(text => `${check}: ${text}`),
  )
}

/** The heads of the database to be replaced; `inUse` while another process has it open; none when it cannot be read. */
function settle(database: string): ChainHead[] | 'inUse' {
  let connection: Connection
  try {
    connection = openDatabase(database)
  } catch (error) {
    if (isSqliteError(error, 'SQLITE_BUSY')) return 'inUse'
    return []
  }
  try {
    const heads = readMigrationState(connection).applied > 0 ? listChainHeads(connection.db) : []
    return settleDatabase(connection) ? heads : 'inUse'
  } catch (error) {
    // Damaged beyond reading: it is put aside as it is.
    if (isSqliteError(error, 'SQLITE_CORRUPT') || isSqliteError(error, 'SQLITE_NOTADB')) return []
    throw error
  } finally {
    connection.close()
  }
}

function isSqliteError(error: unknown, code: string): error is Error {
  return error instanceof Error && 'code' in error && String(error.code).startsWith(code)
}

function putAside(database: string, aside: string): void {
  for (const suffix of ['', '-wal', '-shm']) {
    if (existsSync(`${database}${suffix}`)) renameSync(`${database}${suffix}`, `${aside}${suffix}`)
  }
  if (existsSync(headsFile(database))) renameSync(headsFile(database), headsFile(aside))
}

/** Brings the restored database up to this version, ends its open access, and writes down what it replaced. */
function takeOver(
  database: string,
  at: Instant,
  details: { file: string; sha256: string; replacedHeads: ChainHead[] },
): void {
  const connection = openDatabase(database)
  try {
    setUpDatabase(connection, { demo: false })
    const { file, sha256, replacedHeads } = details
    connection.db.transaction(
      tx => {
        endAllAccess(tx, at)
        recordAct(tx, actAs(null, 'Operator', 'operator', at, randomUUID()), { chain: 'system' }, 'restore', {
          file,
          sha256,
          replacedHeads: replacedHeads.map(head => ({ ...head })),
        })
      },
      { behavior: 'immediate' },
    )
    appendHeads(connection.db, at, 'restore')
  } finally {
    connection.close()
  }
}

function refuse(text: string): Result<never, AppError> {
  return err({ code: 'notPossible', text })
}
