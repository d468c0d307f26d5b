import { afterEach, beforeEach, expect, it } from 'vitest'
import { contextFor, seedStudy, seedUser } from '@/db/testing/factories'
import { seedOutcomes } from '@/db/testing/seed-outcomes'
import { SMALL_PROTOCOL } from '@/db/testing/small-protocol'
import { createTestDb, type TestDb } from '@/db/testing/test-db'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import { SaveVisit } from '@/lib/schemas/visits'
import { saveVisit } from './visits'

const field = { code: 'COMMENT', label: 'Comment', type: 'text' as const }
const PROTOCOL: Protocol = {
  ...SMALL_PROTOCOL,
  forms: SMALL_PROTOCOL.forms.map(form => ({ ...form, fields: [...form.fields, field] })),
}

let test: TestDb
beforeEach(() => {
  test = createTestDb()
})
afterEach(() => test.remove())

it.each([2001, 6000])('a text of %i characters is refused with its length, never cut', length => {
  const study = seedStudy(test.db, PROTOCOL)
  seedOutcomes(test.db, study, [
    { number: 'MEL-001', enrolledOn: '2026-02-20', doses: { DOSE1: '2026-03-10' } },
  ])
  const who = seedUser(test.db, { role: 'coordinator', study, site: 'MEL', name: 'First' })
  const input = SaveVisit.safeParse({
    ...{ study: PROTOCOL.study.code, number: 'MEL-001', visit: 'BL' },
    '~visit': { date: ['1 Mar 2026'] },
    EXAM: { BMI: ['24'], COMMENT: ['x'.repeat(length)] },
  })
  if (!input.success) throw new Error(input.error.message)
  const saved = saveVisit(contextFor(test.db, who), input.data)
  if (saved.ok || saved.error.code !== 'invalidInput') throw new Error('not refused')
  expect(saved.error.fields).toMatchObject([
    { field: 'EXAM.COMMENT', text: expect.stringContaining(`${length} characters; shorten it to 2000`) },
  ])
})
