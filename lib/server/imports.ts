import { createHash } from 'node:crypto'
import type { Tx } from '@/db/client'
import { recordAct } from '@/db/write'
import type { ImportPlan } from '@/lib/domain/imports/import-plan'
import { type MappedFile, mapRows } from '@/lib/domain/imports/map-rows'
import { type ImportMapping, tidyMapping } from '@/lib/domain/imports/mapping'
import { planImport } from '@/lib/domain/imports/plan-import'
import type { SourceTable } from '@/lib/domain/imports/source-table'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import type { AppError } from '@/lib/domain/shared/errors'
import { err, ok, type Result } from '@/lib/domain/shared/result'
import type { Ctx } from './context'
import { importParticipant } from './import-participants'
import { type ImportReport, type ImportRun, startRun } from './import-run'
import { readTable, refuseFile } from './import-table'
import { importVisits } from './import-visits'
import { authorise } from './policy'
import { type OpenStudy, openStudy } from './studies'
import { inTransaction } from './transaction'

export interface ImportRequest {
  /** Code of the study. */
  readonly study: string
  /** Name of the file, for the report and the audit. */
  readonly file: string
  readonly bytes: Uint8Array
  /** Null: the file is a tidy CSV. */
  readonly mapping: ImportMapping | null
  /** Unknown sites and participants are created. */
  readonly register: boolean
  /** Why stored values change; null: none may. */
  readonly reason: string | null
  /** Everything is tried and nothing is kept. */
  readonly dryRun: boolean
}

/**
 * Imports a file, all or nothing. It is read, recoded and checked before the transaction begins; what is wrong is told
 * all at once, by row and column. A stored value changes only with a reason. The same file twice changes nothing, and
 * what changes nothing is not in the audit.
 */
export function importFile(ctx: Ctx, request: ImportRequest): Result<ImportReport, AppError> {
  const opened = openStudy(ctx, request.study, 'importData')
  if (!opened.ok) return opened
  const open = opened.value
  const read = readPlan(request, open.protocol)
  if (!read.ok) return read
  let report: ImportReport | null = null
  const done = inTransaction({ ...ctx, submissionKey: null }, tx => {
    const run = startRun({
      tx,
      open,
      now: ctx.now,
      register: request.register,
      mayCreateSites: open.sites === 'all' && authorise(ctx, 'manageSites', { studyId: open.study.id }).ok,
      reason: request.reason?.trim() || null,
      sites: new Map(),
    })
    for (const subject of read.value.plan.subjects) {
      const imported = importParticipant(run, subject)
      if (imported) importVisits(run, subject, imported)
    }
    if (run.errors.length > 0) return err(refuseFile(run.errors))
    report = describeRun(run, request, read.value)
    if (request.dryRun) return err(DRY_RUN)
    if (report.reasonNeeded) return err(refuseChanges(report))
    if (report.changedAnything) recordImport(tx, open, request, report)
    return ok(report)
  })
  return !done.ok && done.error === DRY_RUN && report !== null ? ok(report) : done
}

/** Rolls a dry run back; never shown. */
const DRY_RUN: AppError = { code: 'notPossible', text: 'This was a dry run: nothing was written.' }

interface ReadPlan {
  readonly table: SourceTable
  readonly mapped: MappedFile
  readonly plan: ImportPlan
}

function readPlan({ bytes, mapping }: ImportRequest, protocol: Protocol): Result<ReadPlan, AppError> {
  const table = readTable(bytes)
  if (!table.ok) return table
  const treatments = protocol.treatments.map(treatment => treatment.code)
  const mapped = mapRows(table.value, mapping ?? tidyMapping(table.value.header, treatments))
  const { plan, errors } = planImport(mapped.rows, protocol)
  const all = [...mapped.errors, ...errors]
  if (all.length > 0) return err(refuseFile(all))
  return ok({ table: table.value, mapped, plan })
}

function describeRun(run: ImportRun, request: ImportRequest, { table, mapped }: ReadPlan): ImportReport {
  const { counts, changes } = run
  const isNew = [
    counts.registered,
    counts.allocations,
    counts.treatments,
    counts.visitsOpened,
    counts.valuesNew,
  ]
  return {
    study: run.open.study.code,
    file: request.file,
    sha256: createHash('sha256').update(request.bytes).digest('hex'),
    dryRun: request.dryRun,
    changedAnything: changes.length > 0 || isNew.some(count => count > 0),
    rowsRead: table.rows.length,
    rowsImported: mapped.rows.length,
    skipped: mapped.skipped,
    ignoredColumns: mapped.ignoredColumns,
    sitesCreated: run.sitesCreated,
    participants: { registered: counts.registered, known: counts.known },
    allocationsRecorded: counts.allocations,
    treatmentsRecorded: counts.treatments,
    visits: { opened: counts.visitsOpened, known: counts.visitsKnown },
    values: { new: counts.valuesNew, changed: changes.length, unchanged: counts.valuesUnchanged },
    changes,
    reasonNeeded: changes.length > 0 && run.reason === null,
    softChecksUnconfirmed: counts.softChecks,
    datesOutOfWindow: counts.outOfWindow,
  }
}

function refuseChanges({ changes }: ImportReport): AppError {
  return refuseFile(
    changes.map(({ row, column, field, stored, given, subject }) => ({
      row,
      column,
      value: given,
      text: `${field} of ${subject} is stored as ${stored}. To change it, give a reason with --reason.`,
    })),
  )
}

function recordImport(
  tx: Tx,
  { study, write }: OpenStudy,
  request: ImportRequest,
  report: ImportReport,
): void {
  const { file, sha256, rowsRead, rowsImported, participants, visits, values } = report
  const skipped = report.skipped.map(({ reason, rows, subjects }) => ({ reason, rows, subjects }))
  recordAct(tx, write, { chain: 'system' }, 'import', {
    study: study.code,
    file,
    sha256,
    kind: request.mapping ? 'mapping' : 'tidy',
    rowsRead,
    rowsImported,
    skipped,
    participants: { ...participants },
    visits: { ...visits },
    values: { ...values },
    softChecksUnconfirmed: report.softChecksUnconfirmed,
    datesOutOfWindow: report.datesOutOfWindow,
    reason: request.reason,
  })
}
