import { type Connection, type Db, openScratchDatabase, type Tx } from '@/db/client'
import { findEntryHash, findFirstPublication } from '@/db/queries/audit'
import { findChainHead } from '@/db/queries/exports'
import { findStudyByCode, type StudyRow } from '@/db/queries/studies'
import { replayState } from '@/db/replay-state'
import { studyChain } from '@/db/table-kinds'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import type { AppError } from '@/lib/domain/shared/errors'
import { err, ok, type Result } from '@/lib/domain/shared/result'
import { writeDerivedRows } from './derived-rows'
import { loadProtocol } from './studies'

/** What was known of a study at an entry of its audit: the present, or a past that was replayed. */
export interface KnownState {
  /** Holds this study alone where it is a past state; it is for reading. */
  readonly db: Db | Tx
  /** The entry that the values are of. */
  readonly asOf: number
  readonly protocol: Protocol
  /** Number of the version in force there. */
  readonly protocolVersion: string
}

/**
 * Reads a study as its audit held it at entry `asOf`; none named is the present. A past state is replayed into a scratch
 * database, derived again by the same functions as a save, and read by the same code. Who may see what of it, arms above
 * all, is for the caller to take from the present. Refused: an entry that is not there, or before the first protocol.
 */
export function withStateAsOf<T>(
  db: Db,
  study: StudyRow,
  asOf: number | undefined,
  read: (state: KnownState) => T,
): Result<T, AppError> {
  const chain = studyChain(study.code)
  // One moment of the database, so that the entry named is the one that the values are of.
  return db.transaction(tx => {
    const last = findChainHead(tx, chain)?.seq ?? 0
    if (asOf === undefined || asOf === last) return ok(read(describeState(tx, study, last)))
    const first = findFirstPublication(tx, chain)
    if (!Number.isSafeInteger(asOf) || asOf > last || first === null || asOf < first)
      return err(outOfRange(asOf, first ?? last, last))
    return ok(read(describeState(pastState(tx, db, { chain, seq: asOf, code: study.code }), study, asOf)))
  })
}

function describeState(db: Db | Tx, study: StudyRow, asOf: number): KnownState {
  const { protocol, number } = loadProtocol(db, study)
  return { db, asOf, protocol, protocolVersion: number }
}

function outOfRange(asOf: number, first: number, last: number): AppError {
  const range =
    asOf < first
      ? `Before entry ${first} of the study's audit no protocol was published.`
      : `The study's audit ends with entry ${last}.`
  const text = `Entry ${asOf} cannot be read. ${range} Name an entry from ${first} to ${last}, or none for the values as they are now.`
  return { code: 'invalidInput', fields: [{ field: 'asOf', value: String(asOf), text }] }
}

interface PastEntry {
  readonly chain: string
  readonly seq: number
  readonly code: string
}

interface KeptState {
  readonly of: Db
  readonly hash: string
  readonly connection: Connection
}

/** A past never changes, so that the states read last are kept: on disk, with a bounded share of memory each. */
const KEPT = 3
const kept: KeptState[] = []

/** Known by the hash of its entry, which stands for all that came before it. */
function pastState(tx: Tx, of: Db, entry: PastEntry): Db {
  const hash = findEntryHash(tx, entry.chain, entry.seq) ?? ''
  const known = kept.findIndex(state => state.of === of && state.hash === hash)
  const [state = { of, hash, connection: makeState(tx, entry) }] = known < 0 ? [] : kept.splice(known, 1)
  kept.unshift(state)
  for (const old of kept.splice(KEPT)) old.connection.close()
  return state.connection.db
}

function makeState(tx: Tx, { chain, seq, code }: PastEntry): Connection {
  const scratch = openScratchDatabase()
  try {
    scratch.db.transaction(into => {
      replayState(tx, into, { chain, seq })
      const study = findStudyByCode(into, code)
      if (!study) throw new Error(`${chain} has no study at entry ${seq}`)
      const { protocol, number } = loadProtocol(into, study)
      writeDerivedRows(into, study, { protocol, protocolVersion: number })
    })
    return scratch
  } catch (error) {
    scratch.close()
    throw error
  }
}
