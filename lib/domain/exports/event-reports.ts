import { deriveReportClock } from '@/lib/domain/events/report-clock'
import type { Cell } from '@/lib/domain/exports/csv'
import type { ExportEventReport } from '@/lib/domain/exports/export-record'
import type { ExportScope } from '@/lib/domain/exports/export-scope'
import type { ExportTable } from '@/lib/domain/exports/export-table'
import { listAtCut } from '@/lib/domain/exports/logs'
import { idColumns } from '@/lib/domain/exports/shared-columns'
import { adverseEvents } from '@/lib/domain/logs/adverse-events'
import { calendarDateIn } from '@/lib/domain/shared/calendar-date'

const INSTANT = 'UTC, as 2026-04-16T08:15:00.000Z'

/**
 * `event_reports.csv`: a row for each report to the sponsor and each note of an adverse event, in the order of the events
 * and of what was told. Names of staff are left out. At a data cut, by the calendar of the study, what was known later
 * is not there and what was reported later is not reported yet. Without a report, hours and `late` are empty.
 * Source: clinical.md §3, adverse events. Example: `ADMSC,MEL,MEL-001,2,initial,2026-04-15T09:00:00.000Z,…,23.25,0,…`.
 */
export function eventReportsTable(scope: ExportScope): ExportTable {
  return {
    file: 'event_reports.csv',
    holds: 'One row for each report and note of an adverse event.',
    columns: [
      ...idColumns(scope),
      {
        variable: 'entry',
        label: 'Number of the adverse event within the participant',
        type: 'integer',
        range: '1 and up',
        derivation: 'As in adverse_events.csv',
      },
      {
        variable: 'kind',
        label: 'Kind of report',
        type: 'code',
        codes: 'initial=first report of a serious event|followUp=follow-up report|note=note, not reported',
      },
      {
        variable: 'aware_at',
        label: 'When site staff first knew of it',
        type: 'text',
        derivation: INSTANT,
      },
      {
        variable: 'reported_at',
        label: 'When it was reported to the sponsor',
        type: 'text',
        derivation: `${INSTANT}; empty: not reported at the data cut, or a note`,
      },
      {
        variable: 'hours_to_report',
        label: 'Time from awareness to the report',
        type: 'decimal',
        unit: 'hours',
        range: '0 and up',
        derivation: 'reported_at minus aware_at',
      },
      {
        variable: 'late',
        label: 'Reported more than 24 hours after awareness',
        type: 'boolean',
        codes: '1=yes|0=no',
        derivation: 'Empty: not reported at the data cut, or a note',
      },
      { variable: 'reference', label: 'Reference of the report', type: 'text' },
      { variable: 'note', label: 'What was new', type: 'text' },
    ],
    rows: subject =>
      listAtCut(subject, adverseEvents, scope).flatMap(({ entry, reports = [] }) =>
        reports
          .filter(({ awareAt }) => isByCut(awareAt, scope))
          .map(report => [
            scope.protocol.study.code,
            subject.participant.site,
            subject.participant.subject,
            entry,
            ...cellsOf(report, scope),
          ]),
      ),
  }
}

function cellsOf({ kind, awareAt, note, ...told }: ExportEventReport, scope: ExportScope): Cell[] {
  const reportedAt = told.reportedAt !== null && isByCut(told.reportedAt, scope) ? told.reportedAt : null
  if (reportedAt === null) return [kind, awareAt, null, null, null, null, note]
  const clock = deriveReportClock(awareAt, reportedAt, reportedAt)
  const hours = clock.state === 'reported' ? clock.reportedAfterHours : null
  return [kind, awareAt, reportedAt, hours, clock.late, told.reference, note]
}

function isByCut(instant: string, { protocol, dataCut }: ExportScope): boolean {
  return calendarDateIn(protocol.study.timeZone, instant) <= dataCut
}
