import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { contextFor, type SeededStudy, type SeededUser, seedStudy, seedUser } from '@/db/testing/factories'
import { TWO_ARM_PROTOCOL } from '@/db/testing/small-protocol'
import { createTestDb, type TestDb } from '@/db/testing/test-db'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { AppError } from '@/lib/domain/shared/errors'
import type { Result } from '@/lib/domain/shared/result'
import { compareFields } from '@/lib/format/history'
import { recordAllocation } from './allocations'
import { readHistory, readParticipantHistory } from './history'
import { readParticipant } from './participant-record'
import { changePlannedDayZero, registerParticipant } from './participants'
import { recordTreatment, voidTreatment } from './treatments'

const day = (text: string) => text as CalendarDate

let test: TestDb
let study: SeededStudy
let coordinator: SeededUser
let manager: SeededUser
let number: string

beforeEach(() => {
  test = createTestDb()
  study = seedStudy(test.db, TWO_ARM_PROTOCOL)
  coordinator = seedUser(test.db, { role: 'coordinator', study, name: 'Masked coordinator' })
  manager = seedUser(test.db, { role: 'dataManager', study, name: 'Manager' })
  number = accepted(
    registerParticipant(contextFor(test.db, coordinator), {
      study: 'TWOARM',
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
    }),
  ).number
})
afterEach(() => test.remove())

function accepted<T>(result: Result<T, AppError>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}

const allocate = () => {
  const input = { study: 'TWOARM', number, arm: 'SHAM', allocatedOn: day('2025-02-10') }
  accepted(recordAllocation(contextFor(test.db, manager), input))
}

const historyOf = (actor: SeededUser, filter: { field?: string } = {}) =>
  accepted(readParticipantHistory(contextFor(test.db, actor), { study: 'TWOARM', number, ...filter }))

describe('history of a participant (A7)', () => {
  it('says in plain words who wrote what, newest first, with the reason', () => {
    const ctx = contextFor(test.db, coordinator)
    const plan = {
      study: 'TWOARM',
      number,
      version: 1,
      plannedDayZero: day('2025-02-08'),
      reason: 'Culture delayed',
      confirm: [],
    }
    accepted(changePlannedDayZero(ctx, plan))
    expect(
      historyOf(coordinator).entries.map(({ actor, summary, reason }) => [actor, summary, reason]),
    ).toEqual([
      ['Masked coordinator', 'Changed planned day zero from 1 Feb 2025 to 8 Feb 2025', 'Culture delayed'],
      ['Masked coordinator', 'Registered: enrolled', null],
    ])
  })

  it('keeps a voided dose, named by what it was', () => {
    allocate()
    const ctx = contextFor(test.db, coordinator)
    const dose = {
      plan: '1',
      givenOn: day('2025-02-28'),
      location: null,
      conditionMet: null,
      before: {},
      answers: {},
      confirm: [],
    }
    accepted(recordTreatment(ctx, { study: 'TWOARM', number, ...dose }))
    accepted(
      voidTreatment(ctx, {
        study: 'TWOARM',
        number,
        treatmentId: 1,
        version: 1,
        confirm: [],
        reason: 'Wrong participant',
      }),
    )
    const [voided, recorded] = historyOf(manager).entries
    expect(recorded?.summary).toBe('Recorded First injection, given 28 Feb 2025')
    expect(voided).toMatchObject({
      summary: 'Voided First injection, given 28 Feb 2025',
      reason: 'Wrong participant',
    })
  })

  it('is filtered by field, and a filter cannot be used to guess at values', () => {
    expect(historyOf(coordinator, { field: 'plannedDayZero' }).total).toBe(1)
    allocate()
    expect(historyOf(coordinator, { field: '%' }).total).toBe(0)
    expect(historyOf(coordinator, { field: 'arm___null__SHAM___participantId' }).total).toBe(0)
  })

  it('of one value of one record is found by the record', () => {
    const read = readHistory(contextFor(test.db, coordinator), {
      study: 'TWOARM',
      entity: 'participants',
      entityId: 1,
      field: 'plannedDayZero',
    })
    expect(accepted(read).entries).toHaveLength(1)
  })
})

describe('an arm that is masked (D5)', () => {
  it('stands neither in the history nor on the page of who may not know it', () => {
    allocate()
    const [masked] = historyOf(coordinator).entries
    expect(masked).toMatchObject({ summary: 'Recorded an arm', changes: [] })
    expect(historyOf(manager).entries[0]?.summary).toBe('Recorded the arm: Sham')
    const page = accepted(readParticipant(contextFor(test.db, coordinator), 'TWOARM', number))
    expect(page.allocation?.arm).toBeNull()
    expect(page.may.allocate).toBe(false)
    const { protocol: _, ...rest } = page
    expect(JSON.stringify(rest)).not.toMatch(/SHAM|Sham/)
  })
})

