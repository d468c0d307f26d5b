import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openScratchDatabase } from '@/db/client'
import { sites } from '@/db/schema/studies'
import { contextFor, seedStudy, seedUser } from '@/db/testing/factories'
import { CONSENTED_IN_2025 } from '@/db/testing/registration-desk'
import { accepted, refused } from '@/db/testing/results'
import { SMALL_PROTOCOL, TWO_ARM_PROTOCOL } from '@/db/testing/small-protocol'
import { createTestDb, type TestDb } from '@/db/testing/test-db'
import { restoreRows } from '@/db/write'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import { SaveLogEntry } from '@/lib/schemas/logs'
import { MoveVisit, VoidVisit } from '@/lib/schemas/mending'
import { CorrectTreatment, RecordTreatment, VoidTreatment } from '@/lib/schemas/treatments'
import { MissedVisit, SaveVisit } from '@/lib/schemas/visits'
import { recordAllocation } from './allocations'
import { readCohort, readSummary } from './cohort'
import { type Ctx, operatorContext } from './context'
import { examineDatabase } from './doctor'
import { lockStudy, unlockStudy } from './locks'
import { saveLogEntry } from './logs'
import { readVisitMending } from './mending/mending-view'
import { moveVisit } from './mending/move-visit'
import { openForMending } from './mending/places'
import { openVoidable, voidVisit } from './mending/void-entries'
import { declareVisitMissed } from './missed-visits'
import { registerParticipant } from './participants'
import { applyProtocol } from './protocols'
import { addSite } from './sites'
import { correctTreatment, recordTreatment, voidTreatment } from './treatments'
import { saveVisit } from './visits'

const STUDY = 'TWOARM'
const day = (text: string) => text as CalendarDate
const REASON = 'Typing error'
/** As a file says it: a rule's condition stands in the rule itself. Nobody is masked, so that arms can be recorded. */
const FILE = {
  ...TWO_ARM_PROTOCOL,
  masking: 'open',
  dayZero: 'firstTreatment',
  responders: TWO_ARM_PROTOCOL.responders.map(({ condition, ...rule }) => ({ ...rule, ...condition })),
}
const NEXT_FILE = {
  ...FILE,
  versions: [...FILE.versions, { number: '1.1', effectiveFrom: '2024-06-01', summary: 'Narrower windows' }],
  visits: FILE.visits.map(visit => ({ ...visit, window: { ...visit.window, beforeDays: 5 } })),
}

let test: TestDb
let ctx: Ctx
beforeEach(() => {
  test = createTestDb()
  ctx = operatorContext(test.db)
  accepted(applyProtocol(ctx, FILE))
  for (const code of ['MEL', 'SYD'])
    accepted(addSite(ctx, { study: STUDY, code, name: code, timeZone: 'Australia/Melbourne' }))
})
afterEach(() => test.remove())

const about = (number: string) => ({ study: STUDY, number })
const versionOf = (sql: string, ...values: string[]) =>
  String(
    test.sqlite
      .prepare(sql)
      .pluck()
      .get(...values) ?? '',
  )
const visitVersion = (number: string, visit: string) =>
  versionOf(
    'SELECT v.row_version FROM visits v JOIN participants p ON p.id = v.participant_id WHERE number = ? AND v.code = ? AND v.voided_at IS NULL',
    number,
    visit,
  )
const formVersion = (number: string, visit: string) =>
  versionOf(
    "SELECT a.row_version FROM assessments a JOIN visits v ON v.id = a.visit_id JOIN participants p ON p.id = v.participant_id WHERE number = ? AND v.code = ? AND form = 'nprs' AND a.voided_at IS NULL AND v.voided_at IS NULL",
    number,
    visit,
  )

const register = (site: string) =>
  registerParticipant(ctx, { ...CONSENTED_IN_2025, study: STUDY, site, consentDate: day('2024-01-10') })
const allocate = (number: string, arm: string) =>
  recordAllocation(ctx, { ...about(number), arm, allocatedOn: day('2024-01-20') })
