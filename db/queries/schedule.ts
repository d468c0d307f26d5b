import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { Db, Tx } from '@/db/client'
import { allocations, participants, treatments } from '@/db/schema/participants'
import { assessments, scheduledVisits, visits } from '@/db/schema/visits'
import { statement } from '@/db/statement'
import type { ParticipantId } from '@/lib/domain/shared/ids'

const person = statement(db =>
  db
    .select({
      outcome: participants.outcome,
      enrolledOn: participants.enrolledOn,
      plannedDayZero: participants.plannedDayZero,
      consentDate: participants.consentDate,
      randomisedOn: allocations.allocatedOn,
    })
    .from(participants)
    .leftJoin(allocations, and(eq(allocations.participantId, participants.id), isNull(allocations.voidedAt)))
    .where(and(eq(participants.id, sql.placeholder('id')), isNull(participants.voidedAt)))
    .prepare(),
)

const dosesOf = statement(db =>
  db
    .select({ treatment: treatments.plan, date: treatments.givenOn })
    .from(treatments)
    .where(and(eq(treatments.participantId, sql.placeholder('id')), isNull(treatments.voidedAt)))
    .prepare(),
)

const attendedVisits = statement(db =>
  db
    .select({ code: visits.code, date: visits.visitDate })
    .from(visits)
    .where(
      and(
        eq(visits.participantId, sql.placeholder('id')),
        isNull(visits.missedReason),
        isNull(visits.voidedAt),
      ),
    )
    .prepare(),
)

/** The stored facts from which a participant's schedule follows; undefined where there is no such participant. */
export function readScheduleFacts(db: Db | Tx, id: ParticipantId, baselineVisits: readonly string[]) {
  const facts = person(db).get({ id })
  if (!facts) return undefined
  const baseline = attendedVisits(db)
    .all({ id })
    .filter(visit => baselineVisits.includes(visit.code))
  return { ...facts, doses: dosesOf(db).all({ id }), baselineVisitDates: baseline.map(visit => visit.date) }
}

const entriesOf = statement(db =>
  db
    .select({
      visit: visits.code,
      missedReason: visits.missedReason,
      form: assessments.form,
      answers: assessments.answers,
      notDoneReason: assessments.notDoneReason,
    })
    .from(visits)
    .leftJoin(assessments, and(eq(assessments.visitId, visits.id), isNull(assessments.voidedAt)))
    .where(and(eq(visits.participantId, sql.placeholder('id')), isNull(visits.voidedAt)))
    .prepare(),
)

/** Everything entered of a participant's visits: one row for each form, one with nulls for a visit without any. */
export function listEntries(db: Db | Tx, id: ParticipantId) {
  return entriesOf(db).all({ id })
}

/**
 * Every scheduled visit of these participants in order of the protocol, with what was entered: one row for each form,
 * one with nulls where nothing was.
 */
export function listScheduleWithEntries(db: Db | Tx, participantIds: readonly ParticipantId[]) {
  return db
    .select({
      participantId: scheduledVisits.participantId,
      visit: scheduledVisits.visit,
      position: scheduledVisits.position,
      target: scheduledVisits.target,
      windowStart: scheduledVisits.windowStart,
      windowEnd: scheduledVisits.windowEnd,
      provisional: scheduledVisits.provisional,
      visitDate: visits.visitDate,
      missedReason: visits.missedReason,
      form: assessments.form,
      answers: assessments.answers,
      notDoneReason: assessments.notDoneReason,
    })
    .from(scheduledVisits)
    .leftJoin(
      visits,
      and(
        eq(visits.participantId, scheduledVisits.participantId),
        eq(visits.code, scheduledVisits.visit),
        isNull(visits.voidedAt),
      ),
    )
    .leftJoin(assessments, and(eq(assessments.visitId, visits.id), isNull(assessments.voidedAt)))
    .where(inArray(scheduledVisits.participantId, [...participantIds]))
    .orderBy(asc(scheduledVisits.participantId), asc(scheduledVisits.position))
    .all()
}
