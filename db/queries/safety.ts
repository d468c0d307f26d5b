import { and, desc, eq, inArray, isNull, type SQL, sql } from 'drizzle-orm'
import type { Db, Tx } from '@/db/client'
import { eventReports, logEntries } from '@/db/schema/logs'
import { participants } from '@/db/schema/participants'
import { sites } from '@/db/schema/studies'
import type { SiteId, StudyId } from '@/lib/domain/shared/ids'
import { isDue } from './event-reports'
import { isUsed } from './leaving'

interface Scope {
  readonly studyId: StudyId
  readonly sites: 'all' | readonly SiteId[]
}

/** What of the events is wanted; null and false: not asked for. */
export interface EventFilter {
  readonly site: string | null
  readonly grade: string | null
  readonly serious: boolean
  /** A report of it is to be made. */
  readonly open: boolean
  /** It awaits a judgement. */
  readonly judge: boolean
}

const answerOf = (code: string) => sql`json_extract(${logEntries.answers}, ${`$.${code}.value`})`
const lacks = (code: string) => sql`json_extract(${logEntries.answers}, ${`$.${code}`}) IS NULL`

/** As `isSerious` and `awaitsJudgement` of the domain: a test holds each pair together. */
const SERIOUS = sql`(coalesce(${answerOf('AESER')}, 0) = 1 OR coalesce(${answerOf('AESERINV')}, 0) = 1)`
const AWAITS = sql`(${lacks('AESERINV')} OR ${lacks('AERELPR')} OR ${lacks('AERELPD')})`

/** When the first of the reports still to be made began to be due; null: none is. */
const DUE_SINCE = sql`(SELECT min(${eventReports.awareAt}) FROM ${eventReports} WHERE ${eventReports.entryId} = ${logEntries.id} AND ${isDue()})`

const HAS_REPORT = sql`EXISTS (SELECT 1 FROM ${eventReports} WHERE ${eventReports.entryId} = ${logEntries.id} AND ${eventReports.kind} <> 'note' AND ${eventReports.voidedAt} IS NULL)`

/** How many adverse events there are, and how many of them fit; those of who asked for no further use left out. */
export function countEvents(db: Db | Tx, scope: Scope, filter: EventFilter) {
  const found = and(...fits(filter)) ?? sql`1`
  const sum = (test: SQL) => sql<number>`coalesce(sum(${test}), 0)`
  const [counts] = db
    .select({
      total: sql<number>`count(*)`,
      found: sum(sql`(${found})`),
      serious: sum(SERIOUS),
      toJudge: sum(AWAITS),
    })
    .from(logEntries)
    .innerJoin(participants, eq(participants.id, logEntries.participantId))
    .innerJoin(sites, eq(sites.id, participants.siteId))
    .where(and(...isOf(scope)))
    .all()
  return counts ?? { total: 0, found: 0, serious: 0, toJudge: 0 }
}

/** One page of the adverse events that fit: the longest due first, then those reported, the serious, the latest. */
export function listEvents(
  db: Db | Tx,
  scope: Scope,
  filter: EventFilter,
  window: { readonly limit: number; readonly offset: number },
) {
  return db
    .select({
      id: logEntries.id,
      participantId: logEntries.participantId,
      answers: logEntries.answers,
      number: participants.number,
      site: sites.code,
    })
    .from(logEntries)
    .innerJoin(participants, eq(participants.id, logEntries.participantId))
    .innerJoin(sites, eq(sites.id, participants.siteId))
    .where(and(...isOf(scope), ...fits(filter)))
    .orderBy(sql`${DUE_SINCE} IS NULL`, DUE_SINCE, desc(HAS_REPORT), desc(SERIOUS), desc(logEntries.id))
    .limit(window.limit)
    .offset(window.offset)
    .all()
}

function isOf(scope: Scope): (SQL | undefined)[] {
  return [
    eq(logEntries.log, 'adverseEvents'),
    eq(participants.studyId, scope.studyId),
    scope.sites === 'all' ? undefined : inArray(participants.siteId, [...scope.sites]),
    isNull(logEntries.voidedAt),
    isNull(participants.voidedAt),
    isUsed(),
  ]
}

function fits({ site, grade, serious, open, judge }: EventFilter): SQL[] {
  return [
    ...(site === null ? [] : [eq(sites.code, site)]),
    ...(grade === null ? [] : [sql`${answerOf('AETOXGR')} = ${grade}`]),
    ...(serious ? [SERIOUS] : []),
    ...(open ? [sql`${DUE_SINCE} IS NOT NULL`] : []),
    ...(judge ? [AWAITS] : []),
  ]
}
