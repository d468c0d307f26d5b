import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import type { Db, Tx } from '@/db/client'
import { auditEntries } from '@/db/schema/audit'
import { treatments } from '@/db/schema/participants'
import { scheduledVisits, visits } from '@/db/schema/visits'
import { statement } from '@/db/statement'
import type { ParticipantId } from '@/lib/domain/shared/ids'

export type VisitRow = typeof visits.$inferSelect
export type ScheduledVisitRow = typeof scheduledVisits.$inferSelect

const visitByCode = statement(db =>
  db
    .select()
    .from(visits)
    .where(
      and(
        eq(visits.participantId, sql.placeholder('participantId')),
        eq(visits.code, sql.placeholder('code')),
        isNull(visits.voidedAt),
      ),
    )
    .prepare(),
)

/** A participant's visit of that code; undefined while nothing of it was entered or declared. */
export function findVisit(db: Db | Tx, participantId: ParticipantId, code: string): VisitRow | undefined {
  return visitByCode(db).get({ participantId, code })
}

/** Every visit of a participant that was begun or declared, voided ones left out. */
export function listVisits(db: Db | Tx, participantId: ParticipantId): VisitRow[] {
  return db
    .select()
    .from(visits)
    .where(and(eq(visits.participantId, participantId), isNull(visits.voidedAt)))
    .orderBy(asc(visits.id))
    .all()
}

/**
 * Codes of all visits that a participant ever had, of voided and moved ones too: the audit names every code under which a
 * visit stood.
 */
export function listCodesEver(db: Db | Tx, subject: { readonly chain: string; readonly number: string }) {
  return db
    .selectDistinct({ code: auditEntries.visit })
    .from(auditEntries)
    .where(and(eq(auditEntries.chain, subject.chain), eq(auditEntries.subject, subject.number)))
    .all()
    .flatMap(row => row.code ?? [])
}

const scheduleOf = statement(db =>
  db
    .select()
    .from(scheduledVisits)
    .where(eq(scheduledVisits.participantId, sql.placeholder('participantId')))
    .orderBy(asc(scheduledVisits.position))
    .prepare(),
)

/** The schedule of a participant, in protocol order. */
export function listScheduledVisits(db: Db | Tx, participantId: ParticipantId): ScheduledVisitRow[] {
  return scheduleOf(db).all({ participantId })
}

const dosesOf = statement(db =>
  db
    .select({ treatment: treatments.plan, date: treatments.givenOn, location: treatments.location })
    .from(treatments)
    .where(and(eq(treatments.participantId, sql.placeholder('participantId')), isNull(treatments.voidedAt)))
    .orderBy(asc(treatments.givenOn))
    .prepare(),
)

/** Doses given to a participant, earliest first. */
export function listDoses(db: Db | Tx, participantId: ParticipantId) {
  return dosesOf(db).all({ participantId })
}
