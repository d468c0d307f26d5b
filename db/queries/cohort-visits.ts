import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import type { Db, Tx } from '@/db/client'
import { auditEntries } from '@/db/schema/audit'
import { participants } from '@/db/schema/participants'
import { sites } from '@/db/schema/studies'
import { visits } from '@/db/schema/visits'
import type { VisitRecord } from '@/lib/domain/population/population-data'
import { type CalendarDate, calendarDateIn } from '@/lib/domain/shared/calendar-date'
import type { StudyId } from '@/lib/domain/shared/ids'
import { ofStudy } from './cohort-scope'

type VisitRow = [
  participant: number,
  visit: string,
  date: CalendarDate | null,
  isMissed: number,
  enteredAt: string | null,
  timeZone: string,
]

/**
 * Visits of a study with the day at the site on which each began to be entered, from the audit. The operator enters
 * nothing but imports, which say nothing of a site's speed: their visits have no such day.
 */
export function listVisitRecords(db: Db | Tx, studyId: StudyId): VisitRecord[] {
  const rows = db
    .select({
      participant: visits.participantId,
      visit: visits.code,
      date: visits.visitDate,
      isMissed: sql`${visits.missedReason} IS NOT NULL`,
      enteredAt: auditEntries.at,
      timeZone: sites.timeZone,
    })
    .from(visits)
    .innerJoin(participants, eq(participants.id, visits.participantId))
    .innerJoin(sites, eq(sites.id, participants.siteId))
    .leftJoin(
      auditEntries,
      and(
        eq(auditEntries.entity, 'visits'),
        eq(auditEntries.entityId, visits.id),
        eq(auditEntries.act, 'insert'),
        isNotNull(auditEntries.actorId),
      ),
    )
    .where(and(ofStudy(studyId), isNull(visits.voidedAt)))
    .values() as VisitRow[]
  const dayOf = makeDayFinder()
  return rows.map(([participant, visit, date, isMissed, enteredAt, timeZone]) => ({
    participant,
    visit,
    date,
    isMissed: isMissed === 1,
    enteredOn: enteredAt === null ? null : dayOf(timeZone, enteredAt),
  }))
}

/** Offsets of time zones are whole quarters of an hour: within one, the day is the same. */
function makeDayFinder(): (timeZone: string, instant: string) => CalendarDate {
  const days = new Map<string, CalendarDate>()
  return (timeZone, instant) => {
    const quarter = `${timeZone} ${instant.slice(0, 13)} ${Math.floor(Number(instant.slice(14, 16)) / 15)}`
    const known = days.get(quarter)
    if (known) return known
    const day = calendarDateIn(timeZone, instant)
    days.set(quarter, day)
    return day
  }
}
