import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { inflateRawSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { auditEntries } from '@/db/schema/audit'
import { contextFor, type SeededStudy, seedStudy, seedUser } from '@/db/testing/factories'
import { seedRecords } from '@/db/testing/seed-records'
import { SMALL_PROTOCOL } from '@/db/testing/small-protocol'
import { createTestDb, type TestDb } from '@/db/testing/test-db'
import { ALL_FILES, ExportDownload } from '@/lib/schemas/exports'
import { downloadExport } from './export-downloads'
import { type ExportJob, makeExport } from './export-files'
import { exportStudy, readExportPage } from './exports'

let test: TestDb
let study: SeededStudy
let folder: string

beforeEach(() => {
  test = createTestDb()
  study = seedStudy(test.db, SMALL_PROTOCOL, { synthetic: true })
  seedRecords(test.db, study)
  folder = mkdtempSync(join(tmpdir(), 'longitude-download-test-'))
})
afterEach(() => {
  test.remove()
  rmSync(folder, { recursive: true, force: true })
})

type Actor = Parameters<typeof contextFor>[1]
const OPERATOR = { kind: 'operator' as const }
const request = { dataCut: '2026-03-01', flavour: 'analysis' as const }

function download(
  file: string,
  make = makeExport as (job: ExportJob) => ReturnType<typeof makeExport>,
  actor: Actor = OPERATOR,
) {
  const input = ExportDownload.parse({ study: study.code, file, ...request })
  return downloadExport(contextFor(test.db, actor) as never, input, async job => make(job))
}

async function given(file: string, make?: (job: ExportJob) => ReturnType<typeof makeExport>) {
  const done = await download(file, make)
  if (!done.ok) throw new Error(JSON.stringify(done.error))
  return { ...done.value, content: Buffer.from(await new Response(done.value.body as never).arrayBuffer()) }
}

function listed(): string[] {
  const page = readExportPage(contextFor(test.db, OPERATOR) as never, { study: study.code, ...request })
  if (!page.ok) throw new Error(page.error.code)
  return page.value.files.map(file => file.name)
}

function exported() {
  const done = exportStudy(contextFor(test.db, OPERATOR) as never, {
    study: study.code,
    ...request,
    out: folder,
  })
  if (!done.ok) throw new Error(done.error.code)
  return done.value
}

const acts = () =>
  test.db
    .select()
    .from(auditEntries)
    .all()
    .filter(entry => entry.act === 'export')
const left = () => readdirSync(dirname(test.file)).filter(name => name.startsWith('.export-'))

/** Somebody saves while the files are made. */
function makeWhileSaving(job: ExportJob) {
  seedRecords(test.db, study, `MEL-${String(acts().length + 100)}`)
  return makeExport(job)
}

describe('a single file', () => {
  it('is as the export has it, named by study, cut and audit entry, and nothing is left behind', async () => {
    const manifest = exported()
    for (const name of listed()) {
      const file = await given(name)
      expect(file.content.toString()).toBe(readFileSync(join(folder, name), 'utf8'))
      expect(file.bytes).toBe(file.content.length)
      expect(file.fileName).toBe(`SMALL_2026-03-01_entry-${manifest.asOf}_SYNTHETIC_${name}`)
    }
    await expect.poll(left).toEqual([])
  })

  it('is of the moment of its click, whoever saves meanwhile, and says so', async () => {
    const first = await given('participants.csv')
    const second = await given('participants.csv', makeWhileSaving)
    expect(second.content.toString()).toContain('MEL-101')
    expect(second.fileName).not.toBe(first.fileName)
    const details = acts().map(entry => JSON.parse(entry.details ?? '') as { asOf: number })
    expect(second.fileName).toContain(`entry-${details.at(-1)?.asOf}_`)
  })
})

describe('all files', () => {
  it('come as one archive of one moment, whoever saves meanwhile', async () => {
    const { content, fileName, contentType } = await given(ALL_FILES, makeWhileSaving)
    const manifest = exported()
    expect([fileName, contentType]).toEqual([
      `SMALL_2026-03-01_entry-${manifest.asOf}_SYNTHETIC.zip`,
      'application/zip',
    ])
    const inside = `${fileName.replace('.zip', '')}/`
    const unpacked = unpack(content)
    expect([...unpacked.keys()].sort()).toEqual(
      [...listed(), 'SYNTHETIC_DATA.txt'].map(name => inside + name).sort(),
    )
    for (const [path, text] of unpacked)
      expect(text).toBe(readFileSync(join(folder, path.replace(inside, '')), 'utf8'))
    await expect.poll(left).toEqual([])
  })

  it('are recorded in one act with the rows and hashes of each, before the first byte', async () => {
    const done = await download(ALL_FILES)
    const entries = acts()
    expect(entries).toHaveLength(1)
    if (!done.ok) throw new Error(done.error.code)
    const unpacked = unpack(Buffer.from(await new Response(done.value.body as never).arrayBuffer()))
    const inside = done.value.fileName.replace('.zip', '')
    const { files } = JSON.parse(entries[0]?.details ?? '') as { files: { name: string; sha256: string }[] }
    expect(files.map(file => file.name).sort()).toEqual(listed().sort())
    for (const { name, sha256 } of files)
      expect(
        createHash('sha256')
          .update(unpacked.get(`${inside}/${name}`) ?? '')
          .digest('hex'),
      ).toBe(sha256)
  })

  it('leave nothing behind when the reader goes away', async () => {
    const done = await download(ALL_FILES)
    if (!done.ok) throw new Error(done.error.code)
    await done.value.body.cancel()
    await expect.poll(left).toEqual([])
  })
})

it('what does not go out is not recorded', async () => {
  expect(await download('../test.db')).toMatchObject({ ok: false, error: { code: 'notFound' } })
  const monitor = seedUser(test.db, { role: 'monitor', study })
  for (const file of ['visits.csv', ALL_FILES]) {
    expect(await download(file, makeExport, monitor)).toMatchObject({ error: { code: 'notAllowed' } })
  }
  expect(acts()).toEqual([])
  expect(left()).toEqual([])
})

/** The files of an archive by name, read by its central directory as APPNOTE.TXT, 4.3, describes it. */
function unpack(archive: Buffer): Map<string, string> {
  const end = archive.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]))
  const files = new Map<string, string>()
  let at = archive.readUInt32LE(end + 16)
  for (let left = archive.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [packed, nameLength, extra, comment] = [
      archive.readUInt32LE(at + 20),
      archive.readUInt16LE(at + 28),
      archive.readUInt16LE(at + 30),
      archive.readUInt16LE(at + 32),
    ]
    const local = archive.readUInt32LE(at + 42)
    const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28)
    const content = inflateRawSync(archive.subarray(start, start + packed))
    files.set(archive.toString('utf8', at + 46, at + 46 + nameLength), content.toString('utf8'))
    at += 46 + nameLength + extra + comment
  }
  return files
}
