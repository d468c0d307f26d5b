import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { Tx } from './client'
import { type SeededStudy, seedStudy } from './testing/factories'
import { seedRecords } from './testing/seed-records'
import { createTestDb, TEST_WRITER, type TestDb } from './testing/test-db'
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

const { write, refusalOf } = makeWriteDesk(() => test)

describe('A3 a stored value changes only with a reason', () => {
  const visitDate = '2026-01-20' as CalendarDate
  it.each([[null], [''], ['  \n']])('refuses the reason %j and writes nothing', reason => {
    const { visit } = seeded
    expect(
      refusalOf(tx => updateRecord(tx, TEST_WRITER, 'visits', visit.id, 1, { visitDate }, reason)),
    ).toEqual({
      code: 'reasonRequired',
      fields: ['visitDate'],
    })
  })

  it('needs none for a first value', () => {
    const { visit } = seeded
    const after = write(tx =>
      updateRecord(tx, TEST_WRITER, 'visits', visit.id, 1, { missedReason: 'declined' }, null),
    )
    expect(after).toMatchObject({ missedReason: 'declined', rowVersion: 2 })
  })

  it('voids and moves only with a reason', () => {
    const other = seedRecords(test.db, study, `MEL-${500 + counter}`)
    const { id } = seeded.visit
    expect(refusalOf(tx => voidRecord(tx, TEST_WRITER, 'visits', id, 1, ' ')).code).toBe('reasonRequired')
    const patch = { participantId: other.participant.id, code: 'M6' }
    expect(refusalOf(tx => moveRecord(tx, TEST_WRITER, 'visits', id, 1, patch, '')).code).toBe(
      'reasonRequired',
    )
  })
})

describe('C2 a stale save', () => {
  it('is refused with both values, by whom and when', () => {
    const { visit } = seeded
    const by = { ...TEST_WRITER, name: 'Ann', now: '2026-04-16T09:00:00.000Z' }
    const first = '2026-01-20' as CalendarDate
    const second = '2026-01-21' as CalendarDate
    write(tx => updateRecord(tx, by, 'visits', visit.id, 1, { visitDate: first }, 'Typing error'))
    const stale = (tx: Tx) =>
      updateRecord(tx, TEST_WRITER, 'visits', visit.id, 1, { visitDate: second }, 'Typing error')
    expect(refusalOf(stale)).toEqual({
      code: 'conflict',
      fields: [{ field: 'visitDate', yours: second, stored: first }],
      storedVersion: 2,
      changedBy: 'Ann',
      changedAt: '2026-04-16T09:00:00.000Z',
    })
  })
})
