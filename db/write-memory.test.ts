import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { Tx } from './client'
import { type SeededStudy, seedStudy } from './testing/factories'
import { seedRecords } from './testing/seed-records'
import { createTestDb, TEST_NOW, TEST_WRITER, type TestDb } from './testing/test-db'
import { insertRecord, moveRecord, recordAct, updateRecord } from './write'
import { WriteRefused } from './write-guards'

let test: TestDb
let study: SeededStudy
beforeAll(() => {
  test = createTestDb()
  study = seedStudy(test.db)
})
afterAll(() => test.remove())

const write = <T>(work: (tx: Tx) => T): T => test.db.transaction(work, { behavior: 'immediate' })
const lastEntry = () =>
  test.sqlite.prepare('SELECT * FROM audit_entries ORDER BY id DESC LIMIT 1').get() as Record<string, unknown>
const DAY = '2026-02-01' as CalendarDate
const FORM = {
  location: '',
  laterality: '',
  repeat: 1,
  assessmentDate: DAY,
  mode: null,
  source: null,
  entryKind: 'items',
  notDoneReason: null,
  confirmations: {},
} as const

describe('what one transaction remembers', () => {
  it('is forgotten when a visit is moved: a form written after it stands at the new place', () => {
    const from = seedRecords(test.db, study, 'MEL-201')
    const to = seedRecords(test.db, study, 'MEL-202')
    write(tx => {
      const visit = insertRecord(tx, TEST_WRITER, 'visits', {
        participantId: from.participant.id,
        code: 'M6',
        visitDate: DAY,
      })
      moveRecord(tx, TEST_WRITER, 'visits', visit.id, 1, { participantId: to.participant.id }, 'Wrong person')
      insertRecord(tx, TEST_WRITER, 'assessments', { ...FORM, visitId: visit.id, form: 'nprs', answers: {} })
    })
    expect(lastEntry()).toMatchObject({ entity: 'assessments', subject: 'MEL-202', visit: 'M6' })
  })

  it('is forgotten when the study is locked: the next write is refused', () => {
    const own = seedStudy(test.db, {
      ...study.protocol,
      study: { ...study.protocol.study, code: 'LOCKING' },
    })
    const { visit } = seedRecords(test.db, own, 'MEL-301')
    const lock = { lockedAt: TEST_NOW, lockReason: 'Done' }
    const both = (tx: Tx) => {
      const change = (version: number, date: string) =>
        updateRecord(tx, TEST_WRITER, 'visits', visit.id, version, { visitDate: date as CalendarDate }, 'x')
      change(1, '2026-02-02')
      updateRecord(tx, TEST_WRITER, 'studies', own.id, 1, lock, 'Done')
      change(2, '2026-02-03')
    }
    expect(() => write(both)).toThrow(WriteRefused)
  })

  it('tells null from false and from an empty text in statements that are used again', () => {
    const { visit } = seedRecords(test.db, study, 'MEL-203')
    const given = [null, true, false, null]
    write(tx => {
      for (const [index, beforeTreatment] of given.entries()) {
        const row = { ...FORM, visitId: visit.id, form: `F${index}`, answers: {}, beforeTreatment }
        insertRecord(tx, TEST_WRITER, 'assessments', row)
      }
    })
    const stored = test.sqlite.prepare(
      "SELECT before_treatment FROM assessments WHERE visit_id = ? AND form LIKE 'F%' ORDER BY form",
    )
    expect(stored.pluck().all(visit.id)).toEqual([null, 1, 0, null])
  })
})

describe('E1 a clock that runs backwards', () => {
  const act = (now: string) =>
    write(tx => recordAct(tx, { ...TEST_WRITER, now }, { chain: 'system' }, 'look', { what: 'cohort' }))
  const details = () => JSON.parse(String(lastEntry().details)) as unknown

  it('is noted in the entry, with the time of the one before; requests that overlap are not', () => {
    act('2026-04-16T10:00:00.000Z')
    act('2026-04-16T09:59:30.000Z')
    expect(details()).toEqual({ what: 'cohort' })
    act('2026-04-16T09:00:00.000Z')
    expect(details()).toEqual({ what: 'cohort', clockBehind: '2026-04-16T09:59:30.000Z' })
  })
})
