import { createHash } from 'node:crypto'
import { createReadStream, existsSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { copyLiveDatabase, syncFile } from '@/db/backup'
import { type Connection, openDatabase, readMigrationState } from '@/db/client'
import { type ChainHead, findInstallation, listChainHeads } from '@/db/queries/audit'
import { checkIntegrity, countRows } from '@/db/soundness'
import { recordAct } from '@/db/write'
import type { AppError } from '@/lib/domain/shared/errors'
import { err, ok, type Result } from '@/lib/domain/shared/result'
import { appendHeads } from './anchors'
import type { Ctx } from './context'
import { authorise } from './policy'
import { SOFTWARE_VERSION } from './software-version'
import { inTransaction } from './transaction'

/** What a backup holds, beside it as FILE.manifest.json. */
export interface Manifest {
  readonly format: 'longitude.backup.v1'
  readonly file: string
  readonly at: string
  readonly softwareVersion: string
  /** Migrations that the database holds. */
  readonly schema: number
  readonly installation: string
  readonly bytes: number
  readonly sha256: string
  /** Rows by table; empty where the backup is of an older schema. */
  readonly rows: Readonly<Record<string, number>>
  readonly heads: readonly ChainHead[]
}

export function manifestFile(backup: string): string {
  return `${backup}.manifest.json`
}

/**
 * Backs a live database up to a new file with its manifest, while saves go on. The heads of the chains are anchored at
 * the same time, and the act recorded. The operator alone.
 */
export async function backUp(
  ctx: Ctx,
  connection: Connection,
  file: string,
): Promise<Result<Manifest, AppError>> {
  if (ctx.actor.kind !== 'operator') return err({ code: 'notAllowed', act: 'back up the database' })
  const done = await writeBackup(connection, file, ctx.now)
  if (!done.ok) return done
  const may = authorise(ctx, 'manageUsers', { studyId: null })
  if (!may.ok) return may
  const recorded = inTransaction(ctx, tx => {
    recordAct(tx, may.value.write, { chain: 'system' }, 'backup', {
      file: done.value.file,
      sha256: done.value.sha256,
    })
    return ok(null)
  })
  if (!recorded.ok) return recorded
  appendHeads(connection.db, ctx.now, 'backup')
  return done
}

/** The backup itself; a database of an older schema can be backed up too, before it is migrated. */
export async function writeBackup(
  connection: Connection,
  file: string,
  at: string,
): Promise<Result<Manifest, AppError>> {
  for (const taken of [file, manifestFile(file)]) {
    if (existsSync(taken))
      return err({ code: 'notPossible', text: `${taken} exists already. Choose another name.` })
  }
  const partial = `${file}.partial`
  removeDatabase(partial)
  try {
    await copyLiveDatabase(connection, partial)
    const described = await describeCopy(partial, file, at)
    if (!described.ok) return described
    renameSync(partial, file)
    writeFileSync(manifestFile(file), `${JSON.stringify(described.value, null, 2)}\n`, { flag: 'wx' })
    syncFile(manifestFile(file))
    return described
  } finally {
    removeDatabase(partial)
  }
}

async function describeCopy(copy: string, file: string, at: string): Promise<Result<Manifest, AppError>> {
  const connection = openDatabase(copy)
  const facts = readFacts(connection)
  const faults = checkIntegrity(connection, 'quick')
  connection.close()
  if (faults.length > 0) {
    return err({
      code: 'notPossible',
      text: `The copy is damaged and was not kept: ${faults[0]}. Run longitude doctor.`,
    })
  }
  return ok({
    format: 'longitude.backup.v1',
    file: basename(file),
    at,
    softwareVersion: SOFTWARE_VERSION,
    ...facts,
    bytes: statSync(copy).size,
    sha256: await hashFile(copy),
  })
}

/** What a manifest says of a database's content. */
export function readFacts(
  connection: Connection,
): Pick<Manifest, 'schema' | 'installation' | 'rows' | 'heads'> {
  const { applied, known } = readMigrationState(connection)
  return {
    schema: applied,
    installation: findInstallation(connection.db)?.uuid ?? '',
    rows: applied === known ? countRows(connection) : {},
    heads: listChainHeads(connection.db),
  }
}

export async function hashFile(file: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex')
}

/** A database file that was only made on the way, with what SQLite puts beside it. */
export function removeDatabase(file: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(`${file}${suffix}`, { force: true })
}
