import { createReadStream, mkdtempSync, type ReadStream, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { ZipFile } from 'yazl'
import { findDatabaseFile } from '@/db/queries/audit'
import { nameExportFolder } from '@/lib/domain/exports/manifest'
import type { AppError } from '@/lib/domain/shared/errors'
import { err, ok, type Result } from '@/lib/domain/shared/result'
import { ALL_FILES, type ExportDownload } from '@/lib/schemas/exports'
import type { Ctx } from './context'
import { EXPORT_FOLDER, type ExportJob, type MadeExport } from './export-files'
import { openExport, readExportPage, recordExport, SYNTHETIC_NOTICE, toJob } from './exports'
import { retryWhileBusy } from './patience'

export interface Download {
  readonly fileName: string
  readonly contentType: string
  /** Null: not known before the last byte. */
  readonly bytes: number | null
  readonly body: ReadableStream
}

/**
 * Makes one file, or all as one archive, records what goes out, and hands it over, in this order: what was not recorded
 * does not leave. The files of an archive are of one moment of the database, in one act of the audit; a single file is of
 * the moment at which it is asked for, and its name says of which entry. The files lie beside the database until they were
 * read and are readable by their owner alone. `make` runs in another thread on a server.
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
  const isAll = input.file === ALL_FILES
  if (!isAll && !listed.value.files.some(file => file.name === input.file))
    return err({ code: 'notFound', what: `The file ${input.file}` })
  const folder = mkdtempSync(join(dirname(findDatabaseFile(ctx.db)), EXPORT_FOLDER))
  const discard = () => rmSync(folder, { recursive: true, force: true })
  try {
    const only = isAll ? null : input.file
    const made = await make(toJob(ctx, opened.value, input.flavour, { folder, only }))
    const recorded = await retryWhileBusy(ctx.db, () => recordExport(ctx, opened.value.open, made))
    if (!recorded.ok) {
      discard()
      return recorded
    }
    return ok(isAll ? archive(folder, made, discard) : single(folder, made, discard))
  } catch (error) {
    discard()
    throw error
  }
}

function single(folder: string, { manifest, written }: MadeExport, discard: () => void): Download {
  const [file] = written
  if (!file) throw new Error('the file that was asked for was not made')
  const stream = createReadStream(join(folder, file.name))
  stream.once('close', discard)
  return {
    fileName: `${nameExportFolder(manifest)}_${file.name}`,
    contentType: file.name.endsWith('.json') ? 'application/json' : 'text/csv; charset=utf-8; header=present',
    bytes: file.bytes,
    body: toWebStream(stream),
  }
}

/** One folder with every file, compressed while it is read. Who stops reading leaves no file open behind. */
function archive(folder: string, { manifest, written }: MadeExport, discard: () => void): Download {
  const name = nameExportFolder(manifest)
  const zip = new ZipFile()
  const stream = zip.outputStream as Readable
  // The day of the cut, so that the same state gives the same archive.
  const options = { mtime: new Date(`${manifest.dataCut}T00:00:00Z`), mode: 0o100600 }
  let reading: ReadStream | null = null
  zip.on('error', (error: Error) => stream.destroy(error))
  for (const file of written) {
    zip.addReadStreamLazy(`${name}/${file.name}`, { ...options, size: file.bytes }, give => {
      reading = createReadStream(join(folder, file.name))
      reading.once('error', error => stream.destroy(error))
      give(null, reading)
    })
  }
  if (manifest.synthetic)
    zip.addBuffer(Buffer.from(SYNTHETIC_NOTICE.text), `${name}/${SYNTHETIC_NOTICE.file}`, options)
  zip.end()
  stream.once('close', () => {
    reading?.destroy()
    discard()
  })
  const body = toWebStream(stream)
  return { fileName: `${name}.zip`, contentType: 'application/zip', bytes: null, body }
}

/** Read as it is asked for. `Readable.toWeb` of Node 20 throws out of reach when its reader goes away amid the data. */
function toWebStream(stream: Readable): ReadableStream<Uint8Array> {
  const chunks = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>
  return new ReadableStream({
    pull: async controller => {
      const { done, value } = await chunks.next()
      if (done) controller.close()
      else controller.enqueue(value)
    },
    cancel: () => {
      stream.destroy()
    },
  })
}
