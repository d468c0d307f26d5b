import type { WriteContext } from '@/db/audit-entry'
import type { Tx } from '@/db/client'
import type { RecordInput, RecordRow } from '@/db/table-kinds'
import { insertRecord } from '@/db/write'

export function addAllocation(
  tx: Tx,
  w: WriteContext,
  values: RecordInput<'allocations'>,
): RecordRow<'allocations'> {
  return insertRecord(tx, w, 'allocations', values)
}
