import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { compareReplay } from '@/db/replay'
import { treatments } from '@/db/schema/participants'
import { scheduledVisits } from '@/db/schema/visits'
import { contextFor, type SeededStudy, type SeededUser, seedStudy, seedUser } from '@/db/testing/factories'
import { SMALL_PROTOCOL } from '@/db/testing/small-protocol'
import { createTestDb, TEST_WRITER, type TestDb } from '@/db/testing/test-db'
import { insertRecord } from '@/db/write'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { AppError } from '@/lib/domain/shared/errors'
import type { Result } from '@/lib/domain/shared/result'
import { CorrectTreatment, RecordTreatment } from '@/lib/schemas/treatments'
import { correctTreatment, recordTreatment } from './treatments'

const day = (text: string) => text as CalendarDate
const cells = { value: 10, unit: 'million cells' }
const PROTOCOL = {
  ...SMALL_PROTOCOL,
  treatments: SMALL_PROTOCOL.treatments.map(plan => ({ ...plan, dose: cells })),
}

let test: TestDb
let study: SeededStudy
let coordinator: SeededUser

beforeEach(() => {
  test = createTestDb()
  study = seedStudy(test.db, PROTOCOL)
  coordinator = seedUser(test.db, { role: 'coordinator', study })
  const siteId = Object.values(study.sites)[0]
  if (!siteId) throw new Error('no site')
  test.db.transaction(tx =>
    insertRecord(tx, TEST_WRITER, 'participants', {
      studyId: study.id,
      siteId,
      number: 'MEL-001',
      origin: 'entered',
      outcome: 'enrolled',
      consentDate: day('2025-01-10'),
      eligibility: {},
    }),
  )
})
afterEach(() => test.remove())

const ABOUT = { study: 'SMALL', number: 'MEL-001', plan: 'DOSE1' }
const DETAILS = {
  PRODUCT: ['adipose'],
  ORIGIN: ['donor'],
  DONOR: ['D-0042'],
  LOT: ['LOT 7/25'],
  CELL_COUNT: ['12.5'],
  VIABILITY: ['93'],
  AMOUNT: ['10'],
  VOLUME: ['1'],
  GUIDANCE: ['fluoroscopy'],
  OPERATOR: ['GM'],
}
type Form = Record<string, unknown>
const record = (form: Form = {}, actor = coordinator) =>
  recordTreatment(
    contextFor(test.db, actor),
    RecordTreatment.parse({
      ...ABOUT,
      givenOn: '28 Feb 2025',
      location: 'L4/L5, L5/S1',
      answers: DETAILS,
      ...form,
    }),
  )
const correct = (form: Form, actor = coordinator) =>
  correctTreatment(
    contextFor(test.db, actor),
    CorrectTreatment.parse({
      ...ABOUT,
      plan: '1',
      givenOn: '28 Feb 2025',
      location: 'L4/L5; L5/S1',
      answers: DETAILS,
      version: '1',
      ...form,
    }),
  )
const stored = () => test.db.select().from(treatments).all()

function refused(result: Result<unknown, AppError>): AppError {
  if (result.ok) throw new Error('it was accepted')
  return result.error
}

