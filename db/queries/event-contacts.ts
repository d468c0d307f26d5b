import { and, asc, eq, inArray, isNull, type SQL, sql } from 'drizzle-orm'
import type { Db, Tx } from '@/db/client'
import { logEntries } from '@/db/schema/logs'
import { participants } from '@/db/schema/participants'
import { sites } from '@/db/schema/studies'
import { assessments, visits } from '@/db/schema/visits'
import type { ParticipantId, SiteId, StudyId } from '@/lib/domain/shared/ids'
import { isUsed } from './leaving'

/** The index says so word by word: it holds these contacts alone, so that a study is not read whole. */
const TOLD_OF_EVENT: SQL = sql`SELECT v.participant_id
  FROM assessments AS a INDEXED BY assessments_event_told JOIN visits AS v ON v.id = a.visit_id
  WHERE a.form = 'adverseEvents' AND a.voided_at IS NULL AND json_extract(a.answers, '$.AE_ANY.value') = 1
    AND v.voided_at IS NULL`

/**
 * Participants of these sites who told of a new or changed event at a contact, by number; who asked for no further use is
 * left out. Whether the event is recorded is decided elsewhere.
 */
export function listPeopleWithEvents(
  db: Db | Tx,
  args: { readonly studyId: StudyId; readonly sites: 'all' | readonly SiteId[] },
) {
  return db
    .select({
      id: participants.id,
      number: participants.number,
      site: sites.code,
      timeZone: sites.timeZone,
    })
    .from(participants)
    .innerJoin(sites, eq(sites.id, participants.siteId))
    .where(
      and(
        sql`${participants.id} IN (${TOLD_OF_EVENT})`,
        eq(participants.studyId, args.studyId),
        isNull(participants.voidedAt),
        isUsed(),
        args.sites === 'all' ? undefined : inArray(participants.siteId, [...args.sites]),
      ),
    )
    .orderBy(asc(participants.number))
    .all()
}

/** Adverse-event contacts of these participants with their days, by place in time of entry. */
export function listEventContacts(db: Db | Tx, ids: readonly ParticipantId[]) {
  return db
    .select({
      participantId: visits.participantId,
      visit: visits.code,
      assessmentDate: assessments.assessmentDate,
      visitDate: visits.visitDate,
      answers: assessments.answers,
    })
    .from(visits)
    .innerJoin(assessments, eq(assessments.visitId, visits.id))
    .where(
      and(
        inArray(visits.participantId, [...ids]),
        eq(assessments.form, 'adverseEvents'),
        isNull(visits.voidedAt),
        isNull(assessments.voidedAt),
      ),
    )
    .orderBy(asc(assessments.id))
    .all()
}

/** Adverse events recorded of these participants. */
export function listEvents(db: Db | Tx, ids: readonly ParticipantId[]) {
  return db
    .select({ id: logEntries.id, participantId: logEntries.participantId, answers: logEntries.answers })
    .from(logEntries)
    .where(
      and(
        inArray(logEntries.participantId, [...ids]),
        eq(logEntries.log, 'adverseEvents'),
        isNull(logEntries.voidedAt),
      ),
    )
    .orderBy(asc(logEntries.id))
    .all()
}
