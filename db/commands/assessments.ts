import type { WriteContext } from '@/db/audit-entry'
import type { Tx } from '@/db/client'
import { type AssessmentRow, findAssessment } from '@/db/queries/assessments'
import type { Confirmation } from '@/db/schema/record-columns'
import { insertRecord, updateRecord } from '@/db/write'
import type { DerivedScore } from '@/lib/domain/instruments/derive-scores'
import type { Answers } from '@/lib/domain/instruments/instrument'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { ParticipantId, VisitId } from '@/lib/domain/shared/ids'
import { writeScores } from './scores'

/** One form of one visit as it shall stand, with the scores that follow from it. */
export interface AssessmentInput {
  readonly visitId: VisitId
  readonly participantId: ParticipantId
  /** Code of the visit. */
  readonly visit: string
  /** Code of the instrument or of the study's form. */
  readonly form: string
  readonly location: string
  readonly laterality: AssessmentRow['laterality']
  readonly repeat: number
  readonly assessmentDate: CalendarDate | null
  /** Null: no dose of that day is known, or nobody said. */
  readonly beforeTreatment: boolean | null
  readonly mode: AssessmentRow['mode']
  readonly source: string | null
  readonly entryKind: AssessmentRow['entryKind']
  readonly notDoneReason: string | null
  readonly answers: Answers
  readonly confirmations: Readonly<Record<string, Confirmation>>
  /** Version that the writer has seen; null: none was there. */
  readonly expectedVersion: number | null
  /** Why a stored value changes. */
  readonly reason: string | null
  readonly scores: readonly DerivedScore[]
}

/**
 * Stores one form of one visit and, in the same transaction, the scores that follow from it. What changes nothing
 * writes nothing, no scores either. Refused as `updateRecord`; a form that is there though the writer saw none is a
 * conflict.
 */
export function saveAssessment(tx: Tx, w: WriteContext, input: AssessmentInput): AssessmentRow {
  const { participantId, visit, expectedVersion, reason, scores: derived, ...values } = input
  const stored = findAssessment(tx, values)
  const record = { ...values, confirmations: { ...values.confirmations } }
  const saved = stored
    ? updateRecord(tx, w, 'assessments', stored.id, expectedVersion ?? 0, record, reason)
    : insertRecord(tx, w, 'assessments', record)
  const isChanged = stored?.rowVersion !== saved.rowVersion
  if (isChanged) writeScores(tx, { assessmentId: saved.id, participantId, visit }, derived)
  return saved
}

/** Records of a form whether it was taken before the dose of its day. No score follows from it. */
export function recordBeforeTreatment(
  tx: Tx,
  w: WriteContext,
  assessment: Pick<AssessmentRow, 'id' | 'rowVersion'>,
  beforeTreatment: boolean,
  reason: string,
): AssessmentRow {
  const { id, rowVersion } = assessment
  return updateRecord(tx, w, 'assessments', id, rowVersion, { beforeTreatment }, reason)
}
