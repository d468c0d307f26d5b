import type { WriteContext } from '@/db/audit-entry'
import type { Tx } from '@/db/client'
import type { AssessmentRow } from '@/db/queries/assessments'
import type { RecordInput } from '@/db/table-kinds'
import { insertDerived, insertRecord, updateRecord } from '@/db/write'
import type { DerivedScore } from '@/lib/domain/instruments/derive-scores'
import type { ParticipantId, VisitId } from '@/lib/domain/shared/ids'
import { type ScheduleRows, storeSchedule } from './schedule'
import { scoreRows, writeScores } from './scores'

/** A visit of which the import has seen that nothing is stored. */
export function beginVisit(tx: Tx, w: WriteContext, visit: RecordInput<'visits'>): VisitId {
  return insertRecord(tx, w, 'visits', visit).id
}

/** One form as it shall stand, with the row that the import has seen in its place. */
export interface ImportedForm {
  readonly stored: Pick<AssessmentRow, 'id' | 'rowVersion'> | null
  readonly participantId: ParticipantId
  /** Code of the visit. */
  readonly visit: string
  readonly record: RecordInput<'assessments'>
  readonly reason: string | null
  readonly scores: readonly DerivedScore[]
}

/** Stores one form and the scores that follow from it. Refused as `updateRecord`. */
export function storeForm(tx: Tx, w: WriteContext, form: ImportedForm): void {
  const { stored, participantId, visit, record, reason, scores } = form
  if (!stored) {
    const { id } = insertRecord(tx, w, 'assessments', record)
    insertDerived(tx, 'scores', scoreRows({ assessmentId: id, participantId, visit }, scores))
    return
  }
  const saved = updateRecord(tx, w, 'assessments', stored.id, stored.rowVersion, record, reason)
  if (saved.rowVersion !== stored.rowVersion)
    writeScores(tx, { assessmentId: saved.id, participantId, visit }, scores)
}

/** Stores the schedule and status of a participant, who has none yet when just registered. */
export function storeStanding(
  tx: Tx,
  participantId: ParticipantId,
  derived: ScheduleRows,
  isNew: boolean,
): void {
  const visits = derived.visits.map(row => ({ ...row, participantId }))
  const status = { ...derived.status, participantId }
  if (!isNew) {
    storeSchedule(tx, participantId, { visits, status })
    return
  }
  insertDerived(tx, 'scheduled_visits', visits)
  insertDerived(tx, 'participant_statuses', [status])
}
