import { and, asc, count, desc, eq, inArray, isNull, type SQL, sql } from 'drizzle-orm'
import type { Db, Tx } from '@/db/client'
import { participants, treatments } from '@/db/schema/participants'
import { sites } from '@/db/schema/studies'
import { assessments, scheduledVisits, visits } from '@/db/schema/visits'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { ParticipantId, SiteId, StudyId } from '@/lib/domain/shared/ids'
import type { ParticipantSort, ParticipantStatus } from '@/lib/schemas/participants'

/** What the list needs to know of the protocol: the visits that ask something, and what stands before day zero. */
export interface AskedVisit {
  readonly code: string
  /** How many forms are asked. */
  readonly forms: number
  readonly isBaseline: boolean
  /** Target before day zero: due only from consent on. */
  readonly fromConsent: boolean
}

export interface ListScope {
  readonly studyId: StudyId
  readonly sites: 'all' | readonly SiteId[]
  readonly asked: readonly AskedVisit[]
  readonly hasTreatments: boolean
  /** Today by site: the calendar date there. */
  readonly today: ReadonlyMap<SiteId, CalendarDate>
}

export interface ListFilter {
  readonly search: string
  readonly siteId: SiteId | null
  readonly status: ParticipantStatus | null
  readonly overdue: boolean
}

export interface ListPage {
  readonly sort: ParticipantSort
  readonly descending: boolean
  readonly limit: number
  readonly offset: number
}

/** Ids of one page of participants and how many there are in all. Filter, order and page are the database's work. */
export function listParticipantPage(
  db: Db | Tx,
  scope: ListScope,
  filter: ListFilter,
  page: ListPage,
): { readonly ids: readonly ParticipantId[]; readonly total: number } {
  const where = matching(scope, filter)
  const total = db.select({ n: count() }).from(participants).where(where).get()?.n ?? 0
  const order = page.descending ? desc : asc
  const rows = db
    .select({ id: participants.id })
    .from(participants)
    .where(where)
    .orderBy(
      ...[sortKey(scope, page.sort)].flatMap(key => (key ? [sql`${key} IS NULL`, order(key)] : [])),
      order(participants.number),
    )
    .limit(page.limit)
    .offset(page.offset)
    .all()
  return { ids: rows.map(row => row.id), total }
}

/** The status of these participants, by the same expression that the filter uses. */
export function listStatuses(db: Db | Tx, scope: ListScope, ids: readonly ParticipantId[]) {
  const rows = db
    .select({ id: participants.id, status: status(scope) })
    .from(participants)
    .where(inArray(participants.id, [...ids]))
    .all()
  return new Map(rows.map(row => [row.id, row.status]))
}

function matching(scope: ListScope, filter: ListFilter): SQL | undefined {
  const pattern = `%${filter.search.replace(/[\\%_]/g, sign => `\\${sign}`)}%`
  return and(
    eq(participants.studyId, scope.studyId),
    isNull(participants.voidedAt),
    scope.sites === 'all' ? undefined : inArray(participants.siteId, [...scope.sites]),
    filter.siteId === null ? undefined : eq(participants.siteId, filter.siteId),
    filter.search === '' ? undefined : sql`${participants.number} LIKE ${pattern} ESCAPE '\\'`,
    filter.status === null ? undefined : sql`${status(scope)} = ${filter.status}`,
    filter.overdue ? isOverdue(scope) : undefined,
  )
}

function sortKey(scope: ListScope, sort: ParticipantSort): SQL | undefined {
  switch (sort) {
    case 'number':
      return undefined
    case 'site':
      return sql`(SELECT ${sites.code} FROM ${sites} WHERE ${sites.id} = ${participants.siteId})`
    case 'treated':
      return sql`(SELECT min(${treatments.givenOn}) FROM ${treatments} WHERE ${treatments.participantId} = ${participants.id} AND ${treatments.voidedAt} IS NULL)`
    case 'next':
      return sql`(SELECT min(${scheduledVisits.windowEnd}) FROM ${scheduledVisits} WHERE ${unsettled(scope)})`
  }
}

