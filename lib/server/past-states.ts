import { type Connection, type Db, reopenScratchDatabase, type Tx } from '@/db/client'
import { restrictInState } from '@/db/commands/restrictions'
import { findEntryHash } from '@/db/queries/audit'
import { listLive, listRestricted } from '@/db/queries/leaving'
import type { StudyRow } from '@/db/queries/studies'
import type { ParticipantId } from '@/lib/domain/shared/ids'
import { makePastState, type PastEntry } from './past-replay'

/** A state that was replayed, as it is read now. */
export interface PastState {
  readonly db: Db
  /** Records that were in use then, and may not be used any more. */
  readonly restrictedSince: number
}

/** The state is not at hand, and a server does not replay it on the thread that answers everybody. */
export class StateNotPrepared extends Error {
  override name = 'StateNotPrepared'
}

interface KeptState {
  readonly of: Db
  /** Of the entry, which stands for all that came before it. */
  readonly hash: string
  readonly connection: Connection
  /** Who had asked for no further use then. */
  restrictedThen: ReadonlySet<ParticipantId> | null
  /** Who counts as having asked in the state as it lies there. */
  applied: string | null
}

interface Held {
  readonly kept: KeptState[]
  readonly served: WeakSet<Db>
}

/** A past never changes, so that the states read last are kept: on disk, with a bounded share of memory each. */
const KEPT = 4
const holder = globalThis as { longitudePastStates?: Held }
const held = (): Held => {
  holder.longitudePastStates ??= { kept: [], served: new WeakSet() }
  return holder.longitudePastStates
}

/** From now on states of this database are replayed by `readPrepared` alone. */
export function leaveReplaysToThreads(db: Db): void {
  held().served.add(db)
}

/** Whether the state can be read at once. One that can is the last to be given up. */
export function isStateKept(of: Db, entry: PastEntry): boolean {
  return findKept(of, hashOf(of, entry)) !== undefined
}

/** Takes a state that another thread replayed into a file, which may be removed then. */
export function keepReplayed(of: Db, entry: PastEntry, file: string): void {
  keep({
    of,
    hash: hashOf(of, entry),
    connection: reopenScratchDatabase(file),
    restrictedThen: null,
    applied: null,
  })
}

/**
 * The state at an entry, replayed here and now where it is not at hand. Whoever asked for no further use until today is
 * left out of it as of every result: a withdrawal that earlier states do not know holds for them all the same.
 */
export function openPastState(tx: Tx, of: Db, entry: PastEntry, study: StudyRow): PastState {
  const hash = hashOf(tx, entry)
  const known = findKept(of, hash)
  if (known) return restrict(tx, known, study)
  if (held().served.has(of)) throw new StateNotPrepared(`entry ${entry.seq} of ${entry.chain}`)
  const made = { of, hash, connection: makePastState(tx, entry), restrictedThen: null, applied: null }
  keep(made)
  return restrict(tx, made, study)
}

function hashOf(db: Db | Tx, { chain, seq }: PastEntry): string {
  const hash = findEntryHash(db, chain, seq)
  if (hash === undefined) throw new Error(`${chain} has no entry ${seq}`)
  return hash
}

function findKept(of: Db, hash: string): KeptState | undefined {
  const { kept } = held()
  const known = kept.findIndex(state => state.of === of && state.hash === hash)
  if (known > 0) kept.unshift(...kept.splice(known, 1))
  return known < 0 ? undefined : kept[0]
}

function keep(state: KeptState): void {
  const { kept } = held()
  kept.unshift(state)
  for (const old of kept.splice(KEPT)) old.connection.close()
}

function restrict(tx: Tx, state: KeptState, study: StudyRow): PastState {
  const { db } = state.connection
  state.restrictedThen ??= listRestricted(db, study.id)
  const then = state.restrictedThen
  const now = listRestricted(tx, study.id)
  const wanted = new Set([...then, ...now])
  const applied = [...wanted].sort((a, b) => a - b).join()
  if (applied !== state.applied) restrictInState(db, wanted)
  state.applied = applied
  const since = [...now].filter(id => !then.has(id))
  return { db, restrictedSince: since.length === 0 ? 0 : listLive(db, study.id, since).length }
}
