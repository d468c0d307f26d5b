import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadCohort } from '@/db/queries/outcomes'
import { listScores } from '@/db/queries/participant-scores'
import { findVisit } from '@/db/queries/visits'
import { contextFor, type SeededStudy, type SeededUser, seedStudy, seedUser } from '@/db/testing/factories'
import { seedEnrolled, seedVisit } from '@/db/testing/seed-visits'
import { SMALL_PROTOCOL } from '@/db/testing/small-protocol'
import { createTestDb, type TestDb } from '@/db/testing/test-db'
import { deriveCourse } from '@/lib/domain/outcomes/course'
import type { ParticipantId } from '@/lib/domain/shared/ids'
import { VoidVisit } from '@/lib/schemas/mending'
import { AddUnscheduledVisit } from '@/lib/schemas/unscheduled-visits'
import { SaveVisit } from '@/lib/schemas/visits'
import type { Ctx } from './context'
import { examineDatabase } from './doctor'
import { exportStudy } from './exports'
import { importFile } from './imports'
import { readVisitMending } from './mending/mending-view'
import { voidVisit } from './mending/void-entries'
import { readParticipant } from './participant-record'
import { addUnscheduledVisit } from './unscheduled-visits'
import { readVisit } from './visit-view'
import { saveVisit } from './visits'

let test: TestDb
let study: SeededStudy
let coordinator: SeededUser
let mel1: ParticipantId

beforeEach(() => {
  test = createTestDb()
  study = seedStudy(test.db)
  coordinator = seedUser(test.db, { role: 'coordinator', study, site: 'MEL' })
  mel1 = seedEnrolled(test.db, study, { number: 'MEL-001', site: 'MEL' })
  seedVisit(test.db, study, mel1, {
    code: 'M1',
    date: '2025-11-16',
    forms: { nprs: { NPRS_AVG: { value: 5 } } },
  })
})
afterEach(() => test.remove())

const as = (user: SeededUser) => contextFor(test.db, user) as Ctx
const POSTED = {
  ...{ study: 'SMALL', number: 'MEL-001', visitDate: '20 Jan 2026', cause: 'Pain flare' },
  forms: ['nprs', 'EXAM'],
}
const add = (fields: Record<string, unknown> = {}, user = coordinator) =>
  addUnscheduledVisit(as(user), AddUnscheduledVisit.parse({ ...POSTED, ...fields }))
const enter = (visit: string, average: string) =>
  saveVisit(
    as(coordinator),
    SaveVisit.parse({
      ...{ study: 'SMALL', number: 'MEL-001', visit, '~visit': { date: ['20 Jan 2026'], version: ['1'] } },
      nprs: { NPRS_AVG: [average], NPRS_WORST: ['9'] },
    }),
  )

describe('an unscheduled visit', () => {
  it('is begun under the next code, entered as any visit and without a window, and listed', () => {
    expect(add()).toEqual({ ok: true, value: { number: 'MEL-001', visit: 'UNS-1' } })
    expect(add({ visitDate: '10 Jan 2026', forms: 'odi' })).toMatchObject({ value: { visit: 'UNS-2' } })
    const view = readVisit(as(coordinator), { study: 'SMALL', number: 'MEL-001', visit: 'UNS-1' })
    expect(view).toMatchObject({
      value: {
        visit: { name: 'Unscheduled visit 1', position: 0, cause: 'Pain flare', windowStart: null },
        standing: { state: 'open' },
        forms: [{ code: 'nprs', last: { visitName: '1 month' } }, { code: 'EXAM' }],
        trends: [{ earlier: [{ value: 5 }] }, {}],
      },
    })
    expect(enter('UNS-1', '8')).toMatchObject({ ok: true })
    const page = readParticipant(as(coordinator), 'SMALL', 'MEL-001')
    const listed = page.ok ? page.value.unscheduled : []
    expect(listed.map(({ code, state, values }) => [code, state, values.get('NPRS_AVG')])).toEqual([
      ['UNS-2', 'open', undefined],
      ['UNS-1', 'partly', 8],
    ])
    expect(examineDatabase(test).flatMap(({ findings }) => findings)).toEqual([])
  })

  it('is in no result by visit, and in the files after the visits of the protocol, by date', () => {
    add()
    add({ visitDate: '10 Jan 2026' })
    enter('UNS-1', '8')
    const rows = listScores(test.db, [mel1], ['NPRS_AVG'])
    expect(rows.map(({ visit }) => visit)).toEqual(['M1', 'UNS-1'])
    const course = deriveCourse(rows, { dayZero: null, doses: [] }, SMALL_PROTOCOL.baseline)
    expect([...course.scores.keys()]).toEqual(['M1'])
    const view = { participantArms: true, resultsByArm: true, armsNamed: true }
    const { schedule } = loadCohort(test.db, { studyId: study.id, protocol: SMALL_PROTOCOL, view })
    expect(schedule.map(({ visit }) => visit)).toEqual(['BL', 'M1', 'M6', 'M12'])
    const out = mkdtempSync(join(tmpdir(), 'longitude-export-test-'))
    const request = { study: 'SMALL', dataCut: '', flavour: 'analysis' as const, out }
    expect(exportStudy(contextFor(test.db, { kind: 'operator' as const }) as never, request).ok).toBe(true)
    const read = (file: string) =>
      parse(readFileSync(join(out, file), 'utf8'), { columns: true }) as Record<string, string>[]
    const place = (row: Record<string, string>) => [row.visit, row.visit_order, row.visit_kind]
    expect(read('visits.csv').slice(-2).map(place)).toEqual([
      ['UNS-2', '5', 'unscheduled'],
      ['UNS-1', '6', 'unscheduled'],
    ])
    const scores = read('scores_long.csv').filter(row => row.parameter === 'NPRS_AVG')
    expect(scores.map(row => [...place(row), row.analysis_flag, row.change])).toEqual([
      ['M1', '2', 'scheduled', expect.any(String), ''],
      ['UNS-1', '6', 'unscheduled', 'notUsed', ''],
    ])
    rmSync(out, { recursive: true, force: true })
  })

  it('that was voided keeps its code: the next is another', () => {
    add()
    const address = { study: 'SMALL', number: 'MEL-001', visit: 'UNS-1' }
    const page = readVisitMending(as(coordinator), { ...address, form: null, toNumber: '', toVisit: '' })
    const version = page.ok ? page.value.version : 1
    const input = VoidVisit.parse({ ...address, version, reason: 'Entered twice' })
    expect(voidVisit(as(coordinator), input).ok).toBe(true)
    expect(add()).toMatchObject({ value: { visit: 'UNS-2' } })
  })
})

