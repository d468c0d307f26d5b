import { and, asc, eq, inArray, isNull } from 'drizzle-orm'
import type { Db, Tx } from '@/db/client'
import { eventReports, logEntries } from '@/db/schema/logs'
import type { ExportEventReport, ExportLogEntry } from '@/lib/domain/exports/export-record'
import type { ParticipantId } from '@/lib/domain/shared/ids'

/** Entries of logs in the order in which they were made: the voided too, since they keep their numbers. */
export function listExportLogs(db: Db | Tx, ids: readonly ParticipantId[]) {
  return db
    .select({
      participant: logEntries.participantId,
      id: logEntries.id,
      log: logEntries.log,
      answers: logEntries.answers,
      voidedAt: logEntries.voidedAt,
    })
    .from(logEntries)
    .where(inArray(logEntries.participantId, [...ids]))
    .orderBy(asc(logEntries.id))
    .all()
}

/** Reports of adverse events in the order in which they were made. */
export function listExportReports(db: Db | Tx, ids: readonly ParticipantId[]) {
  return db
    .select({
      participant: logEntries.participantId,
      entryId: eventReports.entryId,
      kind: eventReports.kind,
      awareAt: eventReports.awareAt,
      reportedAt: eventReports.reportedAt,
      reference: eventReports.reference,
      note: eventReports.note,
    })
    .from(eventReports)
    .innerJoin(logEntries, eq(logEntries.id, eventReports.entryId))
    .where(and(inArray(logEntries.participantId, [...ids]), isNull(eventReports.voidedAt)))
    .orderBy(asc(eventReports.id))
    .all()
}

/** Entries of one participant with their numbers, the voided left out, and the reports of each. */
export function numberEntries(
  rows: readonly Omit<ReturnType<typeof listExportLogs>[number], 'participant'>[],
  reports: readonly ReturnType<typeof listExportReports>[number][],
): ExportLogEntry[] {
  const counts = new Map<string, number>()
  return rows.flatMap(({ id, log, answers, voidedAt }) => {
    const entry = (counts.get(log) ?? 0) + 1
    counts.set(log, entry)
    if (voidedAt !== null) return []
    const own = reports.filter(({ entryId }) => entryId === id).map(toReport)
    return [{ log, entry, answers, ...(own.length > 0 && { reports: own }) }]
  })
}

function toReport(row: ReturnType<typeof listExportReports>[number]): ExportEventReport {
  const { kind, awareAt, reportedAt, reference, note } = row
  return { kind, awareAt, reportedAt, reference, note }
}