describe('what is recorded of a dose', () => {
  it('holds product, origin, donor, lot, count, viability, amount, volume, guidance, operator and every level', () => {
    expect(record().ok).toBe(true)
    expect(stored()[0]).toMatchObject({
      location: 'L4/L5; L5/S1',
      details: {
        PRODUCT: { value: 'adipose' },
        ORIGIN: { value: 'donor' },
        DONOR: { value: 'D-0042' },
        LOT: { value: 'LOT 7/25' },
        CELL_COUNT: { value: 12.5 },
        VIABILITY: { value: 93 },
        AMOUNT: { value: 10 },
        VOLUME: { value: 1 },
        GUIDANCE: { value: 'fluoroscopy' },
        OPERATOR: { value: 'GM' },
      },
    })
    expect(compareReplay(test.db)).toEqual([])
  })

  it.each<[string, string, string[], RegExp]>([
    ['a product that is none', 'PRODUCT', ['bone'], /must be one of/],
    ['donor cells without a donor', 'DONOR', [''], /Donor number/],
    ['an origin that is none', 'ORIGIN', ['own'], /must be one of/],
    ['a count below zero', 'CELL_COUNT', ['-1'], /from 0 to/],
    ['a count that is no number', 'CELL_COUNT', ['many'], /number/],
    ['a viability above 100', 'VIABILITY', ['101'], /from 0 to 100/],
    ['a decimal comma', 'VOLUME', ['1,5'], /decimal point/],
    ['an amount below zero', 'AMOUNT', ['-10'], /from 0/],
    ['a guidance that is none', 'GUIDANCE', ['feel'], /must be one of/],
    ['two operators', 'OPERATOR', ['GM', 'HK'], /several values/],
    ['a lot that is too long', 'LOT', ['x'.repeat(2001)], /2001 characters/],
  ])('refuses %s beside its field and stores nothing', (_, field, texts, text) => {
    const error = refused(record({ answers: { ...DETAILS, [field]: texts } }))
    if (error.code !== 'invalidInput') throw new Error(error.code)
    expect(error.fields.map(problem => problem.field)).toEqual([`answers.${field}`])
    expect(error.fields[0]?.text).toMatch(text)
    expect(stored()).toEqual([])
  })

  it('refuses places without a separator, and says how to part them', () => {
    const error = refused(record({ location: 'L4/L5 and also L5/S1 left' }))
    if (error.code !== 'invalidInput') throw new Error(error.code)
    expect(error.fields[0]).toMatchObject({ field: 'location', value: 'L4/L5 and also L5/S1 left' })
  })

  it('asks about an amount that is not the planned one, and about free text that names a person', () => {
    const form = { answers: { ...DETAILS, AMOUNT: ['1'], OPERATOR: ['Dr Smith'] } }
    const error = refused(record(form))
    if (error.code !== 'unanswered') throw new Error(error.code)
    expect(error.questions.map(question => question.fields)).toEqual([
      ['answers.AMOUNT'],
      ['answers.OPERATOR'],
    ])
    expect(stored()).toEqual([])
    expect(record({ ...form, confirm: error.questions.map(({ code }) => code) }).ok).toBe(true)
    expect(Object.keys(stored()[0]?.confirmations ?? {})).toEqual([
      'doseAmount:DOSE1',
      'identifier:answers.OPERATOR',
    ])
  })
})

describe('correcting a dose', () => {
  beforeEach(() => {
    expect(record().ok).toBe(true)
  })

  it('wants a reason, then changes what was wrong and derives the windows again', () => {
    expect(refused(correct({ givenOn: '1 Mar 2025' })).code).toBe('reasonRequired')
    expect(correct({ givenOn: '1 Mar 2025', reason: 'Typing error' }).ok).toBe(true)
    expect(stored()[0]).toMatchObject({ givenOn: '2025-03-01', rowVersion: 2 })
    const month1 = test.db
      .select()
      .from(scheduledVisits)
      .all()
      .find(row => row.visit === 'M1')
    expect(month1?.target).toBe('2025-04-01')
    expect(compareReplay(test.db)).toEqual([])
  })

  it('writes nothing where nothing differs', () => {
    expect(correct({}).ok).toBe(true)
    expect(stored()[0]?.rowVersion).toBe(1)
  })

  it('shows both values where somebody else changed it meanwhile', () => {
    expect(correct({ answers: { ...DETAILS, LOT: ['LOT 8/25'] }, reason: 'Wrong lot' }).ok).toBe(true)
    const error = refused(correct({ answers: { ...DETAILS, LOT: ['LOT 9/25'] }, reason: 'Wrong lot' }))
    if (error.code !== 'conflict') throw new Error(error.code)
    expect(error.fields).toMatchObject([
      { field: 'answers.LOT', label: 'Lot', yours: 'LOT 9/25', stored: 'LOT 8/25' },
    ])
    expect(stored()[0]?.details.LOT).toEqual({ value: 'LOT 8/25' })
  })

  it('is the coordinator’s alone', () => {
    for (const role of ['monitor', 'investigator', 'statistician', 'dataManager'] as const) {
      const result = correct({ givenOn: '1 Mar 2025', reason: 'x' }, seedUser(test.db, { role, study }))
      expect(refused(result).code).toMatch(/notAllowed|notFound/)
    }
    const other = seedUser(test.db, {
      role: 'coordinator',
      study: seedStudy(test.db, {
        ...PROTOCOL,
        study: { ...PROTOCOL.study, code: 'OTHER' },
      }),
    })
    expect(refused(correct({ givenOn: '1 Mar 2025', reason: 'x' }, other)).code).toBe('notFound')
  })
})
