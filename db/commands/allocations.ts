import type { WriteContext } from '@/db/audit-entry'
import type { Tx } from '@/db/client'
import type { RecordInput, RecordRow } from '@/db/table-kinds'
import { insertRecord, updateRecord, voidRecord } from '@/db/write'
import type { AllocationId } from '@/lib/domain/shared/ids'

export function addAllocation(
  tx: Tx,
  w: WriteContext,
  values: RecordInput<'allocations'>,
): RecordRow<'allocations'> {
  return insertRecord(tx, w, 'allocations', values)
}

/** Takes back an allocation with the enrolment that it followed from. */
export function voidAllocation(
  tx: Tx,
  w: WriteContext,
  row: Pick<RecordRow<'allocations'>, 'id' | 'rowVersion'>,
  reason: string,
): void {
  voidRecord(tx, w, 'allocations', row.id, row.rowVersion, reason)
}

/** An arm that was recorded wrongly. */
export function changeAllocation(
  tx: Tx,
  w: WriteContext,
  target: { readonly id: AllocationId; readonly version: number; readonly reason: string },
  patch: Partial<Pick<RecordInput<'allocations'>, 'arm' | 'allocatedOn'>>,
): RecordRow<'allocations'> {
  return updateRecord(tx, w, 'allocations', target.id, target.version, patch, target.reason)
}