describe('a dose from which the arm could be told (D5)', () => {
  const give = () =>
    accepted(
      recordTreatment(contextFor(test.db, coordinator), {
        study: 'TWOARM',
        number,
        plan: '1',
        givenOn: day('2025-02-28'),
        location: 'L4/L5',
        conditionMet: null,
        before: {},
        answers: {},
        confirm: [],
      }),
    )

  it('is called by its place to who may not know arms, on the page, in the history and in refusals', () => {
    allocate()
    give()
    const read = readParticipant(contextFor(test.db, coordinator), 'TWOARM', number)
    const { protocol: _, ...page } = accepted(read)
    expect(page.doses.map(({ name, givenOn }) => [name, givenOn])).toEqual([['Dose 1', '2025-02-28']])
    expect(page.offers.map(({ treatment }) => treatment.name)).toEqual(['Dose 2'])
    expect(JSON.stringify([page.history, page.doses])).not.toMatch(/DOSE1|First injection/)
    const again = { study: 'TWOARM', number, plan: '1', givenOn: day('2025-03-01'), location: null }
    const refused = recordTreatment(contextFor(test.db, coordinator), {
      ...again,
      conditionMet: null,
      before: {},
      answers: {},
      confirm: [],
    })
    expect(refused).toMatchObject({
      error: { fields: [{ text: expect.stringMatching(/^Dose 1 is recorded already/) }] },
    })
    const open = accepted(readParticipant(contextFor(test.db, manager), 'TWOARM', number))
    expect(open.doses.map(({ name }) => name)).toEqual(['First injection'])
  })

  it('keeps the reason of its change from who may not know arms: it may name what was given', () => {
    allocate()
    give()
    const key = { study: 'TWOARM', number, treatmentId: 1, version: 1, confirm: [] }
    const reason = 'Was saline after all'
    accepted(voidTreatment(contextFor(test.db, manager), { ...key, reason }))
    expect(historyOf(manager).entries[0]).toMatchObject({ reason })
    expect(historyOf(coordinator).entries[0]?.summary).toMatch(/^Voided Dose 1/)
    expect(JSON.stringify(historyOf(coordinator))).not.toContain('saline')
  })

  it('is not found by a filter for what is withheld of it', () => {
    allocate()
    give()
    expect(historyOf(manager, { field: 'plan' }).total).toBe(1)
    expect(historyOf(coordinator, { field: 'plan' }).total).toBe(0)
    expect(historyOf(coordinator, { field: 'givenOn' }).total).toBe(1)
    expect(historyOf(coordinator, { field: 'arm' }).total).toBe(0)
  })
})

describe('the changed values of an entry', () => {
  it('stand in the order in which they are asked', () => {
    const { entries } = historyOf(coordinator)
    const registered = entries.find(({ summary }) => summary.startsWith('Registered'))
    const asked = ['consentVersion', 'consentDate', 'eligibility.I1', 'eligibility.I2', 'eligibility.E1']
    const told = registered?.changes.map(({ field }) => field).filter(field => asked.includes(field))
    expect(told).toEqual(asked)
    const items = ['assessmentDate', 'answers.EQ5D3L_MO', 'answers.EQ5D3L_AD', 'answers.EQ5D3L_VAS']
    const confirmed = 'confirmations.x'
    const record = { entity: 'assessments', form: 'eq5d3l' }
    const order = compareFields(TWO_ARM_PROTOCOL, record)
    expect([confirmed, ...items].toReversed().toSorted(order)).toEqual([...items, confirmed])
  })
})

describe('who may read it (D2)', () => {
  it('nobody of another site or study, with the answer for an absent participant', () => {
    const other = seedStudy(test.db)
    const strangers = [
      seedUser(test.db, { role: 'monitor', study, site: 'SYD' }),
      seedUser(test.db, { role: 'coordinator', study: other, name: 'Other' }),
    ]
    const absent = { ok: false, error: { code: 'notFound', what: 'The participant' } }
    for (const stranger of strangers) {
      const ctx = contextFor(test.db, stranger)
      expect(readParticipantHistory(ctx, { study: 'TWOARM', number })).toEqual(absent)
      expect(readHistory(ctx, { study: 'TWOARM', entity: 'participants', entityId: 1 })).toEqual(absent)
      expect(readHistory(ctx, { study: 'TWOARM', entity: 'participants', entityId: 99 })).toEqual(absent)
      expect(readParticipant(ctx, 'TWOARM', number)).toEqual(absent)
    }
  })
})
