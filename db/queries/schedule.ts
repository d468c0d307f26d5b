import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { Db, Tx } from '@/db/client'
import { logEntries } from '@/db/schema/logs'
import { allocations, participants, treatments } from '@/db/schema/participants'
import { siteApprovals } from '@/db/schema/studies'
import { assessments, scheduledVisits, visits } from '@/db/schema/visits'
import { statement } from '@/db/statement'
import { readConsents } from '@/lib/domain/logs/consents'
import { readDepartures } from '@/lib/domain/logs/departures'
import type { GivenConsent } from '@/lib/domain/protocol/consent'
import { deriveTreatmentEnd } from '@/lib/domain/protocol/follow-up'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { ParticipantId } from '@/lib/domain/shared/ids'

const person = statement(db =>
  db
    .select({
      outcome: participants.outcome,
      enrolledOn: participants.enrolledOn,
      plannedDayZero: participants.plannedDayZero,
      consentVersion: participants.consentVersion,
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

const leavingOf = statement(db =>
  db
    .select({ log: logEntries.log, answers: logEntries.answers })
    .from(logEntries)
    .where(
      and(
        eq(logEntries.participantId, sql.placeholder('id')),
        inArray(logEntries.log, ['departures', 'consents']),
        isNull(logEntries.voidedAt),
      ),
    )
    .orderBy(asc(logEntries.id))
    .prepare(),
)

const approvalsOf = statement(db =>
  db
    .select({ version: siteApprovals.version, approvedOn: siteApprovals.approvedOn })
    .from(siteApprovals)
    .innerJoin(participants, eq(participants.siteId, siteApprovals.siteId))
    .where(and(eq(participants.id, sql.placeholder('id')), isNull(siteApprovals.voidedAt)))
    .prepare(),
)

/**
 * How a participant left and consented, and when the site approved protocol versions. The first consent is the one given
 * here, since an import may be about to store it.
 */
export function readLeaving(db: Db | Tx, id: ParticipantId, first: GivenConsent | null) {
  const rows = leavingOf(db).all({ id })
  const of = (log: string) => rows.filter(row => row.log === log).map(row => row.answers)
  return {
    departures: readDepartures(of('departures')),
    consents: [...(first ? [first] : []), ...readConsents(of('consents'))],
    approvals: approvalsOf(db).all({ id }),
  }
}

/** The day after which no dose of the participant may be dated; null: doses may be given. */
export function readTreatmentEnd(
  db: Db | Tx,
  person: { readonly id: ParticipantId; readonly followUpEnd: CalendarDate | null },
): CalendarDate | null {
  return deriveTreatmentEnd(readLeaving(db, person.id, null).departures, person.followUpEnd)
}

/** The consent of the registration; null where the source does not carry it. */
export function firstConsent(person: {
  readonly consentVersion: string | null
  readonly consentDate: CalendarDate | null
}): GivenConsent | null {
  const { consentVersion: version, consentDate: date } = person
  return version === null || date === null ? null : { version, date }
}

/** The stored facts from which a participant's schedule follows; undefined where there is no such participant. */
export function readScheduleFacts(db: Db | Tx, id: ParticipantId, baselineVisits: readonly string[]) {
  const facts = person(db).get({ id })
  if (!facts) return undefined
  const baseline = attendedVisits(db)
    .all({ id })
    .filter(visit => baselineVisits.includes(visit.code))
  return {
    ...facts,
    ...readLeaving(db, id, firstConsent(facts)),
    doses: dosesOf(db).all({ id }),
    baselineVisitDates: baseline.map(visit => visit.date),
  }
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
