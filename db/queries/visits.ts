import { and, asc, eq, isNull } from 'drizzle-orm'
import type { Db, Tx } from '@/db/client'
import { treatments } from '@/db/schema/participants'
import { scheduledVisits, visits } from '@/db/schema/visits'
import type { ParticipantId } from '@/lib/domain/shared/ids'

export type VisitRow = typeof visits.$inferSelect
export type ScheduledVisitRow = typeof scheduledVisits.$inferSelect

/** A participant's visit of that code; undefined while nothing of it was entered or declared. */
export function findVisit(db: Db | Tx, participantId: ParticipantId, code: string): VisitRow | undefined {
  return db
    .select()
    .from(visits)
    .where(and(eq(visits.participantId, participantId), eq(visits.code, code), isNull(visits.voidedAt)))
    .get()
}

/** The schedule of a participant, in protocol order. */
export function listScheduledVisits(db: Db | Tx, participantId: ParticipantId): ScheduledVisitRow[] {
  return db
    .select()
    .from(scheduledVisits)
    .where(eq(scheduledVisits.participantId, participantId))
    .orderBy(asc(scheduledVisits.position))
    .all()
}

/** Doses given to a participant, earliest first. */
export function listDoses(db: Db | Tx, participantId: ParticipantId) {
  return db
    .select({ treatment: treatments.plan, date: treatments.givenOn, location: treatments.location })
    .from(treatments)
    .where(and(eq(treatments.participantId, participantId), isNull(treatments.voidedAt)))
    .orderBy(asc(treatments.givenOn))
    .all()
}
