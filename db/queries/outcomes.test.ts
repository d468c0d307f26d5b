import { eq } from 'drizzle-orm'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { assessments, visits } from '@/db/schema/visits'
import { type SeededStudy, seedStudy } from '@/db/testing/factories'
import { seedOutcomes } from '@/db/testing/seed-outcomes'
import { SMALL_PROTOCOL, TWO_ARM_PROTOCOL } from '@/db/testing/small-protocol'
import { createTestDb, TEST_WRITER, type TestDb } from '@/db/testing/test-db'
import { voidRecord } from '@/db/write'
import { loadCohort } from './outcomes'

const OPEN = { participantArms: true, resultsByArm: true, armsNamed: true }
const CLOSED = { participantArms: true, resultsByArm: false, armsNamed: false }

let test: TestDb
let study: SeededStudy
const load = (view = OPEN) => loadCohort(test.db, { studyId: study.id, protocol: study.protocol, view })

beforeEach(() => {
  test = createTestDb()
})
afterEach(() => test.remove())

const TREATED = {
  number: 'MEL-001',
  enrolledOn: '2024-04-10',
  arm: 'ACTIVE',
  allocatedOn: '2024-04-11',
  doses: { DOSE2: '2024-11-20', DOSE1: '2024-05-02' },
  visits: {
    BL: { date: '2024-04-18', forms: { nprs: { NPRS_AVG: 7, NPRS_WORST: 'declined' }, odi: { ODI: 42 } } },
    M1: { missed: 'declined' },
  },
}

describe('the facts of a cohort', () => {
  it('name site, subject, dates, doses in order and the real day zero', () => {
    study = seedStudy(test.db)
    seedOutcomes(test.db, study, [TREATED])
    expect(load().participants).toMatchObject([
      {
        subject: 'MEL-001',
        site: 'MEL',
        arm: 'ACTIVE',
        enrolled: true,
        allocated: true,
        allocatedOn: '2024-04-11',
        dayZero: '2024-05-02',
        doses: [
          { treatment: 'DOSE1', date: '2024-05-02' },
          { treatment: 'DOSE2', date: '2024-11-20' },
        ],
        imported: false,
      },
    ])
  })

  it('carry values with their date, reasons, declared missed visits and windows', () => {
    study = seedStudy(test.db)
    seedOutcomes(test.db, study, [TREATED])
    const data = load()
    expect(data.scores).toHaveLength(3)
    expect(data.scores).toContainEqual({
      participant: data.participants[0]?.participant,
      visit: 'BL',
      parameter: 'NPRS_AVG',
      value: 7,
      missingReason: null,
      date: '2024-04-18',
      beforeTreatment: false,
      location: null,
      laterality: null,
      repeat: 1,
    })
    expect(data.scores.find(score => score.parameter === 'NPRS_WORST')).toMatchObject({
      value: null,
      missingReason: 'declined',
    })
    expect(data.missedVisits).toMatchObject([{ visit: 'M1', reason: 'declined' }])
    expect(data.schedule.map(({ visit, target }) => [visit, target])).toEqual([
      ['BL', '2024-04-18'],
      ['M1', '2024-06-02'],
      ['M6', '2024-11-02'],
      ['M12', '2025-05-02'],
    ])
  })

  it('carry every digit of a value, and texts with whatever stands in them', () => {
    const doubles = fc.sample(fc.double({ noNaN: true, noDefaultInfinity: true }), { numRuns: 1500, seed: 7 })
    const fractions = Array.from({ length: 500 }, (_, index) => (index + 1) / 7)
    const values = [...doubles, ...fractions, Number.MAX_VALUE, Number.MIN_VALUE].map(value => value + 0)
    const declined = 'declined, "for now"\\\n'
    const scored = Object.fromEntries(values.map((value, index) => [`P${index}`, value]))
    study = seedStudy(test.db)
    seedOutcomes(test.db, study, [
      { number: 'MEL-001', visits: { BL: { forms: { nprs: { ...scored, WHY: declined } } } } },
    ])
    const read = new Map(load().scores.map(score => [score.parameter, score]))
    expect(values.map((_, index) => read.get(`P${index}`)?.value)).toEqual(values)
    expect(read.get('WHY')?.missingReason).toBe(declined)
  })

  it('flag who failed screening or declined, and leave them without a schedule', () => {
    study = seedStudy(test.db)
    seedOutcomes(test.db, study, [
      { number: 'MEL-001', outcome: 'screenFailure' },
      { number: 'MEL-002', outcome: 'declined' },
    ])
    const data = load()
    expect(data.participants.map(({ enrolled }) => enrolled)).toEqual([false, false])
    expect(data.schedule).toEqual([])
  })

  it('lack what was voided: a form, and all forms of a voided visit', () => {
    study = seedStudy(test.db)
    seedOutcomes(test.db, study, [TREATED, { ...TREATED, number: 'MEL-002' }])
    test.db.transaction(tx => {
      const form = tx.select().from(assessments).where(eq(assessments.form, 'odi')).get()
      const visit = tx.select().from(visits).where(eq(visits.code, 'BL')).all().at(-1)
      if (!form || !visit) throw new Error('not seeded')
      voidRecord(tx, TEST_WRITER, 'assessments', form.id, form.rowVersion, 'entered in error')
      voidRecord(tx, TEST_WRITER, 'visits', visit.id, visit.rowVersion, 'entered in error')
    })
    expect(
      load()
        .scores.map(score => score.parameter)
        .sort(),
    ).toEqual(['NPRS_AVG', 'NPRS_WORST'])
  })

  it('belong to the study asked for', () => {
    study = seedStudy(test.db, TWO_ARM_PROTOCOL)
    seedOutcomes(test.db, study, [TREATED])
    study = seedStudy(test.db, SMALL_PROTOCOL)
    expect(load()).toEqual({ participants: [], schedule: [], scores: [], missedVisits: [] })
  })
})

describe('a reader to whom results by arm are closed', () => {
  it('gets no arm anywhere, nor the code of a treatment that could tell it, yet learns who was allocated', () => {
    study = seedStudy(test.db, TWO_ARM_PROTOCOL)
    seedOutcomes(test.db, study, [TREATED, { ...TREATED, number: 'MEL-002', arm: 'SHAM' }])
    const data = load(CLOSED)
    expect(JSON.stringify(data)).not.toMatch(/ACTIVE|SHAM|DOSE\d/)
    expect(data.participants).toMatchObject([
      { arm: null, allocated: true, dayZero: '2024-04-11' },
      { arm: null, allocated: true, dayZero: '2024-04-11' },
    ])
    expect(load(OPEN).participants.map(({ arm }) => arm)).toEqual(['ACTIVE', 'SHAM'])
  })
})
