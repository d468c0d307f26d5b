import type { Cell } from '@/lib/domain/exports/csv'
import type { ExportLogEntry } from '@/lib/domain/exports/export-record'
import type { ExportScope } from '@/lib/domain/exports/export-scope'
import type { ExportSubject } from '@/lib/domain/exports/export-subject'
import type { ExportColumn, ExportTable } from '@/lib/domain/exports/export-table'
import { fieldCells, fieldColumns } from '@/lib/domain/exports/field-columns'
import { LOG_FINDINGS } from '@/lib/domain/exports/log-findings'
import { idColumns } from '@/lib/domain/exports/shared-columns'
import type { Answers } from '@/lib/domain/instruments/instrument'
import { textOf } from '@/lib/domain/logs/answer-values'
import type { Log, LogCode } from '@/lib/domain/logs/log'
import { type DerivedDay, deriveEndDay, deriveStartDay, readSpan } from '@/lib/domain/logs/partial-days'
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
 * The entries of one log, a row each, in the order in which they were made: every field as it is stored, the reason where
 * it says why it is missing, the derived day of a partial date, and the study day of the date by which the log is ordered.
 * At a data cut an entry that began later is not there, one that ended later is shown as ongoing, and what an entry says
 * of a later day is left out. Harvests have no rows where arms are withheld: not every arm may have one.
 * Source: clinical.md §3, dates and data cut. Example: `ADMSC,MEL,MEL-001,1,Pain flare,…`.
 */
export function logTable(log: Log, scope: ExportScope): ExportTable {
  const fields = log.fields(scope.protocol)
  const findings = LOG_FINDINGS[log.code]
  const isWithheld = log.code === 'harvests' && !scope.armsShown
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
      ...fields.flatMap(field => columnsOf(field, log.name)),
      ...(findings?.columns ?? []),
      {
        variable: 'study_day',
        label: `Days from day zero to ${fields.find(({ code }) => code === log.orderedBy)?.label ?? 'the entry'}`,
        type: 'integer',
        unit: 'days',
        derivation: `From the day of ${log.orderedBy.toLowerCase()}`,
      },
    ],
    rows: subject =>
      (isWithheld ? [] : listAtCut(subject, log, scope)).map(({ entry, answers }) => [
        scope.protocol.study.code,
        subject.participant.site,
        subject.participant.subject,
        entry,
        ...fields.flatMap(field => cellsOf(field, answers, subject, scope)),
        ...(findings?.cells(answers, subject, scope) ?? []),
        studyDay(startOf(log, answers, subject)?.day ?? null, subject.participant.dayZero),
      ]),
  }
}

/** A field that only a stopped thing has: it names the answer under which it still goes on. */
function isEnd(field: FormField): boolean {
  return (field.type === 'partialDate' || field.type === 'date') && field.showIf?.equals === false
}

function columnsOf(field: FormField, source: string): ExportColumn[] {
  const columns = fieldColumns([field], source)
  if (field.type !== 'partialDate') return columns
  const variable = field.code.toLowerCase()
  const rule = isEnd(field)
    ? 'The latest day that it allows, not after death, end of follow-up or data cut'
    : 'The earliest day that it allows, not before the first study procedure where that lies within it'
  return [
    ...columns,
    {
      variable: `${variable}_day`,
      label: `${field.label}: day for order and study day`,
      type: 'date',
      derivation: rule,
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

function cellsOf(field: FormField, answers: Answers, subject: ExportSubject, scope: ExportScope): Cell[] {
  const cells = fieldCells([field], answers)
  if (field.type !== 'partialDate') return cells
  const date = textOf(answers, field.code)
  const day = isEnd(field)
    ? deriveEndDay(date, capsOf(subject, scope))
    : deriveStartDay(date, { firstProcedure: subject.firstProcedure })
  return [...cells, day?.day ?? null, day?.isDerived ?? null]
}

/** The last contact is known once follow-up ended. */
function capsOf({ participant: { followUpEnd } }: ExportSubject, { dataCut }: ExportScope) {
  const isDeath = followUpEnd?.reason === 'died'
  const end = followUpEnd?.date ?? null
  return { death: isDeath ? end : null, lastContact: isDeath ? null : end, dataCut }
}

function startOf(log: Log, answers: Answers, { firstProcedure }: ExportSubject): DerivedDay | null {
  return deriveStartDay(textOf(answers, log.orderedBy), { firstProcedure })
}

/**
 * The entries of a log at the data cut: what began after it is not there yet; what ended after it goes on. What has no date
 * is kept. Source: clinical.md §3, data cut. Example: a contact of 2025-03-02 is not there at the cut 2025-03-01.
 */
export function listAtCut(
  subject: ExportSubject,
  log: Log,
  { protocol, dataCut }: ExportScope,
): readonly Omit<ExportLogEntry, 'log'>[] {
  const fields = log.fields(protocol)
  return subject.logs
    .filter(entry => entry.log === log.code)
    .filter(({ answers }) => (startOf(log, answers, subject)?.day ?? dataCut) <= dataCut)
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
