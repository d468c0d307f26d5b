import type { WriteContext } from '@/db/audit-entry'
import type { Tx } from '@/db/client'
import type { SecondEntryRow } from '@/db/queries/second-entries'
import type { RecordInput } from '@/db/table-kinds'
import { insertRecord, updateRecord } from '@/db/write'

/** Stores a form that was entered a second time. */
export function addSecondEntry(
  tx: Tx,
  w: WriteContext,
  entry: RecordInput<'second_entries'>,
): SecondEntryRow {
  return insertRecord(tx, w, 'second_entries', entry)
}

/** Records that the differences from that version of the first entry were decided. The second entry stays as it was made. */
export function settleSecondEntry(
  tx: Tx,
  w: WriteContext,
  { id, rowVersion }: Pick<SecondEntryRow, 'id' | 'rowVersion'>,
  settledVersion: number,
  reason: string,
): SecondEntryRow {
  return updateRecord(tx, w, 'second_entries', id, rowVersion, { settledVersion }, reason)
}
