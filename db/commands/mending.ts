import { and, eq, isNull } from 'drizzle-orm'
import type { WriteContext } from '@/db/audit-entry'
import type { Tx } from '@/db/client'
import { type AssessmentRow, listAssessments } from '@/db/queries/assessments'
import type { VisitRow } from '@/db/queries/visits'
import type { Confirmation } from '@/db/schema/record-columns'
import { participantStatuses, scheduledVisits, secondEntries } from '@/db/schema/visits'
import { moveRecord, replaceDerived, updateRecord, voidRecord } from '@/db/write'
import { deriveScores } from '@/lib/domain/instruments/derive-scores'
import type { Settings } from '@/lib/domain/protocol/protocol'
import type { ParticipantId } from '@/lib/domain/shared/ids'
import type { MissingReason } from '@/lib/domain/shared/missing'
import { writeScores } from './scores'
import { voidVisit } from './visits'

/** What begins the code of a visit that waits while another takes its place; nowhere else does a code begin so. */
export const ASIDE = '~'

/** Takes a visit out of the way of the one that comes to its place, in the same transaction. */
export function setVisitAside(tx: Tx, w: WriteContext, visit: VisitRow, reason: string): VisitRow {
  return moveRecord(tx, w, 'visits', visit.id, visit.rowVersion, { code: ASIDE + visit.code }, reason)
}

interface Carried {
  readonly form: { readonly row: AssessmentRow; readonly beforeTreatment: boolean | null }
  /** The visit as it stands now. */
  readonly visit: Pick<VisitRow, 'id' | 'participantId' | 'code'>
  /** Questions confirmed at the new place. */
  readonly confirmations: Readonly<Record<string, Confirmation>>
  readonly settings: Settings
  readonly reason: string
}

/** What of a form follows from the place of its visit: before or after a dose, what was confirmed there, its scores. */
export function carryFormAlong(tx: Tx, w: WriteContext, carried: Carried): void {
  const { form, visit, settings, reason } = carried
  const { row, beforeTreatment } = form
  const confirmations = { ...row.confirmations, ...carried.confirmations }
  const patch = { beforeTreatment, confirmations }
  updateRecord(tx, w, 'assessments', row.id, row.rowVersion, patch, reason)
  rescore(tx, row, visit, settings)
}

/** Puts one form under another visit, begun before. A second entry of it is not of that place, and is voided. */
export function moveForm(tx: Tx, w: WriteContext, carried: Carried): void {
  const { form, visit, reason } = carried
  voidSecondEntry(tx, w, form.row, reason)
  const { id, rowVersion } = form.row
  const row = moveRecord(tx, w, 'assessments', id, rowVersion, { visitId: visit.id }, reason)
  carryFormAlong(tx, w, { ...carried, form: { ...form, row } })
}

/** A form entered in error; its second entry and its scores go with it. */
export function voidForm(tx: Tx, w: WriteContext, row: AssessmentRow, reason: string): void {
  voidSecondEntry(tx, w, row, reason)
  voidRecord(tx, w, 'assessments', row.id, row.rowVersion, reason)
  // Participant and visit name the rows that there are none of.
  writeScores(tx, { assessmentId: row.id, participantId: 0 as never, visit: '' }, [])
}

/** A visit entered in error, with every form of it. */
export function voidVisitWithForms(tx: Tx, w: WriteContext, visit: VisitRow, reason: string): void {
  for (const row of listAssessments(tx, visit.id)) voidForm(tx, w, row, reason)
  voidVisit(tx, w, visit, reason)
}

/** A number that leaves every list and count, with what followed from it. It is never given again. */
export function voidParticipant(
  tx: Tx,
  w: WriteContext,
  person: { readonly id: ParticipantId; readonly rowVersion: number },
  void_: { readonly reason: string; readonly duplicateOf: ParticipantId | null },
): void {
  const { reason, duplicateOf } = void_
  const { id } = person
  // A voided record no longer changes, so that the link is made first.
  const linked = updateRecord(tx, w, 'participants', id, person.rowVersion, { duplicateOf }, reason)
  voidRecord(tx, w, 'participants', id, linked.rowVersion, reason)
  replaceDerived(tx, 'scheduled_visits', eq(scheduledVisits.participantId, id), [])
  replaceDerived(tx, 'participant_statuses', eq(participantStatuses.participantId, id), [])
}

function rescore(tx: Tx, row: AssessmentRow, visit: Carried['visit'], settings: Settings): void {
  const derived = deriveScores(row.form, row.answers, row.notDoneReason as MissingReason | null, settings)
  const { participantId, code } = visit
  writeScores(tx, { assessmentId: row.id, participantId, visit: code }, derived)
}

function voidSecondEntry(tx: Tx, w: WriteContext, row: AssessmentRow, reason: string): void {
  const second = tx
    .select({ id: secondEntries.id, rowVersion: secondEntries.rowVersion })
    .from(secondEntries)
    .where(
      and(
        eq(secondEntries.visitId, row.visitId),
        eq(secondEntries.form, row.form),
        eq(secondEntries.location, row.location),
        eq(secondEntries.laterality, row.laterality),
        eq(secondEntries.repeat, row.repeat),
        isNull(secondEntries.voidedAt),
      ),
    )
    .get()
  if (second) voidRecord(tx, w, 'second_entries', second.id, second.rowVersion, reason)
}