function status(scope: ListScope): SQL<ParticipantStatus> {
  const untreated = sql`NOT EXISTS (SELECT 1 FROM ${treatments} WHERE ${treatments.participantId} = ${participants.id} AND ${treatments.voidedAt} IS NULL)`
  const isBefore = scope.hasTreatments ? untreated : sql`1`
  const baseline = scope.asked.filter(visit => visit.isBaseline).map(visit => visit.code)
  const nothing = sql`NOT EXISTS (SELECT 1 FROM ${visits} WHERE ${visits.participantId} = ${participants.id} AND ${visits.voidedAt} IS NULL AND ${inArray(visits.code, baseline)})`
  return sql<ParticipantStatus>`CASE WHEN ${participants.outcome} <> 'enrolled' THEN ${participants.outcome}
    WHEN ${isBefore} AND ${nothing} THEN 'screening'
    WHEN ${scope.hasTreatments ? untreated : sql`0`} THEN 'awaitingTreatment'
    WHEN EXISTS (SELECT 1 FROM ${scheduledVisits} WHERE ${unsettled(scope)}) THEN 'followUp'
    ELSE 'complete' END`
}

/** A scheduled visit that asks something of this participant and still lacks a form, and was not declared missed. */
function unsettled(scope: ListScope): SQL {
  const forms = sql.join(
    [
      sql`CASE ${scheduledVisits.visit}`,
      ...scope.asked.map(visit => sql`WHEN ${visit.code} THEN ${visit.forms}`),
      sql`ELSE 0 END`,
    ],
    sql` `,
  )
  const received = sql`(SELECT count(DISTINCT ${assessments.form}) FROM ${visits} JOIN ${assessments} ON ${assessments.visitId} = ${visits.id} AND ${isEntered} WHERE ${ofVisit})`
  const missed = sql`EXISTS (SELECT 1 FROM ${visits} WHERE ${ofVisit} AND ${visits.missedReason} IS NOT NULL)`
  return sql`${scheduledVisits.participantId} = ${participants.id} AND ${received} < ${forms} AND NOT ${missed}`
}

/** A form with an answer, or with a reason for having none. */
const isEntered = sql`${assessments.voidedAt} IS NULL AND (${assessments.answers} <> '{}' OR ${assessments.notDoneReason} IS NOT NULL)`

const ofVisit = sql`${visits.participantId} = ${scheduledVisits.participantId} AND ${visits.code} = ${scheduledVisits.visit} AND ${visits.voidedAt} IS NULL`

/** Window closed at the site, nothing entered, not declared missed; as `deriveVisitState` decides it for one visit. */
function isOverdue(scope: ListScope): SQL {
  const days = [...scope.today]
  if (days.length === 0 || scope.asked.length === 0) return sql`0`
  const today = sql.join(
    [sql`CASE ${participants.siteId}`, ...days.map(([site, day]) => sql`WHEN ${site} THEN ${day}`), sql`END`],
    sql` `,
  )
  const anyTime = scope.asked.filter(visit => !visit.fromConsent).map(visit => visit.code)
  const fromConsent = scope.asked.filter(visit => visit.fromConsent).map(visit => visit.code)
  const started = sql`EXISTS (SELECT 1 FROM ${visits} LEFT JOIN ${assessments} ON ${assessments.visitId} = ${visits.id} AND ${isEntered} WHERE ${ofVisit} AND (${visits.missedReason} IS NOT NULL OR ${assessments.id} IS NOT NULL))`
  return sql`EXISTS (SELECT 1 FROM ${scheduledVisits} WHERE ${scheduledVisits.participantId} = ${participants.id}
    AND ${scheduledVisits.windowEnd} < ${today}
    AND (${inArray(scheduledVisits.visit, anyTime)} OR (${inArray(scheduledVisits.visit, fromConsent)} AND ${participants.consentDate} <= ${today}))
    AND NOT ${started})`
}
