import type { WriteContext } from '@/db/audit-entry'
import type { Tx } from '@/db/client'
import type { RecordInput, RecordRow } from '@/db/table-kinds'
import { insertRecord, voidRecord } from '@/db/write'

export function addEligibilityOverride(
  tx: Tx,
  w: WriteContext,
  values: RecordInput<'eligibility_overrides'>,
): void {
  insertRecord(tx, w, 'eligibility_overrides', values)
}

export function voidEligibilityOverride(
  tx: Tx,
  w: WriteContext,
  row: Pick<RecordRow<'eligibility_overrides'>, 'id' | 'rowVersion'>,
  reason: string,
): void {
  voidRecord(tx, w, 'eligibility_overrides', row.id, row.rowVersion, reason)
}