describe('what is refused', () => {
  it.each([
    ['no date', { visitDate: '' }, 'visitDate'],
    ['a day that does not exist', { visitDate: '31 Feb 2026' }, 'visitDate'],
    ['a date after today', { visitDate: '1 May 2026' }, 'visitDate'],
    ['a date before consent', { visitDate: '1 Aug 2025' }, 'visitDate'],
    ['no cause', { cause: ' ' }, 'cause'],
    ['a cause without end', { cause: 'x'.repeat(201) }, 'cause'],
    ['no form', { forms: undefined }, 'forms'],
    ['a form that the study has not', { forms: 'vas' }, 'forms'],
  ])('%s, at its field, and nothing is begun', (_, fields, field) => {
    const parsed = AddUnscheduledVisit.safeParse({ ...POSTED, ...fields })
    const result = parsed.success ? addUnscheduledVisit(as(coordinator), parsed.data) : null
    const named =
      result && !result.ok && result.error.code === 'invalidInput'
        ? result.error.fields.map(one => one.field)
        : parsed.error?.issues.map(issue => issue.path.join('.'))
    expect(named).toEqual([field])
    expect(findVisit(test.db, mel1, 'UNS-1')).toBeUndefined()
  })

  it('a cause that names somebody is asked about', () => {
    expect(add({ cause: 'Called Mrs Smith' })).toMatchObject({ error: { code: 'unanswered' } })
  })

  it('who may not enter visits, a foreign site, and one in a locked study', () => {
    for (const role of ['monitor', 'investigator', 'dataManager'] as const)
      expect(add({}, seedUser(test.db, { role, study }))).toMatchObject({ error: { code: 'notAllowed' } })
    const foreign = seedUser(test.db, { role: 'coordinator', study, site: 'SYD' })
    expect(add({}, foreign)).toMatchObject({ error: { code: 'notFound' } })
    test.sqlite.exec(`UPDATE studies SET locked_at = '2026-04-16T00:00:00.000Z', lock_reason = 'Final'`)
    expect(add()).toMatchObject({ error: { code: 'locked' } })
  })

  it('a visit that was not begun is not found, and a file cannot bring one', () => {
    const address = { study: 'SMALL', number: 'MEL-001', visit: 'UNS-1' }
    expect(readVisit(as(coordinator), address)).toMatchObject({ error: { code: 'notFound' } })
    const sent = importFile(contextFor(test.db, { kind: 'operator' as const }) as never, {
      ...{ file: 'f.csv', mapping: null, register: true, reason: null, dryRun: false, study: 'SMALL' },
      bytes: Buffer.from('subject,site,arm,visit,visit_date,NPRS_AVG\nMEL-001,MEL,,UNS-1,2026-01-20,4\n'),
    })
    expect(sent).toMatchObject({
      error: { code: 'fileRefused', cells: [{ column: 'visit', value: 'UNS-1' }] },
    })
  })
})
