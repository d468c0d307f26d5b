import { createReadStream, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { findDatabaseFile } from '@/db/queries/audit'
import { findChainHead } from '@/db/queries/exports'
import { listSites } from '@/db/queries/studies'
import { studyChain } from '@/db/table-kinds'
import { recordAct } from '@/db/write'
import { CODEBOOK_FILE } from '@/lib/domain/exports/codebook'
import type { Flavour } from '@/lib/domain/exports/csv'
import { deriveExportScope } from '@/lib/domain/exports/export-scope'
import {
  MANIFEST_FILE,
  type Manifest,
  type ManifestFile,
  nameExportFolder,
} from '@/lib/domain/exports/manifest'
import { listExportTables } from '@/lib/domain/exports/tables'
import { type CalendarDate, calendarDateIn } from '@/lib/domain/shared/calendar-date'
import type { AppError } from '@/lib/domain/shared/errors'
import { err, ok, type Result } from '@/lib/domain/shared/result'
import type { ExportDownload, ExportRequest } from '@/lib/schemas/exports'
import type { Ctx } from './context'
import { readDataCut } from './data-cut'
import { type ExportJob, type MadeExport, makeExport } from './export-files'
import { retryWhileBusy } from './patience'
import { type OpenStudy, openStudy } from './studies'
import { inTransaction } from './transaction'

/** What an export of this study would be for this person now. */
export interface ExportPage {
  readonly study: string
  readonly title: string
  readonly synthetic: boolean
  readonly protocolVersion: string
  readonly today: CalendarDate
  readonly dataCut: CalendarDate
  readonly flavour: Flavour
  /** Last entry of the study's audit chain: the state that the files are of. */
  readonly entry: number
  readonly armsWithheld: boolean
  /** Codes of the sites whose participants are in the files; `all` of the study. */
  readonly sites: 'all' | readonly string[]
  readonly files: readonly { readonly name: string; readonly holds: string }[]
}

export function readExportPage(ctx: Ctx, request: ExportRequest): Result<ExportPage, AppError> {
  const opened = openExport(ctx, request)
  if (!opened.ok) return opened
  const { open, dataCut, today } = opened.value
  const { study, protocol, protocolVersion, view, sites } = open
  const scope = deriveExportScope({ protocol, synthetic: study.synthetic, dataCut, view })
  return ok({
    study: study.code,
    title: study.title,
    synthetic: study.synthetic,
    protocolVersion,
    today,
    dataCut,
    flavour: request.flavour,
    entry: findChainHead(ctx.db, studyChain(study.code))?.seq ?? 0,
    armsWithheld: !scope.armsShown,
    sites: sites === 'all' ? 'all' : listSites(ctx.db, study.id, sites).map(site => site.code),
    files: [
      ...listExportTables(scope).map(({ file, holds }) => ({ name: file, holds })),
      { name: CODEBOOK_FILE, holds: 'What every column and code of the other files means.' },
      { name: MANIFEST_FILE, holds: 'Data cut, versions, and rows and SHA-256 of each file.' },
    ],
  })
}

export interface Download {
  readonly fileName: string
  readonly contentType: string
  readonly bytes: number
  readonly body: ReadableStream
}

/**
 * Makes one file, records that it goes out, and hands it over, in this order: what was not recorded does not leave. The
 * file lies beside the database until it was read and is readable by its owner alone. `make` runs in another thread on
 * a server. Refused when the study has changed since the page that listed the file, since its files belong together.
 */
export async function downloadExport(
  ctx: Ctx,
  input: ExportDownload,
  make: (job: ExportJob) => Promise<MadeExport>,
): Promise<Result<Download, AppError>> {
  const opened = openExport(ctx, input)
  if (!opened.ok) return opened
  const listed = readExportPage(ctx, input)
  if (!listed.ok) return listed
  if (!listed.value.files.some(file => file.name === input.file))
    return err({ code: 'notFound', what: `The file ${input.file}` })
  if (listed.value.entry !== input.entry) return err(CHANGED)
  const folder = mkdtempSync(join(dirname(findDatabaseFile(ctx.db)), '.export-'))
  try {
    const made = await make(toJob(ctx, opened.value, input.flavour, { folder, only: input.file }))
    const [file] = made.written
    if (made.manifest.asOf !== input.entry || !file) return discard(folder, CHANGED)
    const recorded = await retryWhileBusy(ctx.db, () => recordExport(ctx, opened.value.open, made))
    if (!recorded.ok) return discard(folder, recorded.error)
    const stream = createReadStream(join(folder, file.name))
    stream.once('close', () => rmSync(folder, { recursive: true, force: true }))
    return ok({
      fileName: `${nameExportFolder(made.manifest)}_${file.name}`,
      contentType: file.name.endsWith('.json')
        ? 'application/json'
        : 'text/csv; charset=utf-8; header=present',
      bytes: file.bytes,
      body: Readable.toWeb(stream) as ReadableStream,
    })
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    throw error
  }
}

const CHANGED: AppError = {
  code: 'notPossible',
  text: 'The study has changed since the list of files was shown, and its files belong together. Open the export page again and repeat the download.',
}

function discard(folder: string, error: AppError): Result<never, AppError> {
  rmSync(folder, { recursive: true, force: true })
  return err(error)
}

/** Stands in the folder of an export whose participants are made up. */
export const SYNTHETIC_NOTICE = 'SYNTHETIC_DATA.txt'

/** Makes every file in a folder, which is made when it is not there. Files of the same names are replaced. */
export function exportStudy(
  ctx: Ctx,
  request: ExportRequest & { readonly out: string },
): Result<Manifest, AppError> {
  const opened = openExport(ctx, request)
  if (!opened.ok) return opened
  mkdirSync(request.out, { recursive: true })
  const folder = mkdtempSync(join(request.out, '.partial-'))
  try {
    const made = makeExport(toJob(ctx, opened.value, request.flavour, { folder, only: null }))
    const recorded = recordExport(ctx, opened.value.open, made)
    if (!recorded.ok) return recorded
    for (const file of made.written) renameSync(join(folder, file.name), join(request.out, file.name))
    if (made.manifest.synthetic) {
      writeFileSync(join(request.out, SYNTHETIC_NOTICE), 'The participants in these files are made up.\n')
    }
    return ok(made.manifest)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

interface OpenExport {
  readonly open: OpenStudy
  readonly dataCut: CalendarDate
  readonly today: CalendarDate
}

function openExport(
  ctx: Ctx,
  request: { readonly study: string; readonly dataCut: string },
): Result<OpenExport, AppError> {
  const opened = openStudy(ctx, request.study, 'exportData')
  if (!opened.ok) return opened
  const today = calendarDateIn(opened.value.study.timeZone, ctx.now)
  const dataCut = readDataCut(request.dataCut, today)
  return dataCut.ok ? ok({ open: opened.value, dataCut: dataCut.value, today }) : dataCut
}

function toJob(
  ctx: Ctx,
  { open, dataCut }: OpenExport,
  flavour: Flavour,
  target: { readonly folder: string; readonly only: string | null },
): ExportJob {
  const { study, view, sites } = open
  return {
    databaseFile: findDatabaseFile(ctx.db),
    study: study.code,
    dataCut,
    flavour,
    view,
    sites,
    ...target,
  }
}

/** Who took what: files, filter, rows and hashes, in the chain of the system. */
function recordExport(ctx: Ctx, { study, write }: OpenStudy, made: MadeExport): Result<null, AppError> {
  const { dataCut, asOf, flavour, arms, sites } = made.manifest
  const files = made.written.map(({ name, rows, sha256 }: ManifestFile) => ({ name, rows, sha256 }))
  return inTransaction({ ...ctx, submissionKey: null }, tx => {
    const details = { what: 'files', study: study.code, dataCut, asOf, flavour, arms, sites, files }
    recordAct(tx, write, { chain: 'system' }, 'export', details)
    return ok(null)
  })
}