const dose = (number: string, plan: string, givenOn: string) =>
  recordTreatment(ctx, RecordTreatment.parse({ ...about(number), plan, givenOn, conditionMet: 'yes' }))
const DOSE =
  'FROM treatments t JOIN participants p ON p.id = t.participant_id WHERE number = ? AND t.voided_at IS NULL ORDER BY given_on DESC'
const redate = (number: string, plan: string, givenOn: string) =>
  correctTreatment(
    ctx,
    CorrectTreatment.parse({
      ...{ ...about(number), plan: plan === 'DOSE1' ? '1' : '2', givenOn, conditionMet: 'yes' },
      ...{ reason: REASON, version: versionOf(`SELECT t.row_version ${DOSE}`, number) },
    }),
  )
const undose = (number: string) =>
  voidTreatment(
    ctx,
    VoidTreatment.parse({
      ...{ ...about(number), reason: REASON, treatmentId: versionOf(`SELECT t.id ${DOSE}`, number) || '1' },
      version: versionOf(`SELECT t.row_version ${DOSE}`, number) || '1',
    }),
  )
function enter(number: string, visit: string, date: string, average: number, worst = 9) {
  const posted = {
    ...{ ...about(number), visit, reason: REASON },
    '~visit': { date: [date], version: [visitVersion(number, visit)] },
    nprs: {
      ...{ NPRS_AVG: [String(average)], NPRS_WORST: [String(worst)] },
      '~version': [formVersion(number, visit)],
    },
  }
  const first = saveVisit(ctx, SaveVisit.parse(posted))
  if (first.ok || first.error.code !== 'unanswered') return first
  const keys = first.error.questions.map(({ code }) => code)
  return saveVisit(ctx, SaveVisit.parse({ ...posted, '~confirm': { keys } }))
}
const miss = (number: string, visit: string) =>
  declareVisitMissed(ctx, MissedVisit.parse({ ...about(number), visit, missedReason: 'declined' }))
const takeOut = (number: string, visit: string) => {
  const from = accepted(openForMending(ctx, STUDY, number))
  const shown = openVoidable(test.db, from, { visit, formId: null })
  const version = shown.ok ? String(shown.value.version) : '1'
  return voidVisit(ctx, VoidVisit.parse({ ...about(number), visit, version, reason: REASON }))
}
function move(number: string, visit: string, toNumber: string) {
  const query = { ...about(number), visit, form: null, toNumber, toVisit: visit }
  const shown = readVisitMending(ctx, query)
  const version = shown.ok ? String(shown.value.target?.version ?? 1) : '1'
  const posted = { ...query, version, reason: REASON }
  const first = moveVisit(ctx, MoveVisit.parse(posted))
  if (first.ok || first.error.code !== 'unanswered') return first
  return moveVisit(
    ctx,
    MoveVisit.parse({ ...posted, confirm: first.error.questions.map(({ code }) => code) }),
  )
}
function log(number: string, path: string, answers: Record<string, string>) {
  const texts = Object.fromEntries(Object.entries(answers).map(([code, text]) => [code, [text]]))
  const posted = { ...about(number), log: path, entry: 'new', answers: texts }
  const first = saveLogEntry(ctx, SaveLogEntry.parse(posted))
  if (first.ok || first.error.code !== 'unanswered') return first
  const confirm = first.error.questions.map(({ code }) => code)
  return saveLogEntry(ctx, SaveLogEntry.parse({ ...posted, confirm }))
}

const DATA_CUT = '2026-04-16'
const head = () => Number(versionOf('SELECT max(seq) FROM audit_entries WHERE chain = ?', `study/${STUDY}`))
const summaryAt = (asOf?: number) =>
  JSON.stringify(accepted(readSummary(ctx, { study: STUDY, dataCut: DATA_CUT, asOf })))

/** What the summary said live at each end of a chain that a step left. */
function remember(seen: Map<number, string>, computed = () => summaryAt()): void {
  const last = head()
  if (!seen.has(last)) seen.set(last, computed())
}

