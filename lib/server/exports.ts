import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findDatabaseFile } from '@/db/queries/audit'
import { findChainHead } from '@/db/queries/exports'
import { listSites } from '@/db/queries/studies'
import { studyChain } from '@/db/table-kinds'
import { recordAct } from '@/db/write'
import { CODEBOOK_FILE } from '@/lib/domain/exports/codebook'
import type { Flavour } from '@/lib/domain/exports/csv'
import { deriveExportScope } from '@/lib/domain/exports/export-scope'
import { MANIFEST_FILE, type Manifest, type ManifestFile } from '@/lib/domain/exports/manifest'
import { listExportTables } from '@/lib/domain/exports/tables'
import { type CalendarDate, calendarDateIn } from '@/lib/domain/shared/calendar-date'
import type { AppError } from '@/lib/domain/shared/errors'
import { ok, type Result } from '@/lib/domain/shared/result'
import type { ExportRequest } from '@/lib/schemas/exports'
import type { Ctx } from './context'
import { readDataCut } from './data-cut'
import { type ExportJob, type MadeExport, makeExport } from './export-files'
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
  /** Last entry of the study's audit chain as the page is shown; a file is of the moment at which it is made. */
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

/** Stands in the folder of an export whose participants are made up. */
export const SYNTHETIC_NOTICE = {
  file: 'SYNTHETIC_DATA.txt',
  text: 'The participants in these files are made up.\n',
} as const

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
      writeFileSync(
        join(/* turbopackIgnore: true */ request.out, SYNTHETIC_NOTICE.file),
        SYNTHETIC_NOTICE.text,
      )
    }
    return ok(made.manifest)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A study that may be exported, and the day whose records count. */
export interface OpenExport {
  readonly open: OpenStudy
  readonly dataCut: CalendarDate
  readonly today: CalendarDate
}

/** The study, where this person may export it, at the day asked for. */
export function openExport(
  ctx: Ctx,
  request: { readonly study: string; readonly dataCut: string },
): Result<OpenExport, AppError> {
  const opened = openStudy(ctx, request.study, 'exportData')
  if (!opened.ok) return opened
  const today = calendarDateIn(opened.value.study.timeZone, ctx.now)
  const dataCut = readDataCut(request.dataCut, today)
  return dataCut.ok ? ok({ open: opened.value, dataCut: dataCut.value, today }) : dataCut
}

/** The job of making all files, or one, in a folder. */
export function toJob(
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
export function recordExport(
  ctx: Ctx,
  { study, openedByLock, openedBy, write }: OpenStudy,
  made: MadeExport,
): Result<null, AppError> {
  const { dataCut, asOf, flavour, arms, sites } = made.manifest
  const files = made.written.map(({ name, rows, sha256 }: ManifestFile) => ({ name, rows, sha256 }))
  return inTransaction({ ...ctx, submissionKey: null }, tx => {
    const details = {
      ...{ what: 'files', study: study.code, dataCut, asOf, flavour, arms, sites, files },
      openedByLock: openedByLock && arms === 'shown',
      release: arms === 'shown' ? (openedBy?.id ?? null) : null,
    }
    recordAct(tx, write, { chain: 'system' }, 'export', details)
    return ok(null)
  })
}
