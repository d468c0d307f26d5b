import { afterEach, beforeEach, expect, it } from 'vitest'
import { addParticipant } from '@/db/commands/participants'
import { type SeededStudy, seedStudy } from '@/db/testing/factories'
import { createTestDb, TEST_WRITER, type TestDb } from '@/db/testing/test-db'
import { nextFreeNumber } from './participants'

let test: TestDb
let study: SeededStudy
beforeEach(() => {
  test = createTestDb()
  study = seedStudy(test.db)
})
afterEach(() => test.remove())

const siteId = () => study.sites.MEL as NonNullable<SeededStudy['sites'][string]>
const next = () => nextFreeNumber(test.db, { id: siteId(), studyId: study.id, code: 'MEL' })

function take(number: string): void {
  const person = {
    studyId: study.id,
    siteId: siteId(),
    number,
    origin: 'imported',
    outcome: 'enrolled',
    eligibility: {},
    confirmations: {},
  } as const
  test.db.transaction(tx => addParticipant(tx, TEST_WRITER, person), { behavior: 'immediate' })
}

it('the next number of a site follows the highest running number', () => {
  expect(next()).toBe('MEL-001')
  take('MEL-009')
  expect(next()).toBe('MEL-010')
  take('MEL-999')
  expect(next()).toBe('MEL-1000')
})

it('is free although a file brought labels that look like numbers, of any length', () => {
  take('MEL-999999999')
  expect(next()).toBe('MEL-001')
  take('MEL-001')
  take('MEL-999999')
  expect(next()).toBe('MEL-1000000')
  take('MEL-1000000')
  expect(next()).toBe('MEL-1000001')
})
