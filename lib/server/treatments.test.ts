import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { compareReplay } from '@/db/replay'
import { auditEntries } from '@/db/schema/audit'
import { allocations, treatments } from '@/db/schema/participants'
import { assessments, scheduledVisits, visits } from '@/db/schema/visits'
import { contextFor, type SeededStudy, type SeededUser, seedStudy, seedUser } from '@/db/testing/factories'
import { TWO_ARM_PROTOCOL } from '@/db/testing/small-protocol'
import { createTestDb, TEST_WRITER, type TestDb } from '@/db/testing/test-db'
import { insertRecord } from '@/db/write'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { AppError } from '@/lib/domain/shared/errors'
import type { Result } from '@/lib/domain/shared/result'
import type { RecordTreatmentInput } from '@/lib/schemas/treatments'
import { SaveVisit } from '@/lib/schemas/visits'
import { recordAllocation } from './allocations'
import { readSummary } from './cohort'
import { operatorContext } from './context'
import { readParticipant } from './participant-record'
import { openParticipant, registerParticipant } from './participants'
import { recordTreatment, voidTreatment } from './treatments'
import { saveVisit } from './visits'

const day = (text: string) => text as CalendarDate

let test: TestDb
let study: SeededStudy
let coordinator: SeededUser
let number: string

beforeEach(() => {
  test = createTestDb()
  study = seedStudy(test.db)
  coordinator = seedUser(test.db, { role: 'coordinator', study })
  number = registered(coordinator, 'SMALL')
})
afterEach(() => test.remove())

function registered(actor: SeededUser, code: string): string {
  const result = registerParticipant(contextFor(test.db, actor), {
    study: code,
    site: 'MEL',
    consentVersion: '1.0',
    consentDate: day('2025-01-10'),
    screenedOn: null,
    eligibility: { I1: true, I2: true, E1: false },
    takesPart: true,
    ageAtConsent: 41,
    sex: 'male',
    diagnosis: null,
    painType: null,
    painDurationMonths: null,
    level: null,
    previousTreatment: null,
    plannedDayZero: day('2025-02-01'),
    rescreenOf: null,
    confirm: [],
  })
  return accepted(result).number
}

const FIRST: Omit<RecordTreatmentInput, 'number'> = {
  study: 'SMALL',
  plan: 'DOSE1',
  givenOn: day('2025-02-28'),
  location: 'L4/L5',
  conditionMet: null,
  before: {},
  answers: {},
  confirm: [],
}
const SECOND = { ...FIRST, plan: 'DOSE2', givenOn: day('2025-08-28'), conditionMet: true }

const record = (patch: Partial<RecordTreatmentInput> = {}, actor: SeededUser = coordinator) =>
  recordTreatment(contextFor(test.db, actor), { ...FIRST, number, ...patch })

function accepted<T>(result: Result<T, AppError>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}

function refused(result: Result<unknown, AppError>): AppError {
  if (result.ok) throw new Error('it was accepted')
  return result.error
}

function wrongFields(result: Result<unknown, AppError>): string[] {
  const error = refused(result)
  return error.code === 'invalidInput' ? error.fields.map(field => field.field) : [error.code]
}

const schedule = () =>
  Object.fromEntries(
    test.db
      .select()
      .from(scheduledVisits)
      .all()
      .map(row => [row.visit, [row.target, row.provisional]]),
  )

