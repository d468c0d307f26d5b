import { type EventReportRow, listEventReports, listStudyReports } from '@/db/queries/event-reports'
import { findLogEntry } from '@/db/queries/logs'
import { deriveReportClock } from '@/lib/domain/events/report-clock'
import { deriveTreatmentEmergence } from '@/lib/domain/events/treatment-emergent'
import { textOf } from '@/lib/domain/logs/answer-values'
import type { AppError } from '@/lib/domain/shared/errors'
import type { LogEntryId } from '@/lib/domain/shared/ids'
import { err, ok, type Result } from '@/lib/domain/shared/result'
import type { EventReports, EventReportView, ReportDuty } from '@/lib/schemas/event-reports'
import { isReportable } from './adverse-events'
import type { Ctx } from './context'
import { siteTimeOf } from './event-times'
import { readFirstProcedure } from './log-facts'
import { openParticipant } from './participants'
import { authorise, type Permission } from './policy'

/** What was reported of one event, and whether it was treatment-emergent; of a voided event nothing can be reported. */
export function readEventReports(
  ctx: Ctx,
  address: { readonly study: string; readonly number: string; readonly entry: number },
): Result<EventReports, AppError> {
  const opened = openParticipant(ctx, address.study, address.number, 'readParticipants')
  if (!opened.ok) return opened
  const { study, participant } = opened.value
  const place = { participantId: participant.id, log: 'adverseEvents' } as const
  const entry = findLogEntry(ctx.db, place, address.entry as LogEntryId)
  if (!entry) return err({ code: 'notFound', what: 'The event' })
  const isOpen = study.lockedAt === null && entry.voidedAt === null
  const scope = { studyId: study.id, siteId: participant.siteId }
  const may = (permission: Permission) => isOpen && authorise(ctx, permission, scope).ok
  const firstProcedure = readFirstProcedure(ctx.db, participant.id)
  return ok({
    reports:
      entry.voidedAt === null
        ? listEventReports(ctx.db, [entry.id]).map(row => viewReport(participant.timeZone, row, ctx.now))
        : [],
    isReportable: isReportable(ctx.db, entry),
    isTreatmentEmergent: deriveTreatmentEmergence(textOf(entry.answers, 'AESTDAT'), firstProcedure),
    may: { report: may('reportEvent'), mend: may('mendRecord') },
    me: opened.value.write.name,
    now: siteTimeOf(participant.timeZone, ctx.now),
  })
}

/**
 * The reports due or made of one participant's serious events, and nothing that was recorded of the events or the person:
 * who asked for no further use is shown by number, and the duty to report stays.
 */
export function readReportDuty(
  ctx: Ctx,
  address: { readonly study: string; readonly number: string },
): Result<ReportDuty, AppError> {
  const { study: code, number } = address
  const opened = openParticipant(ctx, code, number, 'readParticipants', { alsoRestricted: true })
  if (!opened.ok) return opened
  const { study, sites, participant } = opened.value
  const scope = { studyId: study.id, siteId: participant.siteId }
  const may = (permission: Permission) => study.lockedAt === null && authorise(ctx, permission, scope).ok
  const rows = listStudyReports(ctx.db, { studyId: study.id, sites, participantId: participant.id })
  return ok({
    number: participant.number,
    locked: study.lockedAt !== null,
    restricted: participant.restricted === true,
    reports: rows.map(row => ({
      ...viewReport(participant.timeZone, { ...row, note: null }, ctx.now),
      entry: row.entryId,
    })),
    may: { report: may('reportEvent'), mend: may('mendRecord') },
    me: opened.value.write.name,
    now: siteTimeOf(participant.timeZone, ctx.now),
  })
}

function viewReport(timeZone: string, row: EventReportRow, now: string): EventReportView {
  const { reportedAt, reportedBy, reference } = row
  return {
    id: row.id,
    version: row.rowVersion,
    kind: row.kind,
    aware: siteTimeOf(timeZone, row.awareAt),
    awareAt: row.awareAt,
    note: row.note,
    reported:
      reportedAt === null
        ? null
        : {
            ...siteTimeOf(timeZone, reportedAt),
            at: reportedAt,
            by: reportedBy ?? '',
            reference: reference ?? '',
          },
    clock: row.kind === 'note' ? null : deriveReportClock(row.awareAt, reportedAt, now),
  }
}
