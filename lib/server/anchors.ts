import { closeSync, existsSync, fstatSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs'
import type { Db } from '@/db/client'
import { type ChainHead, findDatabaseFile, listChainHeads } from '@/db/queries/audit'
import type { AppError } from '@/lib/domain/shared/errors'
import { err, ok, type Result } from '@/lib/domain/shared/result'
import type { Instant } from './clock'
import { faultOf, log } from './log'

/** A chain's head written down outside the database: what a cut tail or an old copy put back is found by. */
export interface Anchor extends ChainHead {
  readonly at: Instant
  readonly why: 'start' | 'backup' | 'restore' | 'firstWriteOfDay'
}

const TAIL_BYTES = 64 * 1024

/** The file of anchors that stands beside a database: one JSON line per chain and occasion, only ever appended to. */
export function headsFile(databaseFile: string): string {
  return `${databaseFile}.heads`
}

/** Appends the heads of all chains, on disk when this returns. */
export function appendHeads(db: Db, at: Instant, why: Anchor['why']): void {
  const lines = listChainHeads(db).map(head => `${JSON.stringify({ at, ...head, why } satisfies Anchor)}\n`)
  const file = openSync(headsFile(findDatabaseFile(db)), 'a')
  try {
    writeSync(file, lines.join(''))
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

const anchoredDays = new Map<string, string>()

/**
 * Appends the heads after the first write of a UTC day, whichever process makes it. A heads file that cannot be written
 * does not undo a save that is on disk already: it is logged, and tried again at the next write.
 */
export function anchorFirstWriteOfDay(db: Db, now: Instant): void {
  try {
    const file = findDatabaseFile(db)
    const day = now.slice(0, 10)
    if (file === '' || (anchoredDays.get(file) ?? '') >= day) return
    if (!isAnchored(headsFile(file), day)) appendHeads(db, now, 'firstWriteOfDay')
    anchoredDays.set(file, day)
  } catch (error) {
    log('error', 'headsNotAppended', { fault: faultOf(error) })
  }
}

function isAnchored(heads: string, day: string): boolean {
  if (!existsSync(heads)) return false
  const file = openSync(heads, 'r')
  try {
    const size = fstatSync(file).size
    const tail = Buffer.alloc(Math.min(size, TAIL_BYTES))
    readSync(file, tail, 0, tail.length, size - tail.length)
    const lines = tail.toString('utf8').split('\n')
    return lines.some(line => line.includes(`"at":"${day}`) && line.includes('"why":"firstWriteOfDay"'))
  } finally {
    closeSync(file)
  }
}

/** Reads anchors from a heads file or from the manifest of a backup. */
export function parseAnchors(text: string): Result<ChainHead[], AppError> {
  const heads: ChainHead[] = []
  const whole = parseJson(text)
  const listed =
    isObject(whole) && Array.isArray(whole.heads)
      ? whole.heads
      : text.split('\n').filter(Boolean).map(parseJson)
  for (const [index, value] of listed.entries()) {
    if (!isHead(value))
      return err({ code: 'notPossible', text: `Line ${index + 1} of the anchor file is not a chain head.` })
    heads.push({ chain: value.chain, seq: value.seq, hash: value.hash })
  }
  if (heads.length === 0) return err({ code: 'notPossible', text: 'The anchor file holds no chain head.' })
  return ok(heads)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

function isHead(value: unknown): value is ChainHead {
  if (!isObject(value)) return false
  return (
    typeof value.chain === 'string' &&
    Number.isInteger(value.seq) &&
    /^[0-9a-f]{64}$/.test(String(value.hash))
  )
}
