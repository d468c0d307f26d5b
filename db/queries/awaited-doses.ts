import { and, asc, eq, inArray, isNotNull, isNull, lt, sql } from 'drizzle-orm'
import type { Db, Tx } from '@/db/client'
import { logEntries } from '@/db/schema/logs'
import { participants, treatments } from '@/db/schema/participants'
import { sites } from '@/db/schema/studies'
import { participantStatuses } from '@/db/schema/visits'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { SiteId, StudyId } from '@/lib/domain/shared/ids'

/**
 * Enrolled participants in follow-up without a dose whose planned day zero is before that day, by number. Who withdrew
 * from treatment awaits none.
 */
export function listUndosed(
  db: Db | Tx,
  args: {
    readonly studyId: StudyId
    readonly sites: 'all' | readonly SiteId[]
    readonly before: CalendarDate
  },
) {
  return db
    .select({
      number: participants.number,
      site: sites.code,
      timeZone: sites.timeZone,
      planned: participants.plannedDayZero,
    })
    .from(participants)
    .innerJoin(sites, eq(sites.id, participants.siteId))
    .leftJoin(participantStatuses, eq(participantStatuses.participantId, participants.id))
    .where(
      and(
        eq(participants.studyId, args.studyId),
        args.sites === 'all' ? undefined : inArray(participants.siteId, [...args.sites]),
        eq(participants.outcome, 'enrolled'),
        isNull(participants.voidedAt),
        isNull(participantStatuses.followUpEnd),
        isNotNull(participants.plannedDayZero),
        lt(participants.plannedDayZero, args.before),
        sql`NOT EXISTS (SELECT 1 FROM ${treatments} WHERE ${treatments.participantId} = ${participants.id}
          AND ${treatments.voidedAt} IS NULL)`,
        sql`NOT EXISTS (SELECT 1 FROM ${logEntries} WHERE ${logEntries.participantId} = ${participants.id}
          AND ${logEntries.log} = 'departures' AND ${logEntries.voidedAt} IS NULL
          AND json_extract(${logEntries.answers}, '$.KIND.value') = 'treatment')`,
      ),
    )
    .orderBy(asc(participants.number))
    .all()
}
