import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { contextFor, type SeededUser } from '@/db/testing/factories'
import { ELIGIBLE, listTargets, openRegistrationDesk } from '@/db/testing/registration-desk'
import { accepted, refused } from '@/db/testing/results'
import type { TestDb } from '@/db/testing/test-db'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { RegisterParticipantInput } from '@/lib/schemas/participants'
import { changePlannedDayZero, registerParticipant } from './participants'

const day = (text: string) => text as CalendarDate

let test: TestDb
let coordinator: SeededUser
beforeEach(() => {
  ;({ test, coordinator } = openRegistrationDesk())
})
afterEach(() => test.remove())

const register = (patch: Partial<RegisterParticipantInput> = {}) =>
  registerParticipant(contextFor(test.db, coordinator), { ...ELIGIBLE, ...patch })
const planned = (number: string, date: string) => ({
  study: 'SMALL',
  number,
  version: 1,
  plannedDayZero: day(date),
  reason: null,
  confirm: [],
})

describe('the planned day zero', () => {
  const targets = () => listTargets(test)

  it('gives provisional windows, and none while it is not known', () => {
    const { number } = accepted(register())
    expect(targets()).toMatchObject({ BL: [null, false], M1: [null, false] })
    const change = planned(number, '2026-05-31')
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
    const change = planned(number, '2026-05-08')
    expect(refused(changePlannedDayZero(ctx, change)).code).toBe('reasonRequired')
    expect(
      refused(changePlannedDayZero(ctx, { ...change, version: 7, reason: 'Culture delayed' })).code,
    ).toBe('conflict')
    accepted(changePlannedDayZero(ctx, { ...change, reason: 'Culture delayed' }))
    expect(targets()).toMatchObject({ M1: ['2026-06-08', true] })
  })

  it('is refused for a screen failure', () => {
    const { number } = accepted(register({ eligibility: { I1: true, I2: true, E1: true } }))
    const change = planned(number, '2026-05-08')
    expect(refused(changePlannedDayZero(contextFor(test.db, coordinator), change)).code).toBe('notPossible')
  })
})
