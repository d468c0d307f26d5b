import { and, asc, eq, inArray, isNotNull, isNull, or, sql } from 'drizzle-orm'
import type { Db, Tx } from '@/db/client'
import { participants } from '@/db/schema/participants'
import { sites } from '@/db/schema/studies'
import { scheduledVisits, visits } from '@/db/schema/visits'
import type { ParticipantId, SiteId, StudyId } from '@/lib/domain/shared/ids'
import { isUsed } from './leaving'

/**
 * Visits that were declared missed or dated outside their window, by site, number and order of the protocol; of one
 * participant where asked. Windows counted from a planned day zero say nothing yet.
 */
export function listStrayVisits(
  db: Db | Tx,
  scope: {
    readonly studyId: StudyId
    readonly sites: 'all' | readonly SiteId[]
    readonly participantId?: ParticipantId
  },
) {
  return db
    .select({
      participantId: participants.id,
      number: participants.number,
      site: sites.code,
      visit: visits.code,
      visitDate: visits.visitDate,
      missedReason: visits.missedReason,
      windowStart: scheduledVisits.windowStart,
      windowEnd: scheduledVisits.windowEnd,
    })
    .from(visits)
    .innerJoin(participants, eq(participants.id, visits.participantId))
    .innerJoin(sites, eq(sites.id, participants.siteId))
    .innerJoin(
      scheduledVisits,
      and(eq(scheduledVisits.participantId, visits.participantId), eq(scheduledVisits.visit, visits.code)),
    )
    .where(
      and(
        eq(participants.studyId, scope.studyId),
        scope.participantId === undefined ? undefined : eq(participants.id, scope.participantId),
        scope.sites === 'all' ? undefined : inArray(participants.siteId, [...scope.sites]),
        isNull(participants.voidedAt),
        isUsed(),
        isNull(visits.voidedAt),
        or(
          isNotNull(visits.missedReason),
          and(
            eq(scheduledVisits.provisional, false),
            sql`(${visits.visitDate} < ${scheduledVisits.windowStart} OR ${visits.visitDate} > ${scheduledVisits.windowEnd})`,
          ),
        ),
      ),
    )
    .orderBy(asc(sites.code), asc(participants.number), asc(scheduledVisits.position))
    .all()
}

export type StrayVisitRow = ReturnType<typeof listStrayVisits>[number]
