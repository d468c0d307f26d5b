import type { WriteContext } from '@/db/audit-entry'
import type { Tx } from '@/db/client'
import type { RecordInput, RecordRow } from '@/db/table-kinds'
import { insertRecord, voidRecord } from '@/db/write'
import type { TreatmentId } from '@/lib/domain/shared/ids'

export function addTreatment(
  tx: Tx,
  w: WriteContext,
  values: RecordInput<'treatments'>,
): RecordRow<'treatments'> {
  return insertRecord(tx, w, 'treatments', values)
}

/** A dose entered in error: it leaves every count and stays in history. */
export function voidTreatment(
  tx: Tx,
  w: WriteContext,
  target: { readonly id: TreatmentId; readonly version: number; readonly reason: string },
): RecordRow<'treatments'> {
  return voidRecord(tx, w, 'treatments', target.id, target.version, target.reason)
}
