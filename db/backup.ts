import { closeSync, fsyncSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Connection } from './client'

/** Pages copied at a time after the first hundred: all of them, so that another process's saves cannot start it over. */
const ALL_PAGES = 2 ** 31 - 1

/**
 * Copies a live database by SQLite's online backup: one consistent state, with what still stands in the write-ahead
 * log, while saves go on. The file must not exist; it is on disk when this returns.
 */
export async function copyLiveDatabase(connection: Connection, file: string): Promise<void> {
  await connection.sqlite.backup(file, { progress: () => ALL_PAGES })
  syncFile(file)
}

/** Puts a file and its name in the folder on disk. */
export function syncFile(file: string): void {
  for (const path of [file, dirname(file)]) {
    const handle = openSync(path, 'r')
    try {
      fsyncSync(handle)
    } finally {
      closeSync(handle)
    }
  }
}

/**
 * Takes a database that nobody else has open out of write-ahead logging, so that its file alone holds everything and can
 * be put aside. False when another process has it open.
 */
export function settleDatabase(connection: Connection): boolean {
  connection.sqlite.pragma('busy_timeout = 250')
  try {
    return connection.sqlite.pragma('journal_mode = DELETE', { simple: true }) === 'delete'
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY'))
      return false
    throw error
  }
}
