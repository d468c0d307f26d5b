import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { allocations, participants } from '@/db/schema/participants'
import { scheduledVisits } from '@/db/schema/visits'
import { contextFor, type SeededUser, seedStudy, seedUser } from '@/db/testing/factories'
import { ELIGIBLE, openRegistrationDesk } from '@/db/testing/registration-desk'
import { accepted, wrongFields } from '@/db/testing/results'
import { TWO_ARM_PROTOCOL } from '@/db/testing/small-protocol'
import type { TestDb } from '@/db/testing/test-db'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { RegisterParticipantInput } from '@/lib/schemas/participants'
import { openParticipant, registerParticipant } from './participants'

const day = (text: string) => text as CalendarDate

let test: TestDb
let coordinator: SeededUser
beforeEach(() => {
  ;({ test, coordinator } = openRegistrationDesk())
})
afterEach(() => test.remove())

const register = (patch: Partial<RegisterParticipantInput> = {}, actor: SeededUser = coordinator) =>
  registerParticipant(contextFor(test.db, actor), { ...ELIGIBLE, ...patch })

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

describe('one submission (C2)', () => {
  it('sent twice registers one person and gets the same answer', () => {
    const ctx = contextFor(test.db, coordinator, { submissionKey: 'k1' })
    const first = accepted(registerParticipant(ctx, ELIGIBLE))
    expect(accepted(registerParticipant(ctx, ELIGIBLE))).toEqual(first)
    expect(test.db.select().from(participants).all()).toHaveLength(1)
  })
})
