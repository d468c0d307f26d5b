import type { WriteContext } from '@/db/audit-entry'
import type { Tx } from '@/db/client'
import type { RecordInput, RecordRow } from '@/db/table-kinds'
import { insertRecord, updateRecord } from '@/db/write'
import type { ParticipantId } from '@/lib/domain/shared/ids'

export function addParticipant(
  tx: Tx,
  w: WriteContext,
  values: RecordInput<'participants'>,
): RecordRow<'participants'> {
  return insertRecord(tx, w, 'participants', values)
}

interface ParticipantChange {
  readonly id: ParticipantId
  readonly version: number
  readonly patch: Partial<RecordInput<'participants'>>
  readonly reason: string | null
}

export function changeParticipant(
  tx: Tx,
  w: WriteContext,
  change: ParticipantChange,
): RecordRow<'participants'> {
  return updateRecord(tx, w, 'participants', change.id, change.version, change.patch, change.reason)
}
