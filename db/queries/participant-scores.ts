import { and, asc, eq, inArray, isNull } from 'drizzle-orm'
import type { Db, Tx } from '@/db/client'
import { assessments, scores, visits } from '@/db/schema/visits'
import type { ParticipantId } from '@/lib/domain/shared/ids'

/**
 * The scores of some parameters of these participants, as the outcome functions read them: in the form and order in which
 * the cohort's are read.
 */
export function listScores(
  db: Db | Tx,
  participantIds: readonly ParticipantId[],
  parameters: readonly string[],
) {
  return db
    .select({
      assessment: scores.assessmentId,
      participant: scores.participantId,
      visit: scores.visit,
      parameter: scores.parameter,
      value: scores.value,
      missingReason: scores.missingReason,
      assessmentDate: assessments.assessmentDate,
      visitDate: visits.visitDate,
      beforeTreatment: assessments.beforeTreatment,
      location: assessments.location,
      laterality: assessments.laterality,
      repeat: assessments.repeat,
    })
    .from(scores)
    .innerJoin(assessments, eq(assessments.id, scores.assessmentId))
    .innerJoin(visits, eq(visits.id, assessments.visitId))
    .where(
      and(
        inArray(scores.participantId, [...participantIds]),
        inArray(scores.parameter, [...parameters]),
        isNull(assessments.voidedAt),
        isNull(visits.voidedAt),
      ),
    )
    .orderBy(asc(scores.participantId), asc(assessments.id))
    .all()
    .map(({ assessmentDate, visitDate, beforeTreatment, location, laterality, ...row }) => ({
      ...row,
      date: assessmentDate ?? visitDate,
      beforeTreatment: beforeTreatment === true,
      location: location || null,
      laterality: laterality || null,
    }))
}
