import { and, asc, eq, inArray, isNull, ne, type SQL, sql } from 'drizzle-orm'
import type { Db, Tx } from '@/db/client'
import { eventReports, logEntries } from '@/db/schema/logs'
import { participants } from '@/db/schema/participants'
import { sites } from '@/db/schema/studies'
import { participantStatuses } from '@/db/schema/visits'
import type { EventReportId, LogEntryId, ParticipantId, SiteId, StudyId } from '@/lib/domain/shared/ids'

const COLUMNS = {
  id: eventReports.id,
  entryId: eventReports.entryId,
  kind: eventReports.kind,
  awareAt: eventReports.awareAt,
  note: eventReports.note,
  reportedAt: eventReports.reportedAt,
  reportedBy: eventReports.reportedBy,
  reference: eventReports.reference,
  confirmations: eventReports.confirmations,
  rowVersion: eventReports.rowVersion,
}

export type EventReportRow = ReturnType<typeof listEventReports>[number]

/** What was told of these events, in the order in which it was recorded. */
export function listEventReports(db: Db | Tx, entryIds: readonly LogEntryId[]) {
  return db
    .select(COLUMNS)
    .from(eventReports)
    .where(and(inArray(eventReports.entryId, [...entryIds]), isNull(eventReports.voidedAt)))
    .orderBy(asc(eventReports.id))
    .all()
}

/** One report of an event, voided or not. */
export function findEventReport(db: Db | Tx, entryId: LogEntryId, id: EventReportId) {
  return db
    .select({ ...COLUMNS, voidedAt: eventReports.voidedAt, voidReason: eventReports.voidReason })
    .from(eventReports)
    .where(and(eq(eventReports.id, id), eq(eventReports.entryId, entryId)))
    .get()
}

/** Initial reports of a participant's events, the voided too. */
export function listInitialReports(db: Db | Tx, participantId: ParticipantId) {
  return db
    .select({ entryId: eventReports.entryId, awareAt: eventReports.awareAt, voidedAt: eventReports.voidedAt })
    .from(eventReports)
    .innerJoin(logEntries, eq(logEntries.id, eventReports.entryId))
    .where(and(eq(logEntries.participantId, participantId), eq(eventReports.kind, 'initial')))
    .all()
}

interface Scope {
  readonly studyId: StudyId
  readonly sites: 'all' | readonly SiteId[]
  /** Only this participant; left out: all. */
  readonly participantId?: ParticipantId
}

/** A report that is still to be made. In the very words of the index of such reports, which is used for no others. */
export function isDue(): SQL {
  return sql`(${eventReports.kind} <> 'note' AND ${eventReports.reportedAt} IS NULL AND ${eventReports.voidedAt} IS NULL)`
}

/** Reports that were not made yet, the longest known first, with the event they are of. */
export function listRunningReports(db: Db | Tx, scope: Scope) {
  return selectReports(db, scope, isDue())
}

/** Every report of the study's events, running or made, the longest known first. */
export function listStudyReports(db: Db | Tx, scope: Scope) {
  return selectReports(db, scope, ne(eventReports.kind, 'note'))
}

function selectReports(db: Db | Tx, scope: Scope, which: SQL | undefined) {
  return db
    .select({
      ...COLUMNS,
      number: participants.number,
      site: sites.code,
      timeZone: sites.timeZone,
      restricted: participantStatuses.restricted,
      answers: logEntries.answers,
    })
    .from(eventReports)
    .innerJoin(logEntries, eq(logEntries.id, eventReports.entryId))
    .innerJoin(participants, eq(participants.id, logEntries.participantId))
    .innerJoin(sites, eq(sites.id, participants.siteId))
    .leftJoin(participantStatuses, eq(participantStatuses.participantId, participants.id))
    .where(
      and(
        which,
        eq(participants.studyId, scope.studyId),
        scope.sites === 'all' ? undefined : inArray(participants.siteId, [...scope.sites]),
        scope.participantId === undefined ? undefined : eq(participants.id, scope.participantId),
        isNull(eventReports.voidedAt),
        isNull(logEntries.voidedAt),
        isNull(participants.voidedAt),
      ),
    )
    .orderBy(asc(eventReports.awareAt), asc(eventReports.id))
    .all()
}