describe('the first dose', () => {
  it('makes day zero real: windows are derived again, entered visits do not move', () => {
    const { participant } = accepted(
      openParticipant(contextFor(test.db, coordinator), 'SMALL', number, 'enterVisit'),
    )
    test.db.transaction(tx => {
      insertRecord(tx, TEST_WRITER, 'visits', {
        participantId: participant.id,
        code: 'BL',
        visitDate: day('2025-01-20'),
      })
    })
    expect(schedule()).toMatchObject({ M1: ['2025-03-01', true] })
    accepted(record())
    expect(schedule()).toMatchObject({
      BL: ['2025-02-14', false],
      M1: ['2025-03-28', false],
      M6: ['2025-08-28', false],
    })
    expect(test.db.select({ date: visits.visitDate }).from(visits).all()).toEqual([{ date: '2025-01-20' }])
  })

  it.each([
    ['before consent', { givenOn: day('2025-01-09') }, ['givenOn']],
    ['after today at the site', { givenOn: day('2026-04-17') }, ['givenOn']],
    ['of a plan that is not in the protocol', { plan: 'DOSE9' }, ['plan']],
  ])('%s is refused', (_name, patch, fields) => {
    expect(wrongFields(record(patch))).toEqual(fields)
  })

  it('is recorded once', () => {
    accepted(record())
    expect(wrongFields(record({ givenOn: day('2025-03-01') }))).toEqual(['plan'])
  })

  it('of one submission sent twice is stored once, with the same answer (C2)', () => {
    const ctx = contextFor(test.db, coordinator, { submissionKey: 'k1' })
    const first = accepted(recordTreatment(ctx, { ...FIRST, number }))
    expect(accepted(recordTreatment(ctx, { ...FIRST, number }))).toEqual(first)
    expect(test.db.select().from(treatments).all()).toHaveLength(1)
  })
})

describe('forms dated on the day of the dose', () => {
  const enterBaseline = (date: string, fields: Record<string, unknown> = {}) =>
    accepted(
      saveVisit(
        contextFor(test.db, coordinator),
        SaveVisit.parse({
          ...{ study: 'SMALL', number, visit: 'BL', '~visit': { date: [date] } },
          ...{ nprs: { NPRS_AVG: ['7'], NPRS_WORST: ['8'] }, ...fields },
        }),
      ),
    )
  const rows = () => test.db.select().from(assessments).all()
  const baseline = () => {
    const operator = operatorContext(test.db)
    const { parameters } = accepted(readSummary(operator, { study: 'SMALL' }))
    return parameters.find(({ parameter }) => parameter === 'NPRS_AVG')?.arms[0]?.visits[0]?.n
  }
  const improved = () => accepted(readParticipant(contextFor(test.db, coordinator), 'SMALL', number))

  const give = (patch: Partial<RecordTreatmentInput> = {}) => record({ givenOn: day('2025-01-31'), ...patch })

  it('are unknown until then, neither before nor after', () => {
    enterBaseline('31 Jan 2025')
    expect(rows()[0]?.beforeTreatment).toBeNull()
  })

  it('are asked about, yes or no: a confirmation does not answer it, nor an answer about another day', () => {
    enterBaseline('31 Jan 2025')
    const asked = refused(give())
    expect(asked).toEqual({
      code: 'unanswered',
      questions: [
        {
          code: 'dosingDay:2025-01-31',
          fields: ['before.2025-01-31'],
          text: 'Check: NPRS of 31 Jan 2025. Were these taken before the dose?',
        },
      ],
    })
    expect(refused(give({ confirm: ['dosingDay:2025-01-31'] }))).toEqual(asked)
    expect(refused(give({ before: { '2025-01-30': true } }))).toEqual(asked)
    expect(test.db.select().from(treatments).all()).toEqual([])
  })

  it('taken before it are the baseline, by page and by cohort alike; the answer is in the audit with its reason', () => {
    enterBaseline('31 Jan 2025')
    accepted(give({ before: { '2025-01-31': true } }))
    expect(rows()[0]?.beforeTreatment).toBe(true)
    const last = test.db
      .select()
      .from(auditEntries)
      .where(eq(auditEntries.entity, 'assessments'))
      .all()
      .at(-1)
    expect(last?.reason).toBe('Answered when the dose of 31 Jan 2025 was recorded')
    expect(JSON.parse(last?.changes ?? '')).toEqual({ beforeTreatment: [null, true] })
    expect(improved().trends[0]).toMatchObject({ baseline: 7 })
    expect(improved().withoutBaseline).not.toContain('Average pain')
    expect(baseline()).toBe(1)
    expect(compareReplay(test.db)).toEqual([])
  })

  it('taken after it are none, and the page says what a treated participant has no baseline of', () => {
    enterBaseline('31 Jan 2025')
    expect(improved().withoutBaseline).toEqual([])
    accepted(give({ before: { '2025-01-31': false } }))
    expect(improved().trends[0]).toMatchObject({ baseline: null })
    expect(improved().withoutBaseline).toEqual(expect.arrayContaining(['Average pain', 'Worst pain']))
  })

  it('of another day, or not done, are not asked about', () => {
    enterBaseline('30 Jan 2025', { odi: { '~notDone': ['declined'], '~date': ['31 Jan 2025'] } })
    accepted(give())
    expect(rows().map(row => row.beforeTreatment)).toEqual([null, null])
  })

  it('keep their answer when the dose is voided and recorded again', () => {
    enterBaseline('31 Jan 2025')
    accepted(give({ before: { '2025-01-31': true } }))
    const id = test.db.select().from(treatments).get()?.id ?? 0
    const input = { study: 'SMALL', number, treatmentId: id, version: 1, confirm: [], reason: 'Wrong level' }
    accepted(voidTreatment(contextFor(test.db, coordinator), input))
    accepted(give())
    expect(rows()[0]?.beforeTreatment).toBe(true)
  })
})

