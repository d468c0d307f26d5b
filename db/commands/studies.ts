import type { WriteContext } from '@/db/audit-entry'
import type { Tx } from '@/db/client'
import type { StudyRow } from '@/db/queries/studies'
import { insertRecord, updateRecord } from '@/db/write'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { StudyId } from '@/lib/domain/shared/ids'

export function insertStudy(
  tx: Tx,
  w: WriteContext,
  study: { code: string; title: string; timeZone: string; synthetic: boolean },
): StudyRow {
  return insertRecord(tx, w, 'studies', study)
}

/** What the study's own row takes over from a protocol; the same again changes nothing. */
export function updateStudy(
  tx: Tx,
  w: WriteContext,
  study: StudyRow,
  stated: { title: string; timeZone: string },
  reason: string,
): void {
  updateRecord(tx, w, 'studies', study.id, study.rowVersion, stated, reason)
}

/** Publishes one version; the database refuses any later change of it. `content` is canonical JSON. */
export function insertProtocolVersion(
  tx: Tx,
  w: WriteContext,
  version: {
    studyId: StudyId
    number: string
    position: number
    effectiveFrom: CalendarDate
    content: string
    contentHash: string
  },
): void {
  insertRecord(tx, w, 'protocol_versions', { ...version, publishedAt: w.now })
}

export function lockStudyRow(tx: Tx, w: WriteContext, study: StudyRow, reason: string): void {
  updateRecord(tx, w, 'studies', study.id, study.rowVersion, { lockedAt: w.now, lockReason: reason }, reason)
}

export function unlockStudyRow(tx: Tx, w: WriteContext, study: StudyRow, reason: string): void {
  updateRecord(tx, w, 'studies', study.id, study.rowVersion, { lockedAt: null, lockReason: null }, reason)
}
