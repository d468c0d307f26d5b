import { and, asc, eq, isNull } from 'drizzle-orm'
import type { Db, Tx } from '@/db/client'
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

/** Every visit of a participant that was begun or declared missed. */
export function listVisits(db: Db | Tx, participantId: ParticipantId): VisitRow[] {
  return db
    .select()
    .from(visits)
    .where(and(eq(visits.participantId, participantId), isNull(visits.voidedAt)))
    .all()
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
