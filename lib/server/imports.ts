import { createHash } from 'node:crypto'
import type { Tx } from '@/db/client'
import { findChainHead } from '@/db/queries/exports'
import { listVoidedNumbers, readStoredSubjects } from '@/db/queries/imports'
import { listSiteApprovals } from '@/db/queries/site-approvals'
import { listSites } from '@/db/queries/studies'
import { studyChain } from '@/db/table-kinds'
import { recordAct } from '@/db/write'
import type { ImportPlan, PlannedSubject } from '@/lib/domain/imports/import-plan'
import { type MappedFile, mapRows } from '@/lib/domain/imports/map-rows'
import { type ImportMapping, listConversions, tidyMapping } from '@/lib/domain/imports/mapping'
import { planImport } from '@/lib/domain/imports/plan-import'
import type { SourceTable } from '@/lib/domain/imports/source-table'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import type { AppError } from '@/lib/domain/shared/errors'
import { err, ok, type Result } from '@/lib/domain/shared/result'
import type { Ctx } from './context'
import { importParticipant } from './import-participants'
import { type ImportReport, type ImportRun, startRun } from './import-run'
import { readTable, refuseFile } from './import-table'
import { importTreatments } from './import-treatments'
import { importVisits } from './import-visits'
import { authorise } from './policy'
import { type OpenStudy, openStudy } from './studies'
import { inStudyTransaction } from './transaction'

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

/** How often a file is planned anew because somebody saved in the study meanwhile. */
const ATTEMPTS = 3
const CHUNK = 400

/**
 * Imports a file, all or nothing. It is read, recoded, checked against a snapshot of what is stored, and scored before
 * the transaction begins, which only writes, and only while the study is as it was in the snapshot; else all is planned
 * again. What is wrong is told all at once, by row and column. A stored value changes only with a reason. The same file
 * twice changes nothing, and what changes nothing is not in the audit. A dry run plans and writes nothing.
 */
export function importFile(ctx: Ctx, request: ImportRequest): Result<ImportReport, AppError> {
  const opened = openStudy(ctx, request.study, 'importData')
  if (!opened.ok) return opened
  const open = opened.value
  const read = readPlan(request, open.protocol)
  if (!read.ok) return read
  for (let attempt = 1; ; attempt += 1) {
    const { run, head } = ctx.db.transaction(tx => planAgainst(tx, ctx, open, request, read.value.plan))
    if (run.errors.length > 0) return err(refuseFile(run.errors))
    const { lockedAt, lockReason } = open.study
    if (lockedAt !== null && run.writes.length > 0)
      return err({
        code: 'locked',
        what: `Study ${open.study.code}`,
        since: lockedAt,
        reason: lockReason ?? '',
      })
    const report = describeRun(run, request, read.value)
    if (request.dryRun) return ok(report)
    if (report.reasonNeeded) return err(refuseChanges(report))
    if (!report.changedAnything) return ok(report)
    const done = inStudyTransaction({ ...ctx, submissionKey: null }, open, tx => {
      if (headOf(tx, open) !== head) return err(MOVED)
      for (const write of run.writes) write(tx)
      recordImport(tx, open, request, report)
      return ok(report)
    })
    if (done.ok || done.error !== MOVED || attempt === ATTEMPTS) return done
  }
}

const MOVED: AppError = {
  code: 'notPossible',
  text: 'Nothing was imported. People saved in this study while the file was checked. Import it again.',
}

/** Changes with every record of the study. */
function headOf(tx: Tx, { study }: OpenStudy): string {
  return findChainHead(tx, studyChain(study.code))?.hash ?? ''
}

function planAgainst(
  tx: Tx,
  ctx: Ctx,
  open: OpenStudy,
  request: ImportRequest,
  plan: ImportPlan,
): { readonly run: ImportRun; readonly head: string } {
  const { study } = open
  const approvals = listSiteApprovals(tx, study.id)
  const sites = listSites(tx, study.id).map(({ id, code, timeZone }) => ({
    slot: { id },
    code,
    timeZone,
    approvals: approvals.filter(approval => approval.siteId === id),
  }))
  const run = startRun({
    open,
    now: ctx.now,
    register: request.register,
    mayCreateSites: open.sites === 'all' && authorise(ctx, 'manageSites', { studyId: study.id }).ok,
    reason: request.reason?.trim() || null,
    conversions: listConversions(request.mapping),
    sites: new Map(sites.map(site => [site.code, site])),
  })
  for (let from = 0; from < plan.subjects.length; from += CHUNK) {
    const subjects = plan.subjects.slice(from, from + CHUNK)
    const numbers = subjects.map(({ subject }) => subject.value)
    run.stored = readStoredSubjects(tx, study.id, numbers, open.view)
    run.voided = listVoidedNumbers(tx, study.id, numbers)
    for (const subject of subjects) planSubject(run, subject)
  }
  return { run, head: headOf(tx, open) }
}

function planSubject(run: ImportRun, subject: PlannedSubject): void {
  const person = importParticipant(run, subject)
  if (person) importVisits(run, subject, person, importTreatments(run, subject, person))
}

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
