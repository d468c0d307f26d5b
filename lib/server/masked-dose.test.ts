import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { treatments } from '@/db/schema/participants'
import { contextFor, type SeededUser, seedStudy, seedUser } from '@/db/testing/factories'
import { seedEnrolled } from '@/db/testing/seed-visits'
import { TWO_ARM_PROTOCOL } from '@/db/testing/small-protocol'
import { createTestDb, type TestDb } from '@/db/testing/test-db'
import { CorrectTreatment, RecordTreatment } from '@/lib/schemas/treatments'
import { readDosePage } from './dose-view'
import { correctTreatment, recordTreatment } from './treatments'

let test: TestDb
let masked: SeededUser

/** A study that masks site staff, one participant, nothing given. Today is 16 Apr 2026. */
beforeEach(() => {
  test = createTestDb()
  const study = seedStudy(test.db, TWO_ARM_PROTOCOL)
  masked = seedUser(test.db, { role: 'coordinator', study })
  const person = { number: 'MEL-001', site: 'MEL', consentDate: '2025-01-02', dosedOn: null }
  seedEnrolled(test.db, study, person)
})
afterEach(() => test.remove())

const ctx = () => contextFor(test.db, masked)
const page = (dose: string) => readDosePage(ctx(), { study: 'TWOARM', number: 'MEL-001', dose })
const typed = { study: 'TWOARM', number: 'MEL-001' }
const give = (plan: string, patch: object = {}) =>
  recordTreatment(ctx(), RecordTreatment.parse({ ...typed, plan, givenOn: '1 Oct 2025', ...patch }))
const CODES = new RegExp(TWO_ARM_PROTOCOL.treatments.map(({ code }) => code).join('|'))
const NOT_FOUND = { ok: false, error: { code: 'notFound', what: 'The dose' } }

describe('to who may not know arms (D5)', () => {
  it('the dose to come stands at a neutral address; codes of treatments, real or not, are not found alike', () => {
    expect(page('next')).toMatchObject({
      ok: true,
      value: { meant: '1', dose: null, plan: { name: 'Dose 1' } },
    })
    for (const code of [...TWO_ARM_PROTOCOL.treatments.map(one => one.code), 'NOSUCH', '1', '2'])
      expect(page(code), code).toEqual(NOT_FOUND)
  })

  it('a dose is recorded by its number; codes are not found, and one given twice is refused', () => {
    for (const code of [...TWO_ARM_PROTOCOL.treatments.map(one => one.code), 'NOSUCH', '2', '0'])
      expect(give(code), code).toEqual(NOT_FOUND)
    expect(give('1')).toMatchObject({ ok: true })
    expect(test.db.select().from(treatments).get()?.plan).toBe(TWO_ARM_PROTOCOL.treatments[0]?.code)
    const again = give('1')
    expect(again).toMatchObject({ error: { fields: [{ field: 'plan', value: '1' }] } })
    expect(JSON.stringify(again)).not.toMatch(CODES)
    expect(page('1')).toMatchObject({ ok: true, value: { meant: '1' } })
    expect(page('next')).toMatchObject({ ok: true, value: { meant: '2', plan: { name: 'Dose 2' } } })
  })

  it('questions about it are asked and confirmed without the code, when recorded and when corrected', () => {
    expect(give('1')).toMatchObject({ ok: true })
    const early = { givenOn: '1 Nov 2025', conditionMet: 'yes' }
    const asked = give('2', early)
    if (asked.ok || asked.error.code !== 'unanswered') throw new Error(JSON.stringify(asked))
    expect(JSON.stringify(asked)).not.toMatch(CODES)
    const confirm = asked.error.questions.map(({ code }) => code)
    expect(give('2', { ...early, confirm })).toMatchObject({ ok: true })
    const second = test.db.select().from(treatments).all()[1]
    expect(second?.confirmations).toEqual({ [`earlyDose:${second?.plan}`]: 'asMarked' })
    const change = { ...typed, plan: '2', version: '1', reason: 'Typing error', conditionMet: 'yes' }
    const correction = (patch: object) =>
      correctTreatment(ctx(), CorrectTreatment.parse({ ...change, givenOn: '2 Nov 2025', ...patch }))
    const again = correction({})
    if (again.ok || again.error.code !== 'unanswered') throw new Error(JSON.stringify(again))
    expect(JSON.stringify(again)).not.toMatch(CODES)
    expect(correction({ confirm: again.error.questions.map(({ code }) => code) })).toMatchObject({ ok: true })
  })
})
