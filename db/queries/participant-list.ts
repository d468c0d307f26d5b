import { and, asc, count, desc, eq, inArray, isNull, type SQL, sql } from 'drizzle-orm'
import type { Db, Tx } from '@/db/client'
import { participants, treatments } from '@/db/schema/participants'
import { sites } from '@/db/schema/studies'
import { participantStatuses, scheduledVisits } from '@/db/schema/visits'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { ParticipantId, SiteId, StudyId } from '@/lib/domain/shared/ids'
import type { ParticipantSort, ParticipantStatus } from '@/lib/schemas/participants'

export interface ListScope {
  readonly studyId: StudyId
  readonly sites: 'all' | readonly SiteId[]
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
  const key = sortKey(scope, page.sort)
  const direction = page.descending ? sql`DESC` : sql`ASC`
  const rows = db
    .select({ id: participants.id })
    .from(participants)
    .where(where)
    .orderBy(
      ...(key ? [sql`${key} ${direction} NULLS LAST`] : []),
      page.descending ? desc(participants.number) : asc(participants.number),
    )
    .limit(page.limit)
    .offset(page.offset)
    .all()
  return { ids: rows.map(row => row.id), total }
}

/** The stored status of these participants; who asked for no further use has it as a word of its own. */
export function listStatuses(db: Db | Tx, ids: readonly ParticipantId[]) {
  const rows = db
    .select()
    .from(participantStatuses)
    .where(inArray(participantStatuses.participantId, [...ids]))
    .all()
  return new Map(rows.map(row => [row.participantId, row.restricted ? ('restricted' as const) : row.status]))
}

function matching(scope: ListScope, filter: ListFilter): SQL | undefined {
  const pattern = `%${filter.search.replace(/[\\%_]/g, sign => `\\${sign}`)}%`
  return and(
    eq(participants.studyId, scope.studyId),
    isNull(participants.voidedAt),
    scope.sites === 'all' ? undefined : inArray(participants.siteId, [...scope.sites]),
    filter.siteId === null ? undefined : eq(participants.siteId, filter.siteId),
    filter.search === '' ? undefined : sql`${participants.number} LIKE ${pattern} ESCAPE '\\'`,
    filter.status === null ? undefined : hasStatus(filter.status),
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
      return nextWindowEnd(scope)
  }
}

function hasStatus(status: ParticipantStatus): SQL {
  if (status === 'restricted')
    return sql`${participants.id} IN (SELECT ${participantStatuses.participantId} FROM ${participantStatuses} WHERE ${participantStatuses.restricted} = 1)`
  return sql`${participants.id} IN (SELECT ${participantStatuses.participantId} FROM ${participantStatuses} WHERE ${participantStatuses.status} = ${status} AND ${participantStatuses.restricted} = 0)`
}

/** Last day of the window of the visit that `findOutstandingVisit` names; who left follow-up has none. */
function nextWindowEnd(scope: ListScope): SQL {
  const isLast = sql`${scheduledVisits.progress} = 'partly' AND coalesce(${scheduledVisits.windowEnd} < ${today(scope)}, 0)`
  return sql`(SELECT ${scheduledVisits.windowEnd} FROM ${scheduledVisits}
    WHERE ${scheduledVisits.participantId} = ${participants.id} AND ${scheduledVisits.progress} IN ('untouched', 'partly')
    AND ${isInFollowUp()} ORDER BY ${isLast}, ${scheduledVisits.position} LIMIT 1)`
}

/** Nothing entered, opened, and the window closed at the site: the comparison that `deriveVisitState` makes. */
function isOverdue(scope: ListScope): SQL {
  if (scope.today.size === 0) return sql`0`
  return sql`EXISTS (SELECT 1 FROM ${scheduledVisits} WHERE ${scheduledVisits.participantId} = ${participants.id}
    AND ${scheduledVisits.progress} = 'untouched' AND ${scheduledVisits.windowEnd} < ${today(scope)}
    AND ${scheduledVisits.opensOn} <= ${today(scope)} AND ${isInFollowUp()})`
}

/** Any end recorded counts: nothing is recorded before it happened. */
function isInFollowUp(): SQL {
  return sql`NOT EXISTS (SELECT 1 FROM ${participantStatuses} WHERE ${participantStatuses.participantId} = ${participants.id}
    AND ${participantStatuses.followUpEnd} IS NOT NULL)`
}

/** The calendar date at the participant's site. At one moment there are at most three. */
function today(scope: ListScope): SQL {
  const sitesOf = new Map<CalendarDate, SiteId[]>()
  for (const [site, day] of scope.today) sitesOf.set(day, [...(sitesOf.get(day) ?? []), site])
  const [[first] = [''], ...rest] = sitesOf
  if (rest.length === 0) return sql`${first}`
  const cases = rest.map(([day, ids]) => sql`WHEN ${inArray(participants.siteId, ids)} THEN ${day}`)
  return sql`CASE ${sql.join(cases, sql` `)} ELSE ${first} END`
}
