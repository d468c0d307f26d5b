import { and, asc, eq, isNull, type SQL, sql } from 'drizzle-orm'
import type { Db, Tx } from '@/db/client'
import { logEntries } from '@/db/schema/logs'
import { participants, treatments } from '@/db/schema/participants'
import { scheduledVisits, visits } from '@/db/schema/visits'
import { textOf } from '@/lib/domain/logs/answer-values'
import type { LogCode } from '@/lib/domain/logs/log'
import type { LastVisit, SafetyData } from '@/lib/domain/safety/safety-data'
import { readSafetyEvent } from '@/lib/domain/safety/safety-event'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { StudyId } from '@/lib/domain/shared/ids'
import { isUsed } from './leaving'

/**
 * What the safety section needs beside the cohort, in four flat reads; of who asked for no further use nothing. No arm and no
 * treatment is in it, so that it is the same for every reader.
 */
export function loadSafety(db: Db | Tx, { studyId }: { readonly studyId: StudyId }): SafetyData {
  const events = listEntries(db, studyId, 'adverseEvents')
  const harvests = listEntries(db, studyId, 'harvests')
  return {
    events: events.map(({ participant, answers }) => readSafetyEvent(participant, answers)),
    harvests: harvests.flatMap(({ participant, answers }) => {
      const date = textOf(answers, 'HARVEST_DATE') as CalendarDate | null
      return date === null ? [] : [{ participant, date }]
    }),
    doses: listDoses(db, studyId),
    lastVisits: listLastVisits(db, studyId),
  }
}

function ofStudy(studyId: StudyId): SQL | undefined {
  return and(eq(participants.studyId, studyId), isNull(participants.voidedAt), isUsed())
}

function listEntries(db: Db | Tx, studyId: StudyId, log: LogCode) {
  return db
    .select({ participant: logEntries.participantId, answers: logEntries.answers })
    .from(logEntries)
    .innerJoin(participants, eq(participants.id, logEntries.participantId))
    .where(and(eq(logEntries.log, log), ofStudy(studyId), isNull(logEntries.voidedAt)))
    .orderBy(asc(logEntries.id))
    .all()
}

function listDoses(db: Db | Tx, studyId: StudyId): SafetyData['doses'] {
  return db
    .select({ participant: treatments.participantId, date: treatments.givenOn })
    .from(treatments)
    .innerJoin(participants, eq(participants.id, treatments.participantId))
    .where(and(ofStudy(studyId), isNull(treatments.voidedAt)))
    .orderBy(asc(treatments.id))
    .all()
}

/** SQLite takes the other columns of a row with `max` from the row that has it. */
function listLastVisits(db: Db | Tx, studyId: StudyId): LastVisit[] {
  const last = db
    .select({
      participant: scheduledVisits.participantId,
      visit: scheduledVisits.visit,
      windowEnd: scheduledVisits.windowEnd,
      position: sql<number>`max(${scheduledVisits.position})`.as('last_position'),
    })
    .from(scheduledVisits)
    .innerJoin(participants, eq(participants.id, scheduledVisits.participantId))
    .where(ofStudy(studyId))
    .groupBy(scheduledVisits.participantId)
    .as('last')
  return db
    .select({ participant: last.participant, windowEnd: last.windowEnd, heldOn: visits.visitDate })
    .from(last)
    .leftJoin(
      visits,
      and(
        eq(visits.participantId, last.participant),
        eq(visits.code, last.visit),
        isNull(visits.voidedAt),
        isNull(visits.missedReason),
      ),
    )
    .all()
}