describe('the second dose', () => {
  it('moves no window', () => {
    accepted(record())
    const before = schedule()
    accepted(record(SECOND))
    expect(schedule()).toEqual(before)
    expect(test.db.select().from(treatments).all().at(-1)).toMatchObject({
      conditionMet: true,
      confirmations: {},
    })
  })

  it('needs the first, a later date and an answer to its condition', () => {
    expect(wrongFields(record(SECOND))).toEqual(['plan'])
    accepted(record())
    expect(wrongFields(record({ ...SECOND, givenOn: FIRST.givenOn }))).toEqual(['givenOn'])
    expect(wrongFields(record({ ...SECOND, conditionMet: null }))).toEqual(['conditionMet'])
  })

  it('a day before 6 months is asked about; the confirmation is recorded', () => {
    accepted(record())
    const early = { ...SECOND, givenOn: day('2025-08-27') }
    const asked = refused(record(early))
    if (asked.code !== 'unanswered') throw new Error(asked.code)
    accepted(record({ ...early, confirm: asked.questions.map(question => question.code) }))
    expect(test.db.select().from(treatments).all().at(-1)?.confirmations).toEqual({
      'earlyDose:DOSE2': 'asMarked',
    })
  })

  it('without its condition is asked about', () => {
    accepted(record())
    expect(refused(record({ ...SECOND, conditionMet: false })).code).toBe('unanswered')
  })
})

describe('a dose entered in error', () => {
  const takeBack = (id: number, reason: string | null, actor: SeededUser = coordinator) =>
    voidTreatment(contextFor(test.db, actor), {
      study: 'SMALL',
      number,
      treatmentId: id,
      version: 1,
      confirm: [],
      reason,
    })

  it('leaves with a reason, and the windows follow the planned day zero again', () => {
    accepted(record())
    const id = test.db.select().from(treatments).get()?.id ?? 0
    expect(refused(takeBack(id, null)).code).toBe('reasonRequired')
    accepted(takeBack(id, 'Entered for the wrong participant'))
    expect(schedule()).toMatchObject({ M1: ['2025-03-01', true] })
    accepted(record({ givenOn: day('2025-03-02') }))
    expect(schedule()).toMatchObject({ M1: ['2025-04-02', false] })
  })

  it('stays while a later dose counts from it', () => {
    accepted(record())
    accepted(record(SECOND))
    const [first, second] = test.db.select().from(treatments).all()
    expect(refused(takeBack(first?.id ?? 0, 'Wrong')).code).toBe('notPossible')
    accepted(takeBack(second?.id ?? 0, 'Wrong'))
    accepted(takeBack(first?.id ?? 0, 'Wrong'))
  })

  it('is voided with a reason that seems to identify the participant only once that was confirmed', () => {
    accepted(record())
    const id = test.db.select().from(treatments).get()?.id ?? 0
    const input = { study: 'SMALL', number, treatmentId: id, version: 1, reason: 'Was for Mr Bloggs' }
    const asked = refused(voidTreatment(contextFor(test.db, coordinator), { ...input, confirm: [] }))
    if (asked.code !== 'unanswered') throw new Error(asked.code)
    const confirm = asked.questions.map(question => question.code)
    accepted(voidTreatment(contextFor(test.db, coordinator), { ...input, confirm }))
    expect(test.db.select().from(treatments).get()).toMatchObject({
      voidReason: 'Was for Mr Bloggs',
      confirmations: { 'identifier:reasonText': 'asMarked' },
    })
  })

  it('of another participant is not found', () => {
    accepted(record())
    const id = test.db.select().from(treatments).get()?.id ?? 0
    number = registered(coordinator, 'SMALL')
    expect(refused(takeBack(id, 'Wrong'))).toEqual({ code: 'notFound', what: 'The dose' })
  })
})

