import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { expect } from 'vitest'
import type { Manifest } from '@/lib/domain/exports/manifest'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import type { AppError } from '@/lib/domain/shared/errors'
import type { Result } from '@/lib/domain/shared/result'
import type { ExportRequest } from '@/lib/schemas/exports'
import { contextFor, type SeededStudy, seedStudy } from './factories'
import { seedOutcomes } from './seed-outcomes'
import { SMALL_PROTOCOL } from './small-protocol'
import { createTestDb, type TestDb } from './test-db'

type Request = ExportRequest & { readonly out: string }

const OPERATOR = { kind: 'operator' as const }

/** An empty database, and a folder that takes the files; `close` removes both. */
export function openExportDesk() {
  const test = createTestDb()
  const folder = mkdtempSync(join(tmpdir(), 'longitude-export-test-'))
  const close = () => {
    test.remove()
    rmSync(folder, { recursive: true, force: true })
  }
  return { test, folder, close }
}

export type ExportDesk = ReturnType<typeof openExportDesk>

/** Three participants with scores of two visits, of arms in turn, and a screen failure. */
export function seedTrial(
  test: TestDb,
  protocol: Protocol = SMALL_PROTOCOL,
  options: Parameters<typeof seedStudy>[2] = {},
): SeededStudy {
  const study = seedStudy(test.db, protocol, options)
  const arm = (index: number) => (index % 2 === 0 || protocol.arms.length === 1 ? 'ACTIVE' : 'SHAM')
  seedOutcomes(test.db, study, [
    ...[7, 6, 8].map((baseline, index) => ({
      number: index < 2 ? `MEL-00${index + 1}` : 'SYD-001',
      site: index < 2 ? 'MEL' : 'SYD',
      enrolledOn: '2024-01-10',
      arm: arm(index),
      allocatedOn: '2024-02-01',
      doses: { DOSE1: '2024-02-01' },
      visits: {
        BL: { date: '2024-01-20', forms: { nprs: { NPRS_AVG: baseline, NPRS_WORST: 8 } } },
        M1: { date: '2024-03-20', forms: { nprs: { NPRS_AVG: baseline - 3, NPRS_WORST: 'declined' } } },
      },
    })),
    { number: 'MEL-003', outcome: 'screenFailure' as const },
  ])
  return study
}

/**
 * Calls the export of `lib/server/exports.ts`, which this folder may not reach for itself, and reads its files.
 * `at` is asked at each call: the desk and the study are those of the test that runs.
 */
export function makeExporter(
  exportStudy: (ctx: never, request: Request) => Result<Manifest, AppError>,
  at: () => { readonly desk: ExportDesk; readonly study: SeededStudy },
) {
  function run(request: Partial<Request> = {}, actor: unknown = OPERATOR) {
    const { desk, study } = at()
    return exportStudy(contextFor(desk.test.db, actor) as never, {
      study: study.code,
      dataCut: '',
      flavour: 'analysis',
      out: desk.folder,
      ...request,
    })
  }

  function exported(request: Partial<Request> = {}, actor: unknown = OPERATOR) {
    const done = run(request, actor)
    if (!done.ok) throw new Error(JSON.stringify(done.error))
    return done.value
  }

  const text = (file: string) => readFileSync(join(at().desk.folder, file), 'utf8')
  const rows = (file: string) => parse(text(file), { columns: true }) as Record<string, string>[]

  /** The rows of one file of a new export; the manifest counts as many. */
  function exportedRows(file: string, request: Partial<Request> = {}) {
    const { files } = exported(request)
    const found = rows(file)
    expect(files.find(({ name }) => name === file)?.rows).toBe(found.length)
    return found
  }

  return { run, exported, exportedRows, text, rows }
}
