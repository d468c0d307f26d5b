import type { WriteContext } from '@/db/audit-entry'
import type { Tx } from '@/db/client'
import type { RecordInput, RecordRow } from '@/db/table-kinds'
import { insertRecord, moveRecord, updateRecord, voidRecord } from '@/db/write'
import type { ParticipantId, TreatmentId } from '@/lib/domain/shared/ids'

export function addTreatment(
  tx: Tx,
  w: WriteContext,
  values: RecordInput<'treatments'>,
): RecordRow<'treatments'> {
  return insertRecord(tx, w, 'treatments', values)
}

/** Changes what was recorded of a dose; a stored value needs a reason. */
export function changeTreatment(
  tx: Tx,
  w: WriteContext,
  target: {
    readonly id: TreatmentId
    readonly version: number
    readonly patch: Partial<RecordInput<'treatments'>>
    readonly reason: string | null
  },
): RecordRow<'treatments'> {
  return updateRecord(tx, w, 'treatments', target.id, target.version, target.patch, target.reason)
}

/**
 * A dose entered in error: it leaves every count and stays in history. `confirmations`: what was confirmed of the reason
 * beside what is stored; recorded first, since a voided record no longer changes.
 */
export function voidTreatment(
  tx: Tx,
  w: WriteContext,
  target: {
    readonly id: TreatmentId
    readonly version: number
    readonly reason: string
    readonly confirmations: RecordRow<'treatments'>['confirmations'] | null
  },
): RecordRow<'treatments'> {
  const { id, version, reason, confirmations } = target
  const seen =
    confirmations === null
      ? version
      : updateRecord(tx, w, 'treatments', id, version, { confirmations }, reason).rowVersion
  return voidRecord(tx, w, 'treatments', id, seen, reason)
}

/** Puts a dose under the participant who was given it. */
export function moveTreatment(
  tx: Tx,
  w: WriteContext,
  dose: Pick<RecordRow<'treatments'>, 'id' | 'rowVersion'>,
  place: {
    readonly participantId: ParticipantId
    readonly confirmations: RecordRow<'treatments'>['confirmations']
    readonly reason: string
  },
): RecordRow<'treatments'> {
  const { reason, ...patch } = place
  return moveRecord(tx, w, 'treatments', dose.id, dose.rowVersion, patch, reason)
}
