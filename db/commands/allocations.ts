import type { Tx } from '@/db/client'
import type { RecordInput, RecordRow } from '@/db/table-kinds'
import { insertRecord, type WriteContext } from '@/db/write'

export function addAllocation(
  tx: Tx,
  w: WriteContext,
  values: RecordInput<'allocations'>,
): RecordRow<'allocations'> {
  return insertRecord(tx, w, 'allocations', values)
}
