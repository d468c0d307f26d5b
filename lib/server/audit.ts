import { createHash } from 'node:crypto'
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs'
import { sha256 } from '@/db/audit-entry'
import type { Db } from '@/db/client'
import {
  type ChainHead,
  findEntryHash,
  findInstallation,
  listChainHeads,
  readChain,
} from '@/db/queries/audit'
import { listStudies } from '@/db/queries/studies'
import { studyChain } from '@/db/table-kinds'
import { recordAct } from '@/db/write'
import { type ChainReport, verifyChain } from '@/lib/domain/audit/chain'
import type { AppError } from '@/lib/domain/shared/errors'
import { err, ok, type Result } from '@/lib/domain/shared/result'
import type { Ctx } from './context'
import { authorise, type Grant } from './policy'
import { openStudy } from './studies'
import { inTransaction } from './transaction'

/** An anchored head that the database does not continue: its tail was cut, an old copy put back, or an entry changed. */
export interface AnchorFault {
  readonly chain: string
  readonly seq: number
  readonly fault: 'missing' | 'differs'
}

export interface AuditReport {
  readonly sound: boolean
  readonly chains: readonly ChainReport[]
  /** Null: no anchor was given, so that a cut tail or an old copy would not be seen. */
  readonly anchors: { readonly checked: number; readonly faults: readonly AnchorFault[] } | null
}

interface VerifyInput {
  /** Code of a study; null: every chain of the installation. */
  readonly study: string | null
  readonly anchors: readonly ChainHead[] | null
}

/** Verifies the chains of the audit, and that they continue the heads that were anchored outside the database. */
export function verifyAudit(ctx: Ctx, input: VerifyInput): Result<AuditReport, AppError> {
  if (input.study !== null) {
    const opened = openStudy(ctx, input.study, 'readAudit')
    if (!opened.ok) return opened
  } else if (ctx.actor.kind !== 'operator') return err({ code: 'notAllowed', act: 'verify the whole audit' })
  const only = input.study === null ? null : studyChain(input.study)
  return ok(verifyChains(ctx.db, only, input.anchors))
}

/** As `verifyAudit`, for those who have the database in hand: backups and the doctor. */
export function verifyChains(db: Db, only: string | null, anchors: readonly ChainHead[] | null): AuditReport {
  const installation = findInstallation(db)?.uuid ?? ''
  const names = only === null ? listChains(db) : [only]
  const chains = names.map(chain => verifyChain(sha256, installation, chain, readChain(db, chain)))
  const relevant = anchors && distinct(anchors.filter(anchor => only === null || anchor.chain === only))
  const faults = relevant?.flatMap(anchor => checkAnchor(db, anchor)) ?? []
  return {
    sound: faults.length === 0 && chains.every(chain => chain.faults.length === 0 && chain.entries > 0),
    chains,
    anchors: relevant && { checked: relevant.length, faults },
  }
}

/** Every chain that has entries or must have some: each study's, and the system's once there is one. */
function listChains(db: Db): string[] {
  const studies = listStudies(db).map(study => studyChain(study.code))
  return [...new Set([...listChainHeads(db).map(head => head.chain), ...studies])].sort()
}

/** A head that did not move is anchored again and again. */
function distinct(anchors: readonly ChainHead[]): ChainHead[] {
  return [
    ...new Map(anchors.map(anchor => [`${anchor.chain} ${anchor.seq} ${anchor.hash}`, anchor])).values(),
  ]
}

function checkAnchor(db: Db, { chain, seq, hash }: ChainHead): AnchorFault[] {
  const stored = findEntryHash(db, chain, seq)
  if (stored === undefined) return [{ chain, seq, fault: 'missing' }]
  return stored === hash ? [] : [{ chain, seq, fault: 'differs' }]
}

/** The first line of an exported audit; a line for each entry follows. */
export interface AuditExportHeader {
  readonly format: 'longitude.audit.export.v1'
  readonly installation: string
  readonly chain: string
  readonly entries: number
  readonly head: string
}

/**
 * Writes the whole audit of a study, or that of the system (`study` null), to a new file as JSON lines, which
 * lib/cli/verify-audit.mjs verifies without this software. Recorded in the system's chain. Who may not know allocations,
 * or has a part in some sites only, may not have a study's: it holds all of them.
 */
export function exportAudit(
  ctx: Ctx,
  input: { readonly study: string | null; readonly file: string },
): Result<{ entries: number; sha256: string; head: string }, AppError> {
  const may = authoriseExport(ctx, input.study)
  if (!may.ok) return may
  const chain = input.study === null ? 'system' : studyChain(input.study)
  const head = listChainHeads(ctx.db).find(one => one.chain === chain)
  const installation = findInstallation(ctx.db)?.uuid ?? ''
  const header: AuditExportHeader = {
    format: 'longitude.audit.export.v1',
    installation,
    chain,
    entries: head?.seq ?? 0,
    head: head?.hash ?? '',
  }
  const hash = writeLines(input.file, exportLines(ctx.db, header))
  if (!hash.ok) return hash
  const details = { chain, study: input.study, entries: header.entries, sha256: hash.value }
  const recorded = inTransaction(ctx, tx => {
    recordAct(tx, may.value.write, { chain: 'system' }, 'auditExported', details)
    return ok(null)
  })
  return recorded.ok ? ok({ entries: header.entries, sha256: hash.value, head: header.head }) : recorded
}

function authoriseExport(ctx: Ctx, study: string | null): Result<Grant, AppError> {
  if (study === null) return authorise(ctx, 'readSystemAudit', { studyId: null })
  const opened = openStudy(ctx, study, 'readAudit')
  if (!opened.ok) return opened
  if (!opened.value.view.participantArms)
    return err({ code: 'notAllowed', act: 'export an audit trail that names arms' })
  if (opened.value.sites !== 'all')
    return err({ code: 'notAllowed', act: 'export the audit trail of sites that are not yours' })
  return opened
}

function* exportLines(db: Db, header: AuditExportHeader): Generator<string> {
  yield JSON.stringify(header)
  for (const entry of readChain(db, header.chain)) {
    // What was appended since the head was read belongs to the next export.
    if (entry.seq > header.entries) return
    yield JSON.stringify(entry)
  }
}

function writeLines(file: string, lines: Iterable<string>): Result<string, AppError> {
  const hash = createHash('sha256')
  const handle = openNew(file)
  if (handle === null)
    return err({ code: 'notPossible', text: `${file} exists already. Choose another name.` })
  try {
    for (const line of lines) {
      hash.update(`${line}\n`)
      writeSync(handle, `${line}\n`)
    }
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  return ok(hash.digest('hex'))
}

/** Null when the file is there. */
export function openNew(file: string): number | null {
  try {
    return openSync(file, 'wx', 0o600)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return null
    throw error
  }
}
