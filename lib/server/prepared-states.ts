import { mkdtempSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setImmediate as untilOthersRan } from 'node:timers/promises'
import type { Db } from '@/db/client'
import { findDatabaseFile } from '@/db/queries/audit'
import type { StudyRow } from '@/db/queries/studies'
import type { AppError } from '@/lib/domain/shared/errors'
import { err, ok, type Result } from '@/lib/domain/shared/result'
import { findPastEntry } from './as-of'
import type { Ctx } from './context'
import { faultOf, log } from './log'
import { type PastEntry, type ReplayJob, STATE_FOLDER } from './past-replay'
import { isStateKept, keepReplayed, StateNotPrepared } from './past-states'
import { replayInThread } from './past-thread'
import { retryWhileBusy } from './patience'
import { openStudy } from './studies'

/** States of knowledge that a read needs: entries of one study's audit, undefined for the present. */
export interface StatesWanted {
  readonly study: string
  readonly entries: readonly (number | undefined)[]
}

/** Makes the file that a job names. */
export type Replay = (job: ReplayJob) => Promise<void>

/** Of those who come for another state while one is being made; more are asked to come back. */
const MOST_WAITING = 8
/** How often a state is made again that others pushed out before it was read. */
const ATTEMPTS = 3

/**
 * Carries out a read of results as of earlier entries on a server. Rights first; then each state that is not at hand is
 * replayed in another thread, one after the other, while everybody else reads and saves; who asks for the same waits for
 * the same work. The read itself does not wait in between, so that it finds what was prepared.
 */
export async function readPrepared<T>(
  ctx: Ctx,
  { study, entries }: StatesWanted,
  read: () => Result<T, AppError>,
  replay: Replay = replayInThread,
): Promise<Result<T, AppError>> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const opened = openStudy(ctx, study, 'readCohort')
    if (!opened.ok) return opened
    for (const asOf of entries) {
      const prepared = await prepareState(ctx, opened.value.study, asOf, replay)
      if (!prepared.ok) return prepared
    }
    try {
      return await retryWhileBusy(ctx.db, read)
    } catch (error) {
      if (!(error instanceof StateNotPrepared)) throw error
    }
  }
  return err(TOO_MANY)
}

const TOO_MANY: AppError = {
  code: 'notPossible',
  text: 'Values as of several earlier entries are being prepared for others. Try again in a minute.',
}

async function prepareState(
  ctx: Ctx,
  study: StudyRow,
  asOf: number | undefined,
  replay: Replay,
): Promise<Result<null, AppError>> {
  const found = findPastEntry(ctx.db, study, asOf)
  // An entry that is not there is refused by the read, in its words.
  if (!found.ok || found.value.past === null || isStateKept(ctx.db, found.value.past)) return ok(null)
  const work = enqueue(ctx.db, found.value.past, replay)
  if (work === null) return err(TOO_MANY)
  try {
    await work
    await takeTurn()
    return ok(null)
  } catch (error) {
    const { requestId } = ctx
    log('error', 'replayFailed', { requestId, fault: faultOf(error) })
    return err({ code: 'unexpected', requestId, act: 'read' })
  }
}

interface Queue {
  readonly underWay: Map<string, Promise<void>>
  /** Ends when the last replay asked for has ended. */
  tail: Promise<unknown>
  /** Ends when the last of those who waited may read. */
  turn: Promise<unknown>
}

const holder = globalThis as { longitudeReplays?: Queue }
const queueOfAll = (): Queue => {
  holder.longitudeReplays ??= { underWay: new Map(), tail: Promise.resolve(), turn: Promise.resolve() }
  return holder.longitudeReplays
}

/** Those who waited for the same state read it one after the other, and everybody else is answered in between. */
async function takeTurn(): Promise<void> {
  const queue = queueOfAll()
  queue.turn = queue.turn.then(() => untilOthersRan())
  await queue.turn
}

/** The replay of this state, under way already or behind the others; null: too many wait. */
function enqueue(db: Db, entry: PastEntry, replay: Replay): Promise<void> | null {
  const queue = queueOfAll()
  const databaseFile = findDatabaseFile(db)
  const key = JSON.stringify([databaseFile, entry.chain, entry.seq])
  const same = queue.underWay.get(key)
  if (same) return same
  if (queue.underWay.size >= MOST_WAITING) return null
  const work = queue.tail
    .then(() => makeState(db, { databaseFile, ...entry }, replay))
    .finally(() => queue.underWay.delete(key))
  queue.underWay.set(key, work)
  queue.tail = work.catch(() => {})
  return work
}

async function makeState(db: Db, job: Omit<ReplayJob, 'file'>, replay: Replay): Promise<void> {
  const folder = mkdtempSync(join(dirname(job.databaseFile), STATE_FOLDER))
  try {
    const file = join(folder, 'state.db')
    await replay({ ...job, file })
    keepReplayed(db, job, file)
  } finally {
    discard(folder)
  }
}

/** What is open stays readable without a name, and is gone when it is closed or the process ends, however it ends. */
function discard(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true })
  } catch {
    // A system that keeps open files: the next start removes it.
  }
}