describe('who may record a dose (D2)', () => {
  it.each(['dataManager', 'investigator', 'monitor', 'statistician'] as const)('a %s may not', role => {
    expect(refused(record({}, seedUser(test.db, { role, study }))).code).toBe('notAllowed')
  })

  it('for a coordinator of another site the participant is not there', () => {
    const sydney = seedUser(test.db, { role: 'coordinator', study, site: 'SYD', name: 'Sydney' })
    expect(refused(record({}, sydney))).toEqual({ code: 'notFound', what: 'The participant' })
  })
})

describe('an allocation', () => {
  it('is recorded by who may know arms, moves day zero with it, and never by a masked role (D5)', () => {
    const two = seedStudy(test.db, TWO_ARM_PROTOCOL)
    const masked = seedUser(test.db, { role: 'coordinator', study: two, name: 'Masked' })
    const manager = seedUser(test.db, { role: 'dataManager', study: two })
    number = registered(masked, 'TWOARM')
    const input = { study: 'TWOARM', number, arm: 'SHAM', allocatedOn: day('2025-02-10') }
    expect(refused(recordAllocation(contextFor(test.db, masked), input)).code).toBe('notAllowed')
    const ctx = contextFor(test.db, manager)
    expect(wrongFields(recordAllocation(ctx, { ...input, arm: 'NONE' }))).toEqual(['arm'])
    expect(wrongFields(recordAllocation(ctx, { ...input, allocatedOn: day('2025-01-09') }))).toEqual([
      'allocatedOn',
    ])
    accepted(recordAllocation(ctx, input))
    expect(refused(recordAllocation(ctx, input)).code).toBe('notPossible')
    expect(schedule()).toMatchObject({ M1: ['2025-03-10', false] })
    const latest = test.db.select().from(allocations).all().at(-1)
    expect(latest).toMatchObject({ arm: 'SHAM', recordedBy: manager.userId })
    accepted(record({ study: 'TWOARM', plan: '1' }, masked))
  })

  it.each(['siteStaff', 'full'] as const)(
    'held elsewhere holds up no dose where site staff may not know it (%s)',
    masking => {
      const two = seedStudy(test.db, { ...TWO_ARM_PROTOCOL, masking })
      const masked = seedUser(test.db, { role: 'coordinator', study: two, name: 'Masked' })
      number = registered(masked, 'TWOARM')
      accepted(record({ study: 'TWOARM', plan: '1' }, masked))
    },
  )

  it('comes before the first dose where it may be known', () => {
    const two = seedStudy(test.db, { ...TWO_ARM_PROTOCOL, masking: 'open' })
    const open = seedUser(test.db, { role: 'coordinator', study: two, name: 'Open' })
    number = registered(open, 'TWOARM')
    expect(refused(record({ study: 'TWOARM' }, open))).toEqual({
      code: 'notPossible',
      text: `${number} has no arm yet. Record the arm on the participant’s page first.`,
    })
    const input = { study: 'TWOARM', number, arm: 'SHAM', allocatedOn: day('2025-02-10') }
    accepted(recordAllocation(contextFor(test.db, open), input))
    accepted(record({ study: 'TWOARM' }, open))
  })
})
