import { and, asc, eq, inArray, isNull, lte, or, type SQL, sql } from 'drizzle-orm'
import type { Db, Tx } from '@/db/client'
import { logEntries } from '@/db/schema/logs'
import { participants } from '@/db/schema/participants'
import { sites } from '@/db/schema/studies'
import { assessments, participantStatuses, scheduledVisits, visits } from '@/db/schema/visits'
import { addDays, type CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { SiteId, StudyId } from '@/lib/domain/shared/ids'

/**
 * Scheduled visits of enrolled participants that lack something and are open by that day, booked about then, entered in part, or without
 * a day to open on; with what was entered: one row for each form, one with nulls where nothing was. Ordered by number
 * and place in the protocol. Whether anything is due is decided elsewhere.
 */
export function listDueVisits(
  db: Db | Tx,
  args: {
    readonly studyId: StudyId
    readonly sites: 'all' | readonly SiteId[]
    readonly until: CalendarDate
  },
) {
  const mine = args.sites === 'all' ? undefined : inArray(participants.siteId, [...args.sites])
  const isOpen = or(lte(scheduledVisits.opensOn, args.until), isNull(scheduledVisits.opensOn))
  const isDue = or(
    eq(scheduledVisits.progress, 'partly'),
    and(eq(scheduledVisits.progress, 'untouched'), or(isOpen, isBookedBy(args.until))),
  )
  // Who left follow-up has nothing due, as `deriveVisitState` decides it.
  const isInFollowUp = isNull(participantStatuses.followUpEnd)
  return selectEntries(db, and(eq(participants.studyId, args.studyId), mine, isDue, isInFollowUp))
}

/** Booked in the days around: whether the booking is live, and for today, is decided elsewhere. */
function isBookedBy(until: CalendarDate): SQL {
  return sql`EXISTS (SELECT 1 FROM ${logEntries} WHERE ${logEntries.participantId} = ${scheduledVisits.participantId}
    AND ${logEntries.log} = 'appointments' AND ${logEntries.voidedAt} IS NULL
    AND json_extract(${logEntries.answers}, '$.VISIT.value') = ${scheduledVisits.visit}
    AND json_extract(${logEntries.answers}, '$.DATE.value') BETWEEN ${addDays(until, -4)} AND ${until})`
}

/** One visit of an enrolled participant as `listDueVisits` gives it, whether or not it lacks anything. */
export function listVisitEntries(
  db: Db | Tx,
  args: { readonly studyId: StudyId; readonly number: string; readonly visit: string },
) {
  const here = [eq(participants.studyId, args.studyId), eq(participants.number, args.number)]
  return selectEntries(db, and(...here, eq(scheduledVisits.visit, args.visit)))
}

function selectEntries(db: Db | Tx, where: SQL | undefined) {
  return db
    .select({
      participantId: participants.id,
      number: participants.number,
      siteId: participants.siteId,
      site: sites.code,
      siteName: sites.name,
      timeZone: sites.timeZone,
      origin: participants.origin,
      consentDate: participants.consentDate,
      followUpEnd: participantStatuses.followUpEnd,
      visit: scheduledVisits.visit,
      position: scheduledVisits.position,
      target: scheduledVisits.target,
      windowStart: scheduledVisits.windowStart,
      windowEnd: scheduledVisits.windowEnd,
      provisional: scheduledVisits.provisional,
      visitDate: visits.visitDate,
      missedReason: visits.missedReason,
      form: assessments.form,
      notDoneReason: assessments.notDoneReason,
      answers: assessments.answers,
    })
    .from(scheduledVisits)
    .innerJoin(participants, eq(participants.id, scheduledVisits.participantId))
    .innerJoin(sites, eq(sites.id, participants.siteId))
    .leftJoin(participantStatuses, eq(participantStatuses.participantId, participants.id))
    .leftJoin(
      visits,
      and(
        eq(visits.participantId, scheduledVisits.participantId),
        eq(visits.code, scheduledVisits.visit),
        isNull(visits.voidedAt),
      ),
    )
    .leftJoin(assessments, and(eq(assessments.visitId, visits.id), isNull(assessments.voidedAt)))
    .where(and(eq(participants.outcome, 'enrolled'), isNull(participants.voidedAt), where))
    .orderBy(asc(participants.number), asc(scheduledVisits.position))
    .all()
}

export type DueVisitRow = ReturnType<typeof selectEntries>[number]
