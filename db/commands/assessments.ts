import { eq } from 'drizzle-orm'
import type { WriteContext } from '@/db/audit-entry'
import type { Tx } from '@/db/client'
import { type AssessmentRow, findAssessment } from '@/db/queries/assessments'
import type { Confirmation } from '@/db/schema/record-columns'
import { scores } from '@/db/schema/visits'
import { insertRecord, replaceDerived, updateRecord } from '@/db/write'
import type { DerivedScore } from '@/lib/domain/instruments/derive-scores'
import type { Answers } from '@/lib/domain/instruments/instrument'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { ParticipantId, VisitId } from '@/lib/domain/shared/ids'

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
  readonly beforeTreatment: boolean
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
 * Stores one form of one visit and, in the same transaction, the scores that follow from it. Refused as
 * `updateRecord`; a form that is there though the writer saw none is a conflict.
 */
export function saveAssessment(tx: Tx, w: WriteContext, input: AssessmentInput): AssessmentRow {
  const { participantId, visit, expectedVersion, reason, scores: derived, ...values } = input
  const stored = findAssessment(tx, values)
  const record = { ...values, confirmations: { ...values.confirmations } }
  const saved = stored
    ? updateRecord(tx, w, 'assessments', stored.id, expectedVersion ?? 0, record, reason)
    : insertRecord(tx, w, 'assessments', record)
  const rows = derived.map(({ parameter, score, ruleVersion }) => ({
    assessmentId: saved.id,
    participantId,
    visit,
    parameter,
    value: score.kind === 'score' ? score.value : null,
    missingReason: score.kind === 'missing' ? score.reason : null,
    ruleVersion,
  }))
  replaceDerived(tx, 'scores', eq(scores.assessmentId, saved.id), rows)
  return saved
}
