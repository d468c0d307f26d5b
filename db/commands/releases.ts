import type { WriteContext } from '@/db/audit-entry'
import type { Tx } from '@/db/client'
import { findMaskingKey } from '@/db/queries/releases'
import type { RecordInput, RecordRow } from '@/db/table-kinds'
import { insertOperational, insertRecord, voidRecord } from '@/db/write'
import type { StudyId } from '@/lib/domain/shared/ids'

/** Records a release. `key`: a random key for the study's masked arms, kept where it has none yet. */
export function addRelease(
  tx: Tx,
  w: WriteContext,
  release: Pick<RecordInput<'result_releases'>, 'studyId' | 'level' | 'audience' | 'reason'>,
  key: string,
): void {
  keepMaskingKey(tx, release.studyId, key)
  insertRecord(tx, w, 'result_releases', { ...release, releasedBy: w.userId, releasedAt: w.now })
}

export function voidRelease(
  tx: Tx,
  w: WriteContext,
  { id, rowVersion }: Pick<RecordRow<'result_releases'>, 'id' | 'rowVersion'>,
  reason: string,
): void {
  voidRecord(tx, w, 'result_releases', id, rowVersion, reason)
}

function keepMaskingKey(tx: Tx, studyId: StudyId, key: string): void {
  if (findMaskingKey(tx, studyId) === undefined) insertOperational(tx, 'masking_keys', { studyId, key })
}
