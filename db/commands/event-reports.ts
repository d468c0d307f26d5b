import type { WriteContext } from '@/db/audit-entry'
import type { Tx } from '@/db/client'
import type { RecordInput, RecordRow } from '@/db/table-kinds'
import { insertRecord, updateRecord, voidRecord } from '@/db/write'
import type { EventReportId } from '@/lib/domain/shared/ids'

type EventReport = RecordRow<'event_reports'>

export function addEventReport(tx: Tx, w: WriteContext, values: RecordInput<'event_reports'>): EventReport {
  return insertRecord(tx, w, 'event_reports', values)
}

interface Seen {
  readonly id: EventReportId
  /** The version that was shown. */
  readonly version: number
}

/** Says when and to whom it was reported, or corrects what was said. A stored value needs a reason. */
export function changeEventReport(
  tx: Tx,
  w: WriteContext,
  { id, version }: Seen,
  patch: Partial<RecordInput<'event_reports'>>,
  reason: string | null,
): EventReport {
  return updateRecord(tx, w, 'event_reports', id, version, patch, reason)
}

/**
 * A report that is not due after all, or was recorded in error: its clock stops and stays in history. `confirmations`:
 * what was confirmed of the reason beside what is stored; recorded first, since a voided record no longer changes.
 */
export function voidEventReport(
  tx: Tx,
  w: WriteContext,
  { id, version }: Seen,
  reason: string,
  confirmations: EventReport['confirmations'] | null,
): EventReport {
  const seen =
    confirmations === null
      ? version
      : updateRecord(tx, w, 'event_reports', id, version, { confirmations }, reason).rowVersion
  return voidRecord(tx, w, 'event_reports', id, seen, reason)
}
