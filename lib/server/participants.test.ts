import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { auditEntries } from '@/db/schema/audit'
import { allocations, participants } from '@/db/schema/participants'
import { scheduledVisits } from '@/db/schema/visits'
import { contextFor, type SeededStudy, type SeededUser, seedStudy, seedUser } from '@/db/testing/factories'
import { SMALL_PROTOCOL, TWO_ARM_PROTOCOL } from '@/db/testing/small-protocol'
import { createTestDb, TEST_NOW, TEST_WRITER, type TestDb } from '@/db/testing/test-db'
import { updateRecord } from '@/db/write'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { AppError } from '@/lib/domain/shared/errors'
import type { Result } from '@/lib/domain/shared/result'
import type { RegisterParticipantInput } from '@/lib/schemas/participants'
import { changePlannedDayZero, openParticipant, registerParticipant } from './participants'

const day = (text: string) => text as CalendarDate

/** A person who is eligible and takes part; today at the site is 16 Apr 2026. */
const ELIGIBLE: RegisterParticipantInput = {
  study: 'SMALL',
  site: 'MEL',
  consentVersion: '1.0',
  consentDate: day('2026-04-10'),
  screenedOn: null,
  eligibility: { I1: true, I2: true, E1: false },
  takesPart: true,
  ageAtConsent: 41,
  sex: 'female',
  diagnosis: 'Discogenic pain',
  painType: 'axial',
  painDurationMonths: 30,
  level: 'L4/L5',
  previousTreatment: null,
  plannedDayZero: null,
  rescreenOf: null,
  confirm: [],
}

let test: TestDb
let study: SeededStudy
let coordinator: SeededUser

beforeEach(() => {
  test = createTestDb()
  study = seedStudy(test.db)
  coordinator = seedUser(test.db, { role: 'coordinator', study })
})
afterEach(() => test.remove())

const register = (patch: Partial<RegisterParticipantInput> = {}, actor: SeededUser = coordinator) =>
  registerParticipant(contextFor(test.db, actor), { ...ELIGIBLE, ...patch })

function refused(result: Result<unknown, AppError>): AppError {
  if (result.ok) throw new Error('it was accepted')
  return result.error
}

function wrongFields(result: Result<unknown, AppError>): string[] {
  const error = refused(result)
  return error.code === 'invalidInput' ? error.fields.map(field => field.field) : [error.code]
}

function accepted<T>(result: Result<T, AppError>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}

describe('numbers', () => {
  it('run on by site, from 001', () => {
    expect(accepted(register()).number).toBe('MEL-001')
    expect(accepted(register()).number).toBe('MEL-002')
    expect(accepted(register({ site: 'SYD' })).number).toBe('SYD-001')
    expect(accepted(register()).number).toBe('MEL-003')
  })

  it('of a screen failure stay taken', () => {
    accepted(register({ eligibility: { I1: true, I2: true, E1: true } }))
    expect(accepted(register()).number).toBe('MEL-002')
  })
})

describe('screening', () => {
  it('keeps a screen failure with number, consent, sex, age and answers, without arm and schedule', () => {
    const { number, outcome } = accepted(register({ eligibility: { I1: true, I2: false, E1: false } }))
    expect(outcome).toBe('screenFailure')
    const [row] = test.db.select().from(participants).all()
    expect(row).toMatchObject({
      number,
      outcome: 'screenFailure',
      consentDate: '2026-04-10',
      screenedOn: '2026-04-10',
      enrolledOn: null,
      sex: 'female',
      ageAtConsent: 41,
      eligibility: { I1: true, I2: false, E1: false },
    })
    expect(test.db.select().from(allocations).all()).toEqual([])
    expect(test.db.select().from(scheduledVisits).all()).toEqual([])
  })

  it('tells a person who is eligible and declines from a screen failure', () => {
    expect(accepted(register({ takesPart: false })).outcome).toBe('declined')
    expect(
      accepted(register({ takesPart: false, eligibility: { I1: false, I2: true, E1: false } })).outcome,
    ).toBe('screenFailure')
  })

  it('keeps the planned day zero of a screen failure, not that of who does not take part', () => {
    const plannedDayZero = day('2026-05-01')
    accepted(register({ plannedDayZero, eligibility: { I1: false, I2: true, E1: false } }))
    accepted(register({ plannedDayZero, takesPart: false }))
    const kept = test.db.select().from(participants).all()
    expect(kept.map(row => row.plannedDayZero)).toEqual(['2026-05-01', null])
    expect(test.db.select().from(scheduledVisits).all()).toEqual([])
  })

  it('links a rescreened person to the earlier number, of the same site and not enrolled', () => {
    accepted(register({ eligibility: { I1: true, I2: true, E1: true } }))
    const enrolled = accepted(register({ rescreenOf: 'MEL-001' })).number
    const found = openParticipant(contextFor(test.db, coordinator), 'SMALL', enrolled, 'readParticipants')
    expect(accepted(found).participant.rescreenOf).toBe('MEL-001')
    expect(wrongFields(register({ rescreenOf: enrolled }))).toEqual(['rescreenOf'])
    expect(wrongFields(register({ rescreenOf: 'MEL-001', site: 'SYD' }))).toEqual(['rescreenOf'])
    expect(wrongFields(register({ rescreenOf: 'MEL-099' }))).toEqual(['rescreenOf'])
  })
})

