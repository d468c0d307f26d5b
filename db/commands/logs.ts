import type { WriteContext } from '@/db/audit-entry'
import type { Tx } from '@/db/client'
import type { LogEntryRow } from '@/db/queries/logs'
import type { RecordInput, RecordRow } from '@/db/table-kinds'
import { insertRecord, moveRecord, updateRecord, voidRecord } from '@/db/write'
import type { ParticipantId } from '@/lib/domain/shared/ids'

type LogEntry = RecordRow<'log_entries'>

export function addLogEntry(tx: Tx, w: WriteContext, values: RecordInput<'log_entries'>): LogEntry {
  return insertRecord(tx, w, 'log_entries', values)
}

/** Changes what an entry holds. A stored value needs a reason. */
export function changeLogEntry(
  tx: Tx,
  w: WriteContext,
  entry: Pick<LogEntryRow, 'id' | 'rowVersion'>,
  patch: Partial<Pick<LogEntryRow, 'answers' | 'confirmations'>>,
  reason: string | null,
): LogEntry {
  return updateRecord(tx, w, 'log_entries', entry.id, entry.rowVersion, patch, reason)
}

interface Mending {
  /** The version that was shown. */
  readonly version: number
  readonly reason: string
  /** What was confirmed, beside what is stored; null: nothing was asked. */
  readonly confirmations: LogEntryRow['confirmations'] | null
}

/** An entry made in error: it leaves lists, counts and exports. Confirmations first, since a voided record no longer changes. */
export function voidLogEntry(
  tx: Tx,
  w: WriteContext,
  entry: Pick<LogEntryRow, 'id'>,
  mending: Mending,
): LogEntry {
  const { version, reason, confirmations } = mending
  const seen =
    confirmations === null
      ? version
      : updateRecord(tx, w, 'log_entries', entry.id, version, { confirmations }, reason).rowVersion
  return voidRecord(tx, w, 'log_entries', entry.id, seen, reason)
}

/** Puts an entry under the participant whom it is about. */
export function moveLogEntry(
  tx: Tx,
  w: WriteContext,
  entry: Pick<LogEntryRow, 'id'>,
  participantId: ParticipantId,
  mending: Mending,
): LogEntry {
  const { version, reason, confirmations } = mending
  const patch = confirmations === null ? { participantId } : { participantId, confirmations }
  return moveRecord(tx, w, 'log_entries', entry.id, version, patch, reason)
}
