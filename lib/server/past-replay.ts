import { type Connection, type Db, openDatabase, openScratchDatabase, type Tx } from '@/db/client'
import { findStudyByCode } from '@/db/queries/studies'
import { replayState } from '@/db/replay-state'
import { writeDerivedRows } from './derived-rows'
import { loadProtocol } from './studies'

/** How the folder of a replay beside the database begins; it goes as soon as the state was opened. */
export const STATE_FOLDER = '.state-'

/** A past of one study: an entry of its chain. */
export interface PastEntry {
  readonly chain: string
  readonly seq: number
  /** Code of the study. */
  readonly code: string
}

/** All that a replay needs to know, as plain data: it may run in another thread. */
export interface ReplayJob extends PastEntry {
  readonly databaseFile: string
  /** The scratch database to make; there is none of this name yet. */
  readonly file: string
}

/** Replays into a file, on a read-only connection of its own and from one moment of the database: no save waits for it. */
export function replayToFile({ databaseFile, file, ...entry }: ReplayJob): void {
  const connection = openDatabase(databaseFile, { readonly: true })
  try {
    connection.db.transaction(tx => makePastState(tx, entry, file)).close()
  } finally {
    connection.close()
  }
}

/** A study as its audit held it at an entry, derived again by the same functions as a save. Without a file it is private. */
export function makePastState(from: Db | Tx, { chain, seq, code }: PastEntry, file?: string): Connection {
  const scratch = openScratchDatabase(file)
  try {
    scratch.db.transaction(into => {
      replayState(from, into, { chain, seq })
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