/** What the summary says now where one who will ask for no further use has asked already, and is counted as such. */
function summaryWithout(number: string): string {
  const set = test.sqlite.prepare(
    'UPDATE participant_statuses SET restricted = ? WHERE participant_id = (SELECT id FROM participants WHERE number = ?)',
  )
  const { changes } = set.run(1, number)
  const summary = JSON.parse(summaryAt())
  set.run(0, number)
  summary.view.leftOut.restrictedSince = changes
  return JSON.stringify(summary)
}

function expectReplayed(seen: ReadonlyMap<number, string>): void {
  for (const [seq, live] of seen) expect(summaryAt(seq), `entry ${seq}`).toBe(live)
}

describe('a past state of knowledge', () => {
  it('gives the summary that was computed live at each entry, through every kind of write, without who asked later for no further use', () => {
    const seen = new Map<number, string>()
    const steps: (() => { ok: boolean })[] = [
      ...['MEL', 'MEL', 'SYD', 'SYD'].map(site => () => register(site)),
      () => allocate('MEL-001', 'ACTIVE'),
      () => allocate('MEL-002', 'SHAM'),
      () => allocate('SYD-001', 'ACTIVE'),
      () => enter('MEL-001', 'BL', '20 Jan 2024', 7),
      () => enter('MEL-002', 'BL', '20 Jan 2024', 6),
      () => dose('MEL-001', 'DOSE1', '2024-02-01'),
      () => dose('MEL-002', 'DOSE1', '2024-02-02'),
      () => enter('MEL-001', 'M1', '1 Mar 2024', 4),
      () => enter('MEL-002', 'M1', '2 Mar 2024', 5),
      () => enter('MEL-001', 'M1', '1 Mar 2024', 3),
      () => enter('MEL-001', 'BL', '20 Jan 2024', 8),
      () => redate('MEL-001', 'DOSE1', '2024-02-03'),
      () => dose('SYD-001', 'DOSE1', '2024-02-10'),
      () => enter('MEL-002', 'M6', '2 Aug 2024', 2),
      () => move('MEL-002', 'M6', 'MEL-001'),
      () => miss('MEL-002', 'M6'),
      () => dose('MEL-001', 'DOSE2', '2024-09-01'),
      () => undose('MEL-001'),
      () => log('MEL-002', 'departures', { KIND: 'followUp', DATE: '1 Oct 2024' }),
      () => takeOut('MEL-002', 'M1'),
      () => applyProtocol(ctx, NEXT_FILE),
      () => lockStudy(ctx, { study: STUDY, reason: 'Interim' }),
      () => unlockStudy(ctx, { study: STUDY, reason: 'More data', confirmed: true }),
      () => allocate('SYD-002', 'SHAM'),
    ]
    const asks = () => log('SYD-001', 'departures', { KIND: 'noFurtherUse', DATE: '1 Nov 2024' })
    steps.splice(-1, 0, asks)
    remember(seen)
    let isAsked = false
    for (const [index, step] of steps.entries()) {
      expect({ index, ...step() }).toMatchObject({ index, ok: true })
      isAsked ||= step === asks
      remember(seen, () => (isAsked ? summaryAt() : summaryWithout('SYD-001')))
    }
    expect(seen.size).toBe(steps.length + 1)
    expect(examineDatabase(test).filter(({ findings }) => findings.length > 0)).toEqual([])
    expectReplayed(seen)
    expect(new Set(seen.values()).size).toBeGreaterThan(20)
  })

  it('gives the same after writes in any order, refused ones among them', () => {
    const number = fc.constantFrom('MEL-001', 'MEL-002', 'SYD-001')
    const visit = fc.constantFrom('BL', 'M1', 'M6')
    const dates = { BL: '20 Jan 2024', M1: '2 Mar 2024', M6: '3 Aug 2024' } as Record<string, string>
    const pain = fc.integer({ min: 0, max: 9 })
    const step = fc.oneof(
      {
        weight: 6,
        arbitrary: fc.tuple(number, visit, pain).map(
          ([n, v, p]) =>
            () =>
              enter(n, v, dates[v] ?? '', p),
        ),
      },
      {
        weight: 1,
        arbitrary: fc.tuple(number, visit, number).map(
          ([n, v, to]) =>
            () =>
              move(n, v, to),
        ),
      },
      {
        weight: 1,
        arbitrary: fc.tuple(number, visit).map(
          ([n, v]) =>
            () =>
              takeOut(n, v),
        ),
      },
      { weight: 1, arbitrary: number.map(n => () => dose(n, 'DOSE1', '2024-02-01')) },
      { weight: 1, arbitrary: number.map(n => () => undose(n)) },
      {
        weight: 1,
        arbitrary: fc.tuple(number, visit).map(
          ([n, v]) =>
            () =>
              miss(n, v),
        ),
      },
    )
    for (const site of ['MEL', 'MEL', 'SYD']) accepted(register(site))
    for (const [index, one] of ['MEL-001', 'MEL-002', 'SYD-001'].entries())
      accepted(allocate(one, index === 1 ? 'SHAM' : 'ACTIVE'))
    const seen = new Map<number, string>()
    // One study throughout: what one run wrote is the past of the next.
    fc.assert(
      fc.property(fc.array(step, { minLength: 10, maxLength: 20 }), steps => {
        for (const write of steps) {
          write()
          remember(seen)
        }
      }),
      { numRuns: 6, endOnFailure: true },
    )
    expect(seen.size).toBeGreaterThan(10)
    expectReplayed(seen)
  })

  it('can be read at each entry from the first protocol on, and nowhere else', () => {
    accepted(register('MEL'))
    const last = head()
    const first = Number(versionOf("SELECT min(seq) FROM audit_entries WHERE entity = 'protocol_versions'"))
    for (let seq = first; seq <= last; seq += 1)
      expect(readCohort(ctx, { study: STUDY, asOf: seq })).toMatchObject({
        ok: true,
        value: { summary: { asOf: seq } },
      })
    for (const asOf of [-1, 0, first - 1, last + 1, 1.5, Number.NaN]) {
      expect(refused(readSummary(ctx, { study: STUDY, asOf }))).toMatchObject({
        code: 'invalidInput',
        fields: [
          { field: 'asOf', value: String(asOf), text: expect.stringContaining(`from ${first} to ${last}`) },
        ],
      })
    }
  })

  it('is shown by what its reader may see now, never by what was open then', () => {
    const study = seedStudy(test.db, {
      ...TWO_ARM_PROTOCOL,
      study: { ...TWO_ARM_PROTOCOL.study, code: 'MASKED' },
    })
    accepted(lockStudy(ctx, { study: 'MASKED', reason: 'Interim' }))
    const locked = Number(versionOf("SELECT max(seq) FROM audit_entries WHERE chain = 'study/MASKED'"))
    accepted(unlockStudy(ctx, { study: 'MASKED', reason: 'More data', confirmed: true }))
    const reader = contextFor(test.db, seedUser(test.db, { role: 'investigator', study }))
    expect(accepted(readCohort(reader, { study: 'MASKED', asOf: locked }))).toMatchObject({
      isPooled: true,
      lockedAt: null,
    })
  })

  it('holds one study of several', () => {
    const other = seedStudy(test.db, SMALL_PROTOCOL)
    accepted(register('MEL'))
    const before = summaryAt()
    const last = head()
    accepted(register('SYD'))
    expect(summaryAt(last)).toBe(before)
    expect(other.code).toBe('SMALL')
  })
})

describe('rows without entries', () => {
  it('are restored to a scratch database and refused by any other', () => {
    const row = { id: 1, studyId: 1, code: 'XXX', name: 'X', timeZone: 'UTC', rowVersion: 1 }
    expect(() => test.db.transaction(tx => restoreRows(tx, sites, [row]))).toThrow('scratch')
    const scratch = openScratchDatabase()
    scratch.sqlite.pragma('foreign_keys = OFF')
    scratch.db.transaction(tx => restoreRows(tx, sites, [row]))
    expect(scratch.db.select().from(sites).all()).toHaveLength(1)
    scratch.close()
  })
})
