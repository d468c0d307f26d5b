import type { Db, Tx } from '@/db/client'
import { findFirstPublication } from '@/db/queries/audit'
import { findChainHead } from '@/db/queries/exports'
import type { StudyRow } from '@/db/queries/studies'
import { studyChain } from '@/db/table-kinds'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import type { AppError } from '@/lib/domain/shared/errors'
import { err, ok, type Result } from '@/lib/domain/shared/result'
import type { PastEntry } from './past-replay'
import { openPastState } from './past-states'
import { loadProtocol } from './studies'

/** What was known of a study at an entry of its audit: the present, or a past that was replayed. */
export interface KnownState {
  /** Holds this study alone where it is a past state; it is for reading. */
  readonly db: Db | Tx
  /** The entry that the values are of. */
  readonly asOf: number
  /** Something was recorded since. */
  readonly isPast: boolean
  readonly protocol: Protocol
  /** Number of the version in force there. */
  readonly protocolVersion: string
  /** Records left out because no further use of them was asked for after that entry; 0 of the present. */
  readonly restrictedSince: number
}

/**
 * Reads a study as its audit held it at entry `asOf`; none named is the present. A past state is replayed into a scratch
 * database, derived again by the same functions as a save, and read by the same code. Who may see what of it, arms above
 * all, is for the caller to take from the present; who asked for no further use since then is left out. Refused: an entry
 * that is not there, or before the first protocol. On a server only within `readPrepared`.
 */
export function withStateAsOf<T>(
  db: Db,
  study: StudyRow,
  asOf: number | undefined,
  read: (state: KnownState) => T,
): Result<T, AppError> {
  // One moment of the database, so that the entry named is the one that the values are of.
  return db.transaction(tx => {
    const found = findPastEntry(tx, study, asOf)
    if (!found.ok) return found
    const { past, last } = found.value
    if (past === null)
      return ok(read({ ...describeState(tx, study, last), isPast: false, restrictedSince: 0 }))
    const { db: state, restrictedSince } = openPastState(tx, db, past, study)
    return ok(read({ ...describeState(state, study, past.seq), isPast: true, restrictedSince }))
  })
}

/** The past that an entry names; null: it is the present. */
export function findPastEntry(
  db: Db | Tx,
  study: StudyRow,
  asOf: number | undefined,
): Result<{ readonly past: PastEntry | null; readonly last: number }, AppError> {
  const chain = studyChain(study.code)
  const last = findChainHead(db, chain)?.seq ?? 0
  if (asOf === undefined || asOf === last) return ok({ past: null, last })
  const first = findFirstPublication(db, chain)
  if (!Number.isSafeInteger(asOf) || asOf > last || first === null || asOf < first)
    return err(outOfRange(asOf, first ?? last, last))
  return ok({ past: { chain, seq: asOf, code: study.code }, last })
}

function describeState(db: Db | Tx, study: StudyRow, asOf: number) {
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
