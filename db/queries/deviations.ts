import { and, asc, eq, inArray, isNotNull, isNull, or, type SQL, sql } from 'drizzle-orm'
import type { Db, Tx } from '@/db/client'
import { participants } from '@/db/schema/participants'
import { sites } from '@/db/schema/studies'
import { assessments, scheduledVisits, visits } from '@/db/schema/visits'
import type { ParticipantId, SiteId, StudyId } from '@/lib/domain/shared/ids'
import { isUsed } from './leaving'

interface Scope {
  readonly studyId: StudyId
  readonly sites: 'all' | readonly SiteId[]
  /** Only this participant; left out: all. */
  readonly participantId?: ParticipantId
}

const COLUMNS = {
  participantId: participants.id,
  number: participants.number,
  siteId: participants.siteId,
  site: sites.code,
  timeZone: sites.timeZone,
  visit: visits.code,
  position: scheduledVisits.position,
  visitDate: visits.visitDate,
  missedReason: visits.missedReason,
  windowStart: scheduledVisits.windowStart,
  windowEnd: scheduledVisits.windowEnd,
}

export type StrayVisitRow = ReturnType<typeof listStrayVisits>[number]

/**
 * Visits that were declared missed or dated outside their window, by site, number and order of the protocol; of one
 * participant where asked. Windows counted from a planned day zero say nothing yet.
 */
export function listStrayVisits(db: Db | Tx, scope: Scope) {
  const isStray = or(isNotNull(visits.missedReason), isOutside(sql`${visits.visitDate}`))
  return db
    .select(COLUMNS)
    .from(visits)
    .innerJoin(participants, eq(participants.id, visits.participantId))
    .innerJoin(sites, eq(sites.id, participants.siteId))
    .innerJoin(scheduledVisits, isOfVisit())
    .where(and(isStray, ...isOf(scope)))
    .orderBy(asc(sites.code), asc(participants.number), asc(scheduledVisits.position))
    .all()
}

/** Forms dated outside the window of their visit, where the visit itself is not; in the same order, then by their date. */
export function listStrayForms(db: Db | Tx, scope: Scope) {
  const day = sql`${assessments.assessmentDate}`
  return db
    .select({ ...COLUMNS, form: assessments.form, date: assessments.assessmentDate })
    .from(assessments)
    .innerJoin(visits, eq(visits.id, assessments.visitId))
    .innerJoin(participants, eq(participants.id, visits.participantId))
    .innerJoin(sites, eq(sites.id, participants.siteId))
    .innerJoin(scheduledVisits, isOfVisit())
    .where(
      and(
        isNull(visits.missedReason),
        sql`NOT coalesce(${isOutside(sql`${visits.visitDate}`)}, 0)`,
        isOutside(day),
        isNull(assessments.voidedAt),
        isNull(assessments.notDoneReason),
        ...isOf(scope),
      ),
    )
    .orderBy(
      asc(sites.code),
      asc(participants.number),
      asc(scheduledVisits.position),
      asc(assessments.assessmentDate),
      asc(assessments.id),
    )
    .all()
}

function isOfVisit(): SQL | undefined {
  return and(eq(scheduledVisits.participantId, visits.participantId), eq(scheduledVisits.visit, visits.code))
}

function isOutside(day: SQL): SQL {
  return sql`(${scheduledVisits.provisional} = 0 AND (${day} < ${scheduledVisits.windowStart} OR ${day} > ${scheduledVisits.windowEnd}))`
}

function isOf(scope: Scope): (SQL | undefined)[] {
  return [
    eq(participants.studyId, scope.studyId),
    scope.participantId === undefined ? undefined : eq(participants.id, scope.participantId),
    scope.sites === 'all' ? undefined : inArray(participants.siteId, [...scope.sites]),
    isNull(participants.voidedAt),
    isUsed(),
    isNull(visits.voidedAt),
  ]
}