describe('a registration is refused at the field', () => {
  const cases: readonly (readonly [string, Partial<RegisterParticipantInput>, readonly string[]])[] = [
    ['consent to an unknown version', { consentVersion: '9.9' }, ['consentVersion']],
    ['consent before its version was approved', { consentDate: day('2024-01-09') }, ['consentDate']],
    ['consent after today at the site', { consentDate: day('2026-04-17') }, ['consentDate', 'screenedOn']],
    ['a criterion left open', { eligibility: { I1: true, E1: false } }, ['eligibility.I2']],
    [
      'a criterion that the protocol lacks',
      { eligibility: { I1: true, I2: true, E1: false, X: true } },
      ['eligibility.X'],
    ],
    ['an age beyond 130', { ageAtConsent: 131 }, ['ageAtConsent']],
    ['a duration beyond 1200 months', { painDurationMonths: 1201 }, ['painDurationMonths']],
    ['screening before consent', { screenedOn: day('2026-04-09') }, ['screenedOn']],
    ['a planned day zero before consent', { plannedDayZero: day('2026-04-09') }, ['plannedDayZero']],
  ]
  it.each(cases)('%s', (_name, patch, fields) => {
    expect(wrongFields(register(patch))).toEqual(fields)
    expect(test.db.select().from(participants).all()).toEqual([])
  })

  it('though consent on the day of approval and on today at the site pass', () => {
    accepted(register({ consentDate: day('2024-01-10') }))
    accepted(register({ consentDate: day('2026-04-16') }))
  })

  it('though a protocol that lists no consent versions takes the one written', () => {
    const unlisted = seedStudy(test.db, {
      ...SMALL_PROTOCOL,
      study: { ...SMALL_PROTOCOL.study, code: 'UNLISTED' },
      consents: [],
    })
    const own = seedUser(test.db, { role: 'coordinator', study: unlisted, name: 'Unlisted' })
    accepted(register({ study: 'UNLISTED', consentVersion: '3.1 of 2018' }, own))
    const last = test.db.select().from(participants).all().at(-1)
    expect(last).toMatchObject({ consentVersion: '3.1 of 2018' })
  })

  it('by the calendar of the site, not of UTC', () => {
    // 20:30 UTC on the 16th is the 17th in Melbourne.
    const late = contextFor(test.db, coordinator, { now: '2026-04-16T20:30:00.000Z' })
    accepted(registerParticipant(late, { ...ELIGIBLE, consentDate: day('2026-04-17') }))
  })
})

describe('text that seems to identify a person (E2)', () => {
  it('is asked about, and the confirmation is recorded', () => {
    const asked = refused(register({ previousTreatment: 'Physiotherapy, MRN 4471' }))
    if (asked.code !== 'unanswered') throw new Error(asked.code)
    expect(asked.questions.map(question => question.fields)).toEqual([['previousTreatment']])
    const confirm = asked.questions.map(question => question.code)
    accepted(register({ previousTreatment: 'Physiotherapy, MRN 4471', confirm }))
    expect(test.db.select().from(participants).get()?.confirmations).toEqual({
      'identifier:previousTreatment': 'asMarked',
    })
  })

  it('is asked about again when it changed after the confirmation', () => {
    const confirm = ['identifier:diagnosis=jo@example.org']
    expect(refused(register({ diagnosis: 'ann@example.org', confirm })).code).toBe('unanswered')
  })
})

describe('the arm', () => {
  it('is allocated at registration where there is one', () => {
    accepted(register())
    expect(test.db.select().from(allocations).all()).toMatchObject([
      { arm: 'ACTIVE', allocatedOn: '2026-04-10', recordedBy: coordinator.userId },
    ])
  })

  it('is left open where there are several', () => {
    const two = seedStudy(test.db, TWO_ARM_PROTOCOL)
    accepted(
      register({ study: 'TWOARM' }, seedUser(test.db, { role: 'coordinator', study: two, name: 'Two' })),
    )
    expect(test.db.select().from(allocations).all()).toEqual([])
  })
})

