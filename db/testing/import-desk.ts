import { auditEntries } from '@/db/schema/audit'
import { allocations, participants, treatments } from '@/db/schema/participants'
import { assessments, scores, visits } from '@/db/schema/visits'
import type { ImportMapping } from '@/lib/domain/imports/mapping'
import type { AppError } from '@/lib/domain/shared/errors'
import type { Result } from '@/lib/domain/shared/result'
import { contextFor, type SeededStudy, seedStudy } from './factories'
import { TWO_ARM_PROTOCOL } from './small-protocol'
import { createTestDb, type TestDb } from './test-db'

interface Sending {
  readonly study: string
  readonly file: string
  readonly bytes: Uint8Array
  readonly mapping: ImportMapping | null
  readonly register: boolean
  readonly reason: string | null
  readonly dryRun: boolean
}

export const OPERATOR = { kind: 'operator' as const }

export const HEAD = 'subject,site,arm,visit,visit_date'
/** Two participants, one of them of a site that the study does not have. */
export const GOOD = `${HEAD},NPRS_AVG,NPRS_WORST,ODI
A-1,MEL,ACTIVE,BL,2024-01-10,7,8,40
A-1,MEL,,M1,2024-02-20,4,,
B.2,NEW,SHAM,BL,,6,,
`

/** A study of two arms that takes an ODI by its total, with nobody in it. */
export function openImportDesk() {
  const test = createTestDb()
  const study = seedStudy(test.db, {
    ...TWO_ARM_PROTOCOL,
    settings: { ...TWO_ARM_PROTOCOL.settings, odi: { allowTotalOnly: true } },
  })
  return { test, study }
}

/**
 * Sends texts as files to the import of `lib/server/imports.ts`, which this folder may not reach for itself.
 * `at` is asked at each sending: a test may go on to another study.
 */
export function makeSender<Report>(
  importFile: (ctx: never, request: Sending) => Result<Report, AppError>,
  at: () => { readonly test: TestDb; readonly study: SeededStudy },
) {
  function send(text: string, more: Partial<Sending> = {}, actor: unknown = OPERATOR, db = at().test.db) {
    const request = {
      study: at().study.code,
      file: 'f.csv',
      bytes: Buffer.from(text),
      mapping: null,
      register: true,
      reason: null,
      dryRun: false,
      ...more,
    }
    return importFile(contextFor(db, actor) as never, request)
  }

  function accepted(text: string, more: Partial<Sending> = {}) {
    const done = send(text, more)
    if (!done.ok) throw new Error(JSON.stringify(done.error))
    return done.value
  }

  /** What is wrong with a file, cell by cell. */
  function cells(text: string, more: Partial<Sending> = {}, actor: unknown = OPERATOR) {
    const done = send(text, more, actor)
    if (done.ok || done.error.code !== 'fileRefused') throw new Error(`not refused: ${JSON.stringify(done)}`)
    return done.error.cells
  }

  function refusals(text: string, more: Partial<Sending> = {}, actor: unknown = OPERATOR) {
    return cells(text, more, actor).map(({ row, column, text: why }) => [row, column, why])
  }

  function stored() {
    const { db } = at().test
    return {
      participants: db.select().from(participants).all(),
      allocations: db.select().from(allocations).all(),
      treatments: db.select().from(treatments).all(),
      visits: db.select().from(visits).all(),
      assessments: db.select().from(assessments).all(),
      scores: db.select().from(scores).all(),
      audit: db.select().from(auditEntries).all(),
    }
  }

  return { send, accepted, cells, refusals, stored }
}
