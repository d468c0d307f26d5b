import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { treatments } from '@/db/schema/participants'
import { visits } from '@/db/schema/visits'
import { contextFor, type SeededStudy, type SeededUser, seedUser } from '@/db/testing/factories'
import { listTargets, openRegistrationDesk } from '@/db/testing/registration-desk'
import { accepted, refused, wrongFields } from '@/db/testing/results'
import { TEST_WRITER, type TestDb } from '@/db/testing/test-db'
import { FIRST_DOSE, personInStudy } from '@/db/testing/treatment-desk'
import { insertRecord } from '@/db/write'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { RecordTreatmentInput } from '@/lib/schemas/treatments'
import { openParticipant, registerParticipant } from './participants'
import { recordTreatment, voidTreatment } from './treatments'

const day = (text: string) => text as CalendarDate

let test: TestDb
let study: SeededStudy
let coordinator: SeededUser
let number: string
beforeEach(() => {
  ;({ test, study, coordinator } = openRegistrationDesk())
  number = registered()
})
afterEach(() => test.remove())

const registered = () =>
  accepted(registerParticipant(contextFor(test.db, coordinator), personInStudy('SMALL'))).number
const record = (patch: Partial<RecordTreatmentInput> = {}, actor: SeededUser = coordinator) =>
  recordTreatment(contextFor(test.db, actor), { ...FIRST_DOSE, number, ...patch })
const schedule = () => listTargets(test)
const SECOND = { ...FIRST_DOSE, plan: 'DOSE2', givenOn: day('2025-08-28'), conditionMet: true }

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
    const first = accepted(recordTreatment(ctx, { ...FIRST_DOSE, number }))
    expect(accepted(recordTreatment(ctx, { ...FIRST_DOSE, number }))).toEqual(first)
    expect(test.db.select().from(treatments).all()).toHaveLength(1)
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
    expect(wrongFields(record({ ...SECOND, givenOn: FIRST_DOSE.givenOn }))).toEqual(['givenOn'])
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
    number = registered()
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
