import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { participantStatuses } from '@/db/schema/visits'
import { type SeededStudy, seedStudy, seedUser } from '@/db/testing/factories'
import { seedEntry, writeIn } from '@/db/testing/seed-logs'
import { seedEnrolled, seedVisit } from '@/db/testing/seed-visits'
import { TWO_ARM_PROTOCOL } from '@/db/testing/small-protocol'
import { createTestDb, TEST_WRITER, type TestDb } from '@/db/testing/test-db'
import { insertRecord, replaceDerived, voidRecord } from '@/db/write'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import { loadPopulation } from './cohort-population'

const OPEN = { participantArms: true, resultsByArm: true, armsNamed: true }
const day = (text: string) => text as CalendarDate

let test: TestDb
let study: SeededStudy
beforeEach(() => {
  test = createTestDb()
  study = seedStudy(test.db)
})
afterEach(() => test.remove())

const load = (view = OPEN) =>
  loadPopulation(test.db, {
    studyId: study.id,
    protocol: study.protocol,
    view,
    dataCut: day('2026-01-01'),
    sites: 'all',
  })

function seedScreened(values: {
  number: string
  outcome: 'screenFailure' | 'declined'
  eligibility: Record<string, boolean>
}) {
  const siteId = study.sites.MEL
  if (siteId === undefined) throw new Error('no site')
  return writeIn(test, tx =>
    insertRecord(tx, TEST_WRITER, 'participants', {
      ...{ studyId: study.id, siteId, origin: 'entered', consentDate: day('2025-08-01') },
      ...values,
    }),
  )
}

describe('the facts of who was studied', () => {
  it('name the criteria that kept a person out, without those that an investigator overrode', () => {
    const { id } = seedScreened({
      number: 'MEL-001',
      outcome: 'screenFailure',
      eligibility: { I1: true, I2: false, E1: true },
    })
    const doctor = seedUser(test.db, { role: 'investigator', study })
    writeIn(test, tx =>
      insertRecord(tx, TEST_WRITER, 'eligibility_overrides', {
        participantId: id,
        criterion: 'I2',
        reason: 'two levels, one painful',
        decidedBy: doctor.userId,
        decidedOn: day('2025-08-02'),
      }),
    )
    expect(load().people).toMatchObject([
      { outcome: 'screenFailure', failedCriteria: ['E1'], screenedOn: '2025-08-01', allocated: false },
    ])
  })

  it('leave out who was voided, and count who asked for no further use', () => {
    const gone = seedEnrolled(test.db, study, { number: 'MEL-001', site: 'MEL' })
    const closed = seedEnrolled(test.db, study, { number: 'MEL-002', site: 'MEL' })
    seedEnrolled(test.db, study, { number: 'SYD-001', site: 'SYD' })
    writeIn(test, tx => {
      voidRecord(tx, TEST_WRITER, 'participants', gone, 1, 'registered twice')
      replaceDerived(tx, 'participant_statuses', eq(participantStatuses.participantId, closed), [
        { participantId: closed, status: 'withdrawn', restricted: true },
      ])
    })
    const { people, noFurtherUse } = load()
    expect(people.map(({ site }) => site)).toEqual(['SYD'])
    expect(noFurtherUse).toBe(1)
  })

  it('carry doses, harvests, departures with their cause, and what the logs say of before', () => {
    const id = seedEnrolled(test.db, study, { number: 'MEL-001', site: 'MEL' })
    seedEntry(test, id, 'harvests', { HARVEST_DATE: '2025-09-20', SOURCE: 'adipose' })
    seedEntry(test, id, 'departures', { KIND: 'lost', DATE: '2025-12', CAUSE: 'movedAway' })
    seedEntry(test, id, 'conditions', { TERM: 'Hypertension', SINCE: '2019' })
    seedEntry(test, id, 'medications', { CMTRT: 'Tramadol', CMSTDAT: '2025-01' })
    seedEntry(test, id, 'interventions', { PRCAT: 'ablation', PRSTDAT: null, PRTRT: 'L4' })
    seedEntry(test, id, 'adverseEvents', { AETERM: 'Fever', AESTDAT: '2025-10-17', AESER: true })
    const data = load()
    expect(data.people).toMatchObject([
      {
        doseDates: ['2025-10-16'],
        harvestDates: ['2025-09-20'],
        departures: [{ kind: 'lost', date: '2025-12', cause: 'movedAway' }],
        consentDates: ['2025-09-01'],
        age: 47,
        sex: 'female',
      },
    ])
    expect(data.conditions).toMatchObject([{ label: 'Hypertension', from: '2019' }])
    expect(data.medications).toMatchObject([{ label: 'Tramadol', from: '2025-01' }])
    expect(data.interventions).toMatchObject([{ kind: 'ablation', from: null }])
    expect(data.events).toMatchObject([{ onset: '2025-10-17', isSerious: true }])
  })

  it('carry the study’s own forms at baseline, and when visits that ask for them close', () => {
    const id = seedEnrolled(test.db, study, { number: 'MEL-001', site: 'MEL' })
    const forms = {
      EXAM: { BMI: { value: 24.5 } },
      nprs: { NPRS_AVG: { value: 6 }, NPRS_WORST: { value: 8 } },
    }
    seedVisit(test.db, study, id, { code: 'BL', date: '2025-10-01', forms })
    const data = load()
    expect(data.baselineForms).toMatchObject([
      { participant: id, visit: 'BL', form: 'EXAM', date: '2025-10-01', answers: { BMI: { value: 24.5 } } },
    ])
    expect(data.receipts).toEqual([{ participant: id, visit: 'BL', form: 'EXAM', date: '2025-10-01' }])
    expect(data.unscoredWindows.map(({ visit }) => visit).sort()).toEqual(['BL', 'M12'])
  })

  it('hand out what was given only to who may know each arm', () => {
    study = seedStudy(test.db, TWO_ARM_PROTOCOL)
    seedEnrolled(test.db, study, { number: 'MEL-001', site: 'MEL' })
    expect(load().doses).toMatchObject([{ plan: 'DOSE1' }])
    expect(load({ ...OPEN, participantArms: false }).doses).toBeNull()
    expect(load({ ...OPEN, armsNamed: false }).doses).toBeNull()
    expect(load({ ...OPEN, resultsByArm: false }).doses).toBeNull()
  })
})

describe('the day on which a visit was first entered', () => {
  // 20:00 UTC on 2 October is the morning of the 3rd in Melbourne.
  const at = '2025-10-02T20:00:00.000Z'

  it('is the day at the site', () => {
    const coordinator = seedUser(test.db, { role: 'coordinator', study, site: 'MEL' })
    const id = seedEnrolled(test.db, study, { number: 'MEL-001', site: 'MEL' })
    const writer = { ...TEST_WRITER, userId: coordinator.userId, now: at }
    writeIn(test, tx =>
      insertRecord(tx, writer, 'visits', { participantId: id, code: 'BL', visitDate: day('2025-10-01') }),
    )
    expect(load().visits).toEqual([
      { participant: id, visit: 'BL', date: '2025-10-01', isMissed: false, enteredOn: '2025-10-03' },
    ])
  })

  it('is not known of a visit that the operator imported', () => {
    const id = seedEnrolled(test.db, study, { number: 'MEL-001', site: 'MEL' })
    seedVisit(test.db, study, id, { code: 'BL', date: '2025-10-01', forms: {} })
    expect(load().visits).toMatchObject([{ date: '2025-10-01', enteredOn: null }])
  })
})
