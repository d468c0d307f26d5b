import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Tx } from './client'
import { type SeededStudy, seedStudy } from './testing/factories'
import { seedRecords } from './testing/seed-records'
import { createTestDb, TEST_NOW, TEST_WRITER, type TestDb } from './testing/test-db'
import { makeWriteDesk } from './testing/write-desk'
import { moveRecord, updateRecord, voidRecord } from './write'

let test: TestDb
let study: SeededStudy
let seeded: ReturnType<typeof seedRecords>
let counter = 0
beforeAll(() => {
  test = createTestDb()
  study = seedStudy(test.db)
})
beforeEach(() => {
  counter += 1
  seeded = seedRecords(test.db, study, `MEL-${100 + counter}`)
})
afterAll(() => test.remove())

const { write, entries, lastEntry, changesOf, everything, refusalOf } = makeWriteDesk(() => test)

describe('A1 every creation and change writes its entry', () => {
  it('a first entry has no old value and names person, role, site, subject, visit, form, time and request', () => {
    const entry = lastEntry()
    expect(entry).toMatchObject({
      chain: 'study/SMALL',
      act: 'insert',
      actor: 'Operator',
      role: 'operator',
      at: TEST_NOW,
      site: 'MEL',
      subject: `MEL-${100 + counter}`,
      visit: 'M1',
      form: 'nprs',
      entity: 'assessments',
      entity_id: seeded.assessment.id,
      request_id: 'test-request',
    })
    expect(changesOf(entry)['answers.NPRS_AVG']).toEqual([null, { value: 6 }])
  })

  it('a value that becomes empty counts as a change', () => {
    const { assessment } = seeded
    const answers = { NPRS_AVG: { value: 6 } }
    write(tx =>
      updateRecord(tx, TEST_WRITER, 'assessments', assessment.id, 1, { answers }, 'Entered by mistake'),
    )
    expect(lastEntry()).toMatchObject({ act: 'update', reason: 'Entered by mistake' })
    expect(changesOf(lastEntry())).toEqual({ 'answers.NPRS_WORST': [{ value: 8 }, null] })
  })

  it('row and entry stand or fall together', () => {
    const before = JSON.stringify([entries(), everything()])
    expect(() =>
      write(tx => {
        updateRecord(tx, TEST_WRITER, 'visits', seeded.visit.id, 1, { missedReason: 'declined' }, null)
        throw new Error('power cut')
      }),
    ).toThrow('power cut')
    expect(JSON.stringify([entries(), everything()])).toBe(before)
  })
})

describe('A4 no change, no entry', () => {
  it('writes nothing where every value is the stored one, whatever the version', () => {
    const before = entries().length
    const { assessment } = seeded
    const answers = { NPRS_WORST: { value: 8 }, NPRS_AVG: { value: 6 } }
    const row = write(tx =>
      updateRecord(tx, TEST_WRITER, 'assessments', assessment.id, 99, { answers }, null),
    )
    expect(row.rowVersion).toBe(1)
    expect(entries().length).toBe(before)
  })

  it('takes a field without a value as not mentioned', () => {
    const patch = { visitDate: undefined, missedReason: 'declined' } as const
    const after = write(tx => updateRecord(tx, TEST_WRITER, 'visits', seeded.visit.id, 1, patch, null))
    expect(after.visitDate).toBe('2026-01-15')
    expect(changesOf(lastEntry())).toEqual({ missedReason: [null, 'declined'] })
  })
})

describe('void and move', () => {
  it('a voided record keeps its values, carries the reason and cannot be changed any more', () => {
    const { visit } = seeded
    const voided = write(tx => voidRecord(tx, TEST_WRITER, 'visits', visit.id, 1, 'Wrong participant'))
    expect(voided).toMatchObject({
      visitDate: '2026-01-15',
      voidedAt: TEST_NOW,
      voidReason: 'Wrong participant',
    })
    expect(lastEntry()).toMatchObject({ act: 'void', reason: 'Wrong participant' })
    const change = (tx: Tx) =>
      updateRecord(tx, TEST_WRITER, 'visits', visit.id, 2, { code: 'M6' }, 'Typing error')
    expect(refusalOf(change)).toEqual({ code: 'voided', what: 'The record', reason: 'Wrong participant' })
  })

  it('a moved record is found in the history of its new place, which names the old one', () => {
    const other = seedRecords(test.db, study, `MEL-${500 + counter}`)
    const patch = { participantId: other.participant.id, code: 'M6' }
    write(tx =>
      moveRecord(tx, TEST_WRITER, 'visits', seeded.visit.id, 1, patch, 'Entered under the wrong number'),
    )
    expect(lastEntry()).toMatchObject({ act: 'move', subject: other.participant.number, visit: 'M6' })
    expect(JSON.parse(String(lastEntry().details))).toEqual({
      movedFrom: { site: 'MEL', subject: seeded.participant.number, visit: 'M1' },
    })
  })
})