describe('who may register (D2)', () => {
  it.each(['dataManager', 'investigator', 'monitor', 'statistician'] as const)('a %s may not', role => {
    expect(refused(register({}, seedUser(test.db, { role, study }))).code).toBe('notAllowed')
  })

  it('an administrator may not', () => {
    expect(refused(register({}, seedUser(test.db, { role: 'administrator' }))).code).toBe('notAllowed')
  })

  it('a coordinator of another site gets the answer for a site that is not there', () => {
    const sydney = seedUser(test.db, { role: 'coordinator', study, site: 'SYD', name: 'Sydney' })
    const foreign = refused(register({ site: 'MEL' }, sydney))
    expect(foreign).toEqual({ code: 'notFound', what: 'The site' })
    expect(refused(register({ site: 'NOWHERE' }, sydney))).toEqual(foreign)
    accepted(register({ site: 'SYD' }, sydney))
  })
})

describe('a participant of a foreign study or site answers as an absent one (D2)', () => {
  it('for every permission', () => {
    const { number } = accepted(register())
    const other = seedStudy(test.db, TWO_ARM_PROTOCOL)
    const strangers = [
      seedUser(test.db, { role: 'coordinator', study, site: 'SYD', name: 'Sydney' }),
      seedUser(test.db, { role: 'coordinator', study: other, name: 'Other' }),
    ]
    for (const stranger of strangers) {
      const ctx = contextFor(test.db, stranger)
      for (const permission of ['readParticipants', 'recordTreatment', 'mendRecord'] as const) {
        const foreign = refused(openParticipant(ctx, 'SMALL', number, permission))
        expect(foreign).toEqual({ code: 'notFound', what: 'The participant' })
        expect(refused(openParticipant(ctx, 'SMALL', 'MEL-999', permission))).toEqual(foreign)
        expect(refused(openParticipant(ctx, 'NONE', number, permission))).toEqual(foreign)
      }
    }
  })
})

describe('one submission (C2)', () => {
  it('sent twice registers one person and gets the same answer', () => {
    const ctx = contextFor(test.db, coordinator, { submissionKey: 'k1' })
    const first = accepted(registerParticipant(ctx, ELIGIBLE))
    expect(accepted(registerParticipant(ctx, ELIGIBLE))).toEqual(first)
    expect(test.db.select().from(participants).all()).toHaveLength(1)
  })
})

describe('a locked study (C1)', () => {
  it('refuses a registration and writes nothing', () => {
    test.db.transaction(tx => {
      updateRecord(
        tx,
        TEST_WRITER,
        'studies',
        study.id,
        1,
        { lockedAt: TEST_NOW, lockReason: 'Data cut' },
        'Data cut',
      )
    })
    const before = test.db.select().from(auditEntries).all().length
    expect(refused(register()).code).toBe('locked')
    expect(test.db.select().from(participants).all()).toEqual([])
    expect(test.db.select().from(auditEntries).all()).toHaveLength(before)
  })
})

describe('the planned day zero', () => {
  const targets = () =>
    Object.fromEntries(
      test.db
        .select()
        .from(scheduledVisits)
        .all()
        .map(row => [row.visit, [row.target, row.provisional]]),
    )

  it('gives provisional windows, and none while it is not known', () => {
    const { number } = accepted(register())
    expect(targets()).toMatchObject({ BL: [null, false], M1: [null, false] })
    const change = {
      study: 'SMALL',
      number,
      version: 1,
      plannedDayZero: day('2026-05-31'),
      reason: null,
      confirm: [],
    }
    accepted(changePlannedDayZero(contextFor(test.db, coordinator), change))
    // 31 May + 1 month is clamped to 30 June.
    expect(targets()).toMatchObject({
      BL: ['2026-05-17', true],
      M1: ['2026-06-30', true],
      M12: ['2027-05-31', true],
    })
  })

  it('changes only with a reason (A3) and on the version that was shown (C2)', () => {
    const { number } = accepted(register({ plannedDayZero: day('2026-05-01') }))
    const ctx = contextFor(test.db, coordinator)
    const change = {
      study: 'SMALL',
      number,
      version: 1,
      plannedDayZero: day('2026-05-08'),
      reason: null,
      confirm: [],
    }
    expect(refused(changePlannedDayZero(ctx, change)).code).toBe('reasonRequired')
    expect(
      refused(changePlannedDayZero(ctx, { ...change, version: 7, reason: 'Culture delayed' })).code,
    ).toBe('conflict')
    accepted(changePlannedDayZero(ctx, { ...change, reason: 'Culture delayed' }))
    expect(targets()).toMatchObject({ M1: ['2026-06-08', true] })
  })

  it('is refused for a screen failure', () => {
    const { number } = accepted(register({ eligibility: { I1: true, I2: true, E1: true } }))
    const change = {
      study: 'SMALL',
      number,
      version: 1,
      plannedDayZero: day('2026-05-08'),
      reason: null,
      confirm: [],
    }
    expect(refused(changePlannedDayZero(contextFor(test.db, coordinator), change)).code).toBe('notPossible')
  })
})
