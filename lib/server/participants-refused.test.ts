import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { auditEntries } from '@/db/schema/audit'
import { participants } from '@/db/schema/participants'
import { contextFor, type SeededStudy, type SeededUser, seedStudy, seedUser } from '@/db/testing/factories'
import { ELIGIBLE, openRegistrationDesk } from '@/db/testing/registration-desk'
import { accepted, refused, wrongFields } from '@/db/testing/results'
import { SMALL_PROTOCOL } from '@/db/testing/small-protocol'
import { TEST_NOW, TEST_WRITER, type TestDb } from '@/db/testing/test-db'
import { updateRecord } from '@/db/write'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { RegisterParticipantInput } from '@/lib/schemas/participants'
import { registerParticipant } from './participants'

const day = (text: string) => text as CalendarDate

let test: TestDb
let study: SeededStudy
let coordinator: SeededUser
beforeEach(() => {
  ;({ test, study, coordinator } = openRegistrationDesk())
})
afterEach(() => test.remove())

const register = (patch: Partial<RegisterParticipantInput> = {}, actor: SeededUser = coordinator) =>
  registerParticipant(contextFor(test.db, actor), { ...ELIGIBLE, ...patch })

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
