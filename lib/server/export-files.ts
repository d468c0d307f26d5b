import { createHash } from 'node:crypto'
import { closeSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { openDatabase, type Tx } from '@/db/client'
import { findChainHead, readExportRecords } from '@/db/queries/exports'
import { findStudyByCode, listSites } from '@/db/queries/studies'
import { studyChain } from '@/db/table-kinds'
import { CODEBOOK_FILE, formatCodebook } from '@/lib/domain/exports/codebook'
import type { Flavour } from '@/lib/domain/exports/csv'
import { deriveExportScope, type ExportScope } from '@/lib/domain/exports/export-scope'
import { deriveExportSubject } from '@/lib/domain/exports/export-subject'
import { type ExportTable, formatHeader, formatRows } from '@/lib/domain/exports/export-table'
import {
  formatManifest,
  MANIFEST_FILE,
  type Manifest,
  type ManifestFile,
} from '@/lib/domain/exports/manifest'
import { listExportTables } from '@/lib/domain/exports/tables'
import { listRulesInForce } from '@/lib/domain/instruments/settings-in-force'
import { listRescueSettings } from '@/lib/domain/outcomes/rescue'
import type { MaskingView } from '@/lib/domain/protocol/masking'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { SiteId } from '@/lib/domain/shared/ids'
import { SOFTWARE_VERSION } from './software-version'
import { loadProtocol } from './studies'

/** How the folder of a download beside the database begins; it goes when the download was read. */
export const EXPORT_FOLDER = '.export-'

/** All that an export needs to know, as plain data: it may be made in another thread. */
export interface ExportJob {
  readonly databaseFile: string
  readonly study: string
  readonly dataCut: CalendarDate
  readonly flavour: Flavour
  readonly view: MaskingView
  readonly sites: 'all' | readonly SiteId[]
  /** Existing folder that the files go to. */
  readonly folder: string
  /** One file by name; null: all. */
  readonly only: string | null
}

/** `manifest` lists every file; `written`: those that are now in the folder. */
export interface MadeExport {
  readonly manifest: Manifest
  readonly written: readonly ManifestFile[]
}

/**
 * Makes the files of an export on a read-only connection of its own, all of one moment of the database: no save waits
 * for it, and none gets half into it. Memory stays flat, whatever the size of the study.
 */
export function makeExport(job: ExportJob): MadeExport {
  const connection = openDatabase(job.databaseFile, { readonly: true })
  try {
    return connection.db.transaction(tx => makeFiles(tx, job))
  } finally {
    connection.close()
  }
}

function makeFiles(tx: Tx, job: ExportJob): MadeExport {
  const study = findStudyByCode(tx, job.study)
  if (!study) throw new Error(`study ${job.study} is gone`)
  const { protocol, number: protocolVersion } = loadProtocol(tx, study)
  const scope = deriveExportScope({
    protocol,
    synthetic: study.synthetic,
    dataCut: job.dataCut,
    view: job.view,
  })
  const tables = listExportTables(scope)
  // The manifest wants the hash of every file, so that asking for it alone makes all of them.
  const wanted = tables.filter(table => isWanted(table.file, job) || job.only === MANIFEST_FILE)
  const files = writeTables(tx, { job, scope, wanted, query: { studyId: study.id, protocol } })
  const codebook = new FileMaker(job, CODEBOOK_FILE)
  const described = formatCodebook(tables, job.flavour)
  codebook.add(described.text, described.rows)
  files.push(codebook.finish())
  const head = findChainHead(tx, studyChain(study.code))
  const manifest: Manifest = {
    study: study.code,
    title: study.title,
    synthetic: study.synthetic,
    dataCut: job.dataCut,
    asOf: head?.seq ?? 0,
    protocolVersion,
    softwareVersion: SOFTWARE_VERSION,
    rules: [...listRulesInForce(protocol), listRescueSettings(protocol)],
    flavour: job.flavour,
    arms: scope.armsShown ? 'shown' : 'withheld',
    sites: job.sites === 'all' ? 'all' : listSites(tx, study.id, job.sites).map(site => site.code),
    heads: head ? [head] : [],
    files,
  }
  const last = new FileMaker(job, MANIFEST_FILE)
  last.add(formatManifest(manifest), 0)
  const all = [...files, last.finish()]
  return { manifest, written: all.filter(file => isWanted(file.name, job)) }
}

const isWanted = (file: string, job: ExportJob) => job.only === null || job.only === file

interface TableWork {
  readonly job: ExportJob
  readonly scope: ExportScope
  readonly wanted: readonly ExportTable[]
  readonly query: Pick<Parameters<typeof readExportRecords>[1], 'studyId' | 'protocol'>
}

/** Reads each participant once and gives it to every file. */
function writeTables(tx: Tx, { job, scope, wanted, query }: TableWork): ManifestFile[] {
  if (wanted.length === 0) return []
  const makers = wanted.map(table => ({ table, maker: new FileMaker(job, table.file) }))
  for (const { table, maker } of makers) maker.add(formatHeader(table, job.flavour), 0)
  const withItems = wanted.some(table => table.file === 'items_long.csv')
  for (const record of readExportRecords(tx, { ...query, sites: job.sites, view: job.view, withItems })) {
    const subject = deriveExportSubject(record, scope)
    if (!subject) continue
    for (const { table, maker } of makers) {
      const rows = table.rows(subject)
      maker.add(formatRows(rows, job.flavour), rows.length)
    }
  }
  return makers.map(({ maker }) => maker.finish())
}

const BUFFER_CHARACTERS = 1 << 16

/** Counts and hashes what a file holds and, where the file is wanted, writes it, readable by its owner alone. */
class FileMaker {
  readonly #hash = createHash('sha256')
  readonly #file: number | null
  #text = ''
  #rows = 0
  #bytes = 0

  constructor(
    job: ExportJob,
    readonly name: string,
  ) {
    this.#file = isWanted(name, job) ? openSync(join(job.folder, name), 'w', 0o600) : null
  }

  add(text: string, rows: number): void {
    this.#text += text
    this.#rows += rows
    if (this.#text.length >= BUFFER_CHARACTERS) this.#flush()
  }

  finish(): ManifestFile {
    this.#flush()
    if (this.#file !== null) closeSync(this.#file)
    return { name: this.name, rows: this.#rows, bytes: this.#bytes, sha256: this.#hash.digest('hex') }
  }

  #flush(): void {
    const bytes = Buffer.from(this.#text, 'utf8')
    this.#text = ''
    this.#hash.update(bytes)
    for (let done = 0; this.#file !== null && done < bytes.length; ) {
      done += writeSync(this.#file, bytes, done)
    }
    this.#bytes += bytes.length
  }
}
