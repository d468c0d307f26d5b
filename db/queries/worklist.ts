import { and, asc, eq, inArray, isNull, lte, or } from 'drizzle-orm'
import type { Db, Tx } from '@/db/client'
import { participants } from '@/db/schema/participants'
import { sites } from '@/db/schema/studies'
import { assessments, scheduledVisits, visits } from '@/db/schema/visits'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { SiteId, StudyId } from '@/lib/domain/shared/ids'

/**
 * Scheduled visits of enrolled participants whose window has begun by that day or is not known, with what was entered:
 * one row for each form, one with nulls where nothing was. Whether anything is due is decided elsewhere.
 */
export function listBegunVisits(
  db: Db | Tx,
  args: {
    readonly studyId: StudyId
    readonly sites: 'all' | readonly SiteId[]
    readonly until: CalendarDate
    /** Visits that open with consent, whatever their window. */
    readonly fromConsent: readonly string[]
  },
) {
  const mine = args.sites === 'all' ? undefined : inArray(participants.siteId, [...args.sites])
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
    .leftJoin(
      visits,
      and(
        eq(visits.participantId, scheduledVisits.participantId),
        eq(visits.code, scheduledVisits.visit),
        isNull(visits.voidedAt),
      ),
    )
    .leftJoin(assessments, and(eq(assessments.visitId, visits.id), isNull(assessments.voidedAt)))
    .where(
      and(
        eq(participants.studyId, args.studyId),
        eq(participants.outcome, 'enrolled'),
        isNull(participants.voidedAt),
        mine,
        or(
          lte(scheduledVisits.windowStart, args.until),
          isNull(scheduledVisits.windowStart),
          inArray(scheduledVisits.visit, [...args.fromConsent]),
        ),
      ),
    )
    .orderBy(asc(participants.number), asc(scheduledVisits.position))
    .all()
}

export type BegunVisitRow = ReturnType<typeof listBegunVisits>[number]
