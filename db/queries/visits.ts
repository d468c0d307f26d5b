import { and, asc, eq, isNull } from 'drizzle-orm'
import type { Db, Tx } from '@/db/client'
import { participants, treatments } from '@/db/schema/participants'
import { sites } from '@/db/schema/studies'
import { scheduledVisits, visits } from '@/db/schema/visits'
import type { ParticipantId, StudyId } from '@/lib/domain/shared/ids'

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

/** What entry of a visit needs to know of the participant and the site. */
export function findEntryParticipant(db: Db | Tx, studyId: StudyId, number: string) {
  return db
    .select({
      id: participants.id,
      number: participants.number,
      siteId: participants.siteId,
      site: sites.code,
      siteName: sites.name,
      timeZone: sites.timeZone,
      origin: participants.origin,
      outcome: participants.outcome,
      consentDate: participants.consentDate,
      level: participants.level,
    })
    .from(participants)
    .innerJoin(sites, eq(sites.id, participants.siteId))
    .where(
      and(eq(participants.studyId, studyId), eq(participants.number, number), isNull(participants.voidedAt)),
    )
    .get()
}

export type EntryParticipant = NonNullable<ReturnType<typeof findEntryParticipant>>

/** Doses given to a participant, earliest first. */
export function listDoses(db: Db | Tx, participantId: ParticipantId) {
  return db
    .select({ treatment: treatments.plan, date: treatments.givenOn, location: treatments.location })
    .from(treatments)
    .where(and(eq(treatments.participantId, participantId), isNull(treatments.voidedAt)))
    .orderBy(asc(treatments.givenOn))
    .all()
}
