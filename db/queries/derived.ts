import { and, asc, eq, gt, inArray, isNull, sql } from 'drizzle-orm'
import type { Db, Tx } from '@/db/client'
import { listScheduledVisits } from '@/db/queries/visits'
import { participants } from '@/db/schema/participants'
import { assessments, participantStatuses, scores, visits } from '@/db/schema/visits'
import { statement } from '@/db/statement'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { AssessmentId, ParticipantId, SiteId, StudyId } from '@/lib/domain/shared/ids'

const PAGE = 500

/** Everyone in a study, or at one of its sites, whose record was not voided. */
export function listParticipantIds(db: Db | Tx, studyId: StudyId, siteId?: SiteId): ParticipantId[] {
  const here = siteId === undefined ? undefined : eq(participants.siteId, siteId)
  return db
    .select({ id: participants.id })
    .from(participants)
    .where(and(eq(participants.studyId, studyId), here, isNull(participants.voidedAt)))
    .orderBy(asc(participants.id))
    .all()
    .map(row => row.id)
}

const statusOf = statement(db =>
  db
    .select()
    .from(participantStatuses)
    .where(eq(participantStatuses.participantId, sql.placeholder('participantId')))
    .prepare(),
)

/** The stored schedule of one participant, in order of the protocol, and the status. */
export function readScheduleRows(db: Db | Tx, participantId: ParticipantId) {
  return { visits: listScheduledVisits(db, participantId), statuses: statusOf(db).all({ participantId }) }
}

/** A form with what its scores follow from. */
export type ScoredAssessment = ReturnType<typeof listScoredPage>[number]

/** Every form of a study whose scores count, page by page. */
export function* readScoredAssessments(db: Db | Tx, studyId: StudyId): Generator<ScoredAssessment[]> {
  for (let after = 0; ; ) {
    const page = listScoredPage(db, studyId, after as AssessmentId)
    if (page.length > 0) yield page
    const last = page.at(-1)
    if (!last || page.length < PAGE) return
    after = last.assessmentId
  }
}

function listScoredPage(db: Db | Tx, studyId: StudyId, after: AssessmentId) {
  const counts = [isNull(assessments.voidedAt), isNull(visits.voidedAt), isNull(participants.voidedAt)]
  return db
    .select({
      assessmentId: assessments.id,
      participantId: visits.participantId,
      number: participants.number,
      visit: visits.code,
      form: assessments.form,
      answers: assessments.answers,
      notDoneReason: assessments.notDoneReason,
      date: sql<CalendarDate | null>`coalesce(${assessments.assessmentDate}, ${visits.visitDate})`,
    })
    .from(assessments)
    .innerJoin(visits, eq(visits.id, assessments.visitId))
    .innerJoin(participants, eq(participants.id, visits.participantId))
    .where(and(eq(participants.studyId, studyId), gt(assessments.id, after), ...counts))
    .orderBy(asc(assessments.id))
    .limit(PAGE)
    .all()
}

export function listScoreRows(db: Db | Tx, assessmentIds: readonly AssessmentId[]) {
  return db
    .select()
    .from(scores)
    .where(inArray(scores.assessmentId, [...assessmentIds]))
    .all()
}
