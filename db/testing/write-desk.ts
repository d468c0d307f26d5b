import { expect } from 'vitest'
import type { Tx } from '../client'
import { RECORDS } from '../table-kinds'
import { WriteRefused } from '../write-guards'
import type { TestDb } from './test-db'

/** Writes to a test database, and reads what every write leaves: the rows and the audit. */
export function makeWriteDesk(at: () => TestDb) {
  const write = <T>(work: (tx: Tx) => T): T => at().db.transaction(work, { behavior: 'immediate' })

  const entries = () =>
    at().sqlite.prepare('SELECT * FROM audit_entries ORDER BY id').all() as Record<
      string,
      string | number | null
    >[]

  const lastEntry = () => entries().at(-1) ?? {}

  const changesOf = (entry: Record<string, unknown>) =>
    JSON.parse(String(entry.changes)) as Record<string, unknown>

  /** The rows of every table of records. */
  const everything = () =>
    Object.keys(RECORDS).map(name => at().sqlite.prepare(`SELECT * FROM "${name}"`).all())

  /** The error with which a write was refused; the rows and the audit stand as before. */
  function refusalOf(work: (tx: Tx) => unknown) {
    const before = JSON.stringify([entries(), everything()])
    try {
      write(work)
    } catch (error) {
      expect(JSON.stringify([entries(), everything()])).toBe(before)
      if (error instanceof WriteRefused) return error.error
      throw error
    }
    throw new Error('the write was not refused')
  }

  return { write, entries, lastEntry, changesOf, everything, refusalOf }
}
