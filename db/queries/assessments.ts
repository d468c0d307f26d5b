import { and, asc, desc, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import type { Db, Tx } from '@/db/client'
import { assessments, visits } from '@/db/schema/visits'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { ParticipantId, VisitId } from '@/lib/domain/shared/ids'

export type AssessmentRow = typeof assessments.$inferSelect

/** What tells one form of a visit from another. */
export type AssessmentKey = Pick<AssessmentRow, 'visitId' | 'form' | 'location' | 'laterality' | 'repeat'>

export function findAssessment(db: Db | Tx, key: AssessmentKey): AssessmentRow | undefined {
  return db
    .select()
    .from(assessments)
    .where(
      and(
        eq(assessments.visitId, key.visitId),
        eq(assessments.form, key.form),
        eq(assessments.location, key.location),
        eq(assessments.laterality, key.laterality),
        eq(assessments.repeat, key.repeat),
        isNull(assessments.voidedAt),
      ),
    )
    .get()
}

/** The forms entered for one visit. */
export function listAssessments(db: Db | Tx, visitId: VisitId): AssessmentRow[] {
  return db
    .select()
    .from(assessments)
    .where(and(eq(assessments.visitId, visitId), isNull(assessments.voidedAt)))
    .orderBy(asc(assessments.id))
    .all()
}

/** Every form entered for a participant, with the code of its visit. */
export function listParticipantAssessments(db: Db | Tx, participantId: ParticipantId) {
  return db
    .select({ visit: visits.code, assessment: assessments })
    .from(assessments)
    .innerJoin(visits, eq(visits.id, assessments.visitId))
    .where(
      and(eq(visits.participantId, participantId), isNull(visits.voidedAt), isNull(assessments.voidedAt)),
    )
    .orderBy(asc(assessments.id))
    .all()
}

/**
 * Forms of a participant dated that day of which nobody said whether they were taken before the dose of the day. A form
 * that was not done has no value of which to ask.
 */
export function listUnsaidOfDay(db: Db | Tx, participantId: ParticipantId, day: CalendarDate) {
  return db
    .select({
      id: assessments.id,
      rowVersion: assessments.rowVersion,
      visit: visits.code,
      form: assessments.form,
    })
    .from(assessments)
    .innerJoin(visits, eq(visits.id, assessments.visitId))
    .where(
      and(
        eq(visits.participantId, participantId),
        eq(sql`coalesce(${assessments.assessmentDate}, ${visits.visitDate})`, day),
        isNull(assessments.beforeTreatment),
        isNull(assessments.notDoneReason),
        isNull(assessments.voidedAt),
        isNull(visits.voidedAt),
      ),
    )
    .orderBy(asc(assessments.id))
    .all()
}

/** Why a form of a visit was voided, as last recorded; undefined where none was. */
export function findVoidReason(db: Db | Tx, key: AssessmentKey): string | undefined {
  const row = db
    .select({ reason: assessments.voidReason })
    .from(assessments)
    .where(
      and(
        eq(assessments.visitId, key.visitId),
        eq(assessments.form, key.form),
        eq(assessments.repeat, key.repeat),
        isNotNull(assessments.voidedAt),
      ),
    )
    .orderBy(desc(assessments.voidedAt))
    .limit(1)
    .get()
  return row?.reason ?? undefined
}
