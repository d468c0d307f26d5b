import { and, asc, eq, inArray, isNotNull, isNull } from 'drizzle-orm'
import type { Db, Tx } from '@/db/client'
import { allocations, participants } from '@/db/schema/participants'
import { assessments, visits } from '@/db/schema/visits'
import type { Medication } from '@/lib/domain/medication/medication'
import type { MaskingView } from '@/lib/domain/protocol/masking'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import { groupRows } from '@/lib/domain/shared/group-rows'
import type { ParticipantId, StudyId } from '@/lib/domain/shared/ids'
import type { AssessmentRow } from './assessments'
import { mapMedications } from './medications'
import { listParticipantsByNumbers, type ParticipantRow } from './participants'
import { firstConsent, readLeaving } from './schedule'
import { listTreatments } from './treatments'
import type { VisitRow } from './visits'

/** All that is stored of one participant and that a file could add to or change. */
export interface StoredSubject {
  readonly participant: ParticipantRow
  /** `arm` null: closed to this reader. */
  readonly allocation: { readonly arm: string | null; readonly allocatedOn: CalendarDate | null } | null
  readonly doses: ReturnType<typeof listTreatments>
  readonly leaving: ReturnType<typeof readLeaving>
  /** By code of the visit. */
  readonly visits: ReadonlyMap<string, StoredVisit>
  readonly medication: readonly Medication[]
}

export interface StoredVisit {
  readonly row: VisitRow
  readonly forms: readonly AssessmentRow[]
}

/** What is stored under these numbers, by number; those of whom nothing is are left out. */
export function readStoredSubjects(
  db: Db | Tx,
  studyId: StudyId,
  numbers: readonly string[],
  view: MaskingView,
): Map<string, StoredSubject> {
  const people = listParticipantsByNumbers(db, studyId, numbers)
  const ids = people.map(person => person.id)
  const arms = new Map(listArms(db, ids, view).map(row => [row.participantId, row]))
  const doses = groupRows(listTreatments(db, ids), dose => dose.participantId)
  const forms = groupRows(listForms(db, ids), form => form.visitId)
  const medication = mapMedications(db, ids)
  const byPerson = groupRows(listVisits(db, ids), visit => visit.participantId)
  return new Map(
    people.map(participant => {
      const own = byPerson.get(participant.id) ?? []
      const stored: StoredSubject = {
        participant,
        allocation: arms.get(participant.id) ?? null,
        doses: doses.get(participant.id) ?? [],
        leaving: readLeaving(db, participant.id, firstConsent(participant)),
        medication: medication.get(participant.id) ?? [],
        visits: new Map(own.map(row => [row.code, { row, forms: forms.get(row.id) ?? [] }])),
      }
      return [participant.number, stored]
    }),
  )
}

function listArms(db: Db | Tx, ids: readonly ParticipantId[], view: MaskingView) {
  return db
    .select({
      participantId: allocations.participantId,
      arm: allocations.arm,
      allocatedOn: allocations.allocatedOn,
    })
    .from(allocations)
    .where(and(inArray(allocations.participantId, [...ids]), isNull(allocations.voidedAt)))
    .all()
    .map(row => ({ ...row, arm: view.participantArms ? row.arm : null }))
}

function listVisits(db: Db | Tx, ids: readonly ParticipantId[]): VisitRow[] {
  return db
    .select()
    .from(visits)
    .where(and(inArray(visits.participantId, [...ids]), isNull(visits.voidedAt)))
    .all()
}

function listForms(db: Db | Tx, ids: readonly ParticipantId[]): AssessmentRow[] {
  return db
    .select({ form: assessments })
    .from(assessments)
    .innerJoin(visits, eq(visits.id, assessments.visitId))
    .where(
      and(inArray(visits.participantId, [...ids]), isNull(visits.voidedAt), isNull(assessments.voidedAt)),
    )
    .orderBy(asc(assessments.id))
    .all()
    .map(row => row.form)
}

/** Why the records of these numbers were voided, by number, where one was; its number stays taken. */
export function listVoidedNumbers(
  db: Db | Tx,
  studyId: StudyId,
  numbers: readonly string[],
): Map<string, string> {
  const rows = db
    .select({ number: participants.number, reason: participants.voidReason })
    .from(participants)
    .where(
      and(
        eq(participants.studyId, studyId),
        inArray(participants.number, [...numbers]),
        isNotNull(participants.voidedAt),
      ),
    )
    .all()
  return new Map(rows.map(row => [row.number, row.reason ?? '']))
}
