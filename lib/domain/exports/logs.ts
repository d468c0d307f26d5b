import type { Cell } from '@/lib/domain/exports/csv'
import type { ExportLogEntry } from '@/lib/domain/exports/export-record'
import type { ExportScope } from '@/lib/domain/exports/export-scope'
import type { ExportSubject } from '@/lib/domain/exports/export-subject'
import type { ExportColumn, ExportTable } from '@/lib/domain/exports/export-table'
import { fieldCells, fieldColumns } from '@/lib/domain/exports/field-columns'
import {
  deriveDay,
  deriveFirstDay,
  describeDay,
  describeWithheld,
  isEnd,
  type LogPlace,
} from '@/lib/domain/exports/log-days'
import { LOG_FINDINGS } from '@/lib/domain/exports/log-findings'
import { idColumns } from '@/lib/domain/exports/shared-columns'
import type { Answers } from '@/lib/domain/instruments/instrument'
import { textOf } from '@/lib/domain/logs/answer-values'
import type { Log, LogCode } from '@/lib/domain/logs/log'
import { readSpan } from '@/lib/domain/logs/partial-days'
import { LOGS } from '@/lib/domain/logs/registry'
import type { FormField } from '@/lib/domain/protocol/protocol'
import { studyDay } from '@/lib/domain/protocol/schedule'

/** Names of the files that interfaces.md fixes; the others follow from the log's own. */
const FILES: Readonly<Record<LogCode, string>> = {
  adverseEvents: 'adverse_events.csv',
  medications: 'medications.csv',
  interventions: 'interventions.csv',
  conditions: 'conditions.csv',
  deviations: 'deviations.csv',
  contacts: 'contacts.csv',
  appointments: 'appointments.csv',
  consents: 'consents.csv',
  departures: 'departures.csv',
  harvests: 'harvests.csv',
}

/** One file for each log, in the order of the registry. Example: the first is `adverse_events.csv`. */
export function logTables(scope: ExportScope): readonly ExportTable[] {
  return LOGS.map(log => logTable(log, scope))
}

/**
 * The entries of one log, a row each, in the order in which they were made: every field as it is stored, the
 * reason where it says why it is missing, the derived day of a partial date, and the study day of the date by
 * which the log is ordered. At a data cut an entry that began later is not there, one that ended later is
 * shown as ongoing, and what an entry says of a later day is left out. Where arms are withheld, harvests have
 * no rows, since not every arm may have one, and what is derived from the day of a harvest or dose is empty.
 * Source: clinical.md §3, dates and data cut. Example: `ADMSC,MEL,MEL-001,1,Pain flare,…`.
 */
export function logTable(log: Log, scope: ExportScope): ExportTable {
  const fields = log.fields(scope.protocol)
  const findings = LOG_FINDINGS[log.code]
  const isWithheld = log.code === 'harvests' && !scope.armsShown
  const ordering = fields.find(({ code }) => code === log.orderedBy)
  return {
    file: FILES[log.code],
    holds: `One row for each ${log.one}.`,
    columns: [
      ...idColumns(scope),
      {
        variable: 'entry',
        label: 'Number of the entry within the participant',
        type: 'integer',
        range: '1 and up',
        derivation: isWithheld
          ? 'Withheld: no rows, since a harvest may tell the arm'
          : 'In the order in which they were made; numbers of voided entries are not used again',
      },
      ...fields.flatMap(field => columnsOf(field, log, scope)),
      ...(findings?.columns(scope) ?? []),
      {
        variable: 'study_day',
        label: `Days from day zero to ${ordering?.label ?? 'the entry'}`,
        type: 'integer',
        unit: 'days',
        derivation: `From the day of ${log.orderedBy.toLowerCase()}${ordering?.type === 'partialDate' ? describeWithheld(log, scope) : ''}`,
      },
    ],
    rows: subject =>
      (isWithheld ? [] : listAtCut(subject, log, scope)).map(({ entry, answers }) => [
        scope.protocol.study.code,
        subject.participant.site,
        subject.participant.subject,
        entry,
        ...fields.flatMap(field => cellsOf(field, answers, { log, subject, scope })),
        ...(findings?.cells(answers, subject, scope) ?? []),
        studyDay(
          (ordering && deriveDay(ordering, answers, { log, subject, scope })?.day) ?? null,
          subject.participant.dayZero,
        ),
      ]),
  }
}

function columnsOf(field: FormField, log: Log, scope: ExportScope): ExportColumn[] {
  const source = log.name
  const columns = fieldColumns([field], source)
  if (field.type !== 'partialDate') return columns
  const variable = field.code.toLowerCase()
  return [
    ...columns,
    {
      variable: `${variable}_day`,
      label: `${field.label}: day for order and study day`,
      type: 'date',
      derivation: describeDay(field, log, scope),
      source,
    },
    {
      variable: `${variable}_day_flag`,
      label: `${field.label}: the day is derived from a partial date`,
      type: 'boolean',
      codes: '1=yes|0=no',
      source,
    },
  ]
}

function cellsOf(field: FormField, answers: Answers, place: LogPlace): Cell[] {
  const cells = fieldCells([field], answers)
  if (field.type !== 'partialDate') return cells
  const day = deriveDay(field, answers, place)
  return [...cells, day?.day ?? null, day?.isDerived ?? null]
}

/**
 * The entries of a log at the data cut: what began after it is not there yet; what ended after it goes on.
 * What has no date is kept. Source: clinical.md §3, data cut. Example: a contact of 2025-03-02 is not there
 * at the cut 2025-03-01.
 */
export function listAtCut(
  subject: ExportSubject,
  log: Log,
  scope: ExportScope,
): readonly Omit<ExportLogEntry, 'log'>[] {
  const { protocol, dataCut } = scope
  const fields = log.fields(protocol)
  return subject.logs
    .filter(entry => entry.log === log.code)
    .filter(({ answers }) => (deriveFirstDay(answers, { log, subject, scope })?.day ?? dataCut) <= dataCut)
    .map(({ log: _, answers, ...own }) => {
      const later = fields.filter(field => {
        const span = isEnd(field) ? readSpan(textOf(answers, field.code)) : null
        return span !== null && span.first > dataCut
      })
      const standing = LOG_FINDINGS[log.code]?.atCut?.(answers, dataCut) ?? answers
      return { ...own, answers: later.reduce(reopen, standing) }
    })
}

function reopen(answers: Answers, end: FormField): Answers {
  const { [end.code]: _, ...rest } = answers
  return end.showIf ? { ...rest, [end.showIf.field]: { value: true } } : rest
}
