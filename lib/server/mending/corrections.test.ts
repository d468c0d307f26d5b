import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { addAllocation } from '@/db/commands/allocations'
import { addLogEntry } from '@/db/commands/logs'
import { findAllocation } from '@/db/queries/allocations'
import { findParticipant } from '@/db/queries/participants'
import { listScheduledVisits } from '@/db/queries/visits'
import { compareReplay } from '@/db/replay'
import { contextFor, type SeededStudy, type SeededUser, seedStudy, seedUser } from '@/db/testing/factories'
import { seedEnrolled, seedVisit } from '@/db/testing/seed-visits'
import { SMALL_PROTOCOL, TWO_ARM_PROTOCOL } from '@/db/testing/small-protocol'
import { createTestDb, TEST_WRITER, type TestDb } from '@/db/testing/test-db'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { ParticipantId } from '@/lib/domain/shared/ids'
import { CorrectAllocation, CorrectRegistration } from '@/lib/schemas/corrections'
import type { Ctx } from '../context'
import { examineDatabase } from '../doctor'
import { correctAllocation } from './correct-allocation'
import { correctRegistration } from './correct-registration'

const OPEN = { participantArms: true, resultsByArm: true, armsNamed: true }
let test: TestDb
let study: SeededStudy
let coordinator: SeededUser
let id: ParticipantId

beforeEach(() => {
  test = createTestDb()
})
afterEach(() => test.remove())

function seed(protocol: Protocol) {
  study = seedStudy(test.db, protocol)
  coordinator = seedUser(test.db, { role: 'coordinator', study, site: 'MEL' })
  id = seedEnrolled(test.db, study, { number: 'MEL-001', site: 'MEL', dosedOn: null })
}
const as = (user: SeededUser) => contextFor(test.db, user) as Ctx
const stored = () => findParticipant(test.db, study.id, 'MEL-001')
const sound = () => [...compareReplay(test.db), ...examineDatabase(test).flatMap(({ findings }) => findings)]

const REGISTERED = {
  ...{ study: 'SMALL', number: 'MEL-001', version: '1', reason: 'Typing error' },
  ...{ consentVersion: '1.0', consentDate: '1 Sep 2025', screenedOn: '1 Sep 2025' },
  ...{ ageAtConsent: '47', sex: 'female' },
  eligibility: { I1: ['yes', ''], I2: ['yes', ''], E1: ['no', ''] },
}

describe('what was registered', () => {
  beforeEach(() => seed(SMALL_PROTOCOL))
  const correct = (fields: Record<string, unknown>, user = coordinator) =>
    correctRegistration(as(user), CorrectRegistration.parse({ ...REGISTERED, ...fields }))
  const at = (fields: Record<string, unknown>) => {
    const parsed = CorrectRegistration.safeParse({ ...REGISTERED, ...fields })
    if (!parsed.success) return parsed.error.issues.map(issue => issue.path.join('.'))
    const result = correctRegistration(as(coordinator), parsed.data)
    return !result.ok && result.error.code === 'invalidInput'
      ? result.error.fields.map(({ field }) => field)
      : result
  }

  it('is corrected with a reason; the day of enrolment follows the decision, and the audit replays', () => {
    expect(correct({ ageAtConsent: '48', screenedOn: '3 Sep 2025', level: 'L4/L5' }).ok).toBe(true)
    expect(stored()).toMatchObject({ ageAtConsent: 48, screenedOn: '2025-09-03', enrolledOn: '2025-09-03' })
    expect(sound()).toEqual([])
    expect(correct({ version: '2', ageAtConsent: '49', reason: '' })).toMatchObject({
      error: { code: 'reasonRequired' },
    })
  })

  it('a consent after what a log holds is refused beside its date', () => {
    const answers = { KIND: { value: 'followUp' }, DATE: { value: '2025-09-05' } }
    const entry = { participantId: id, log: 'departures' as const, answers, confirmations: {} }
    test.db.transaction(tx => addLogEntry(tx, TEST_WRITER, entry), { behavior: 'immediate' })
    expect(at({ consentDate: '6 Sep 2025', screenedOn: '6 Sep 2025' })).toEqual(['consentDate'])
    expect(correct({ consentDate: '5 Sep 2025', screenedOn: '5 Sep 2025' }).ok).toBe(true)
  })

  it('another’s change in the meantime is a conflict by field, in the words of the form', () => {
    correct({ ageAtConsent: '48' })
    expect(correct({ ageAtConsent: '46' })).toMatchObject({
      error: { code: 'conflict', fields: [{ label: 'Age at consent', yours: '46', stored: '48' }] },
    })
  })

  it.each([
    ['an age of 200', { ageAtConsent: '200' }, 'ageAtConsent'],
    ['an age in words', { ageAtConsent: 'old' }, 'ageAtConsent'],
    ['no age', { ageAtConsent: '' }, 'ageAtConsent'],
    ['no sex', { sex: '' }, 'sex'],
    ['a sex that is none', { sex: 'x' }, 'sex'],
    [
      'a consent in the future',
      { consentDate: '1 Sep 2027', screenedOn: '1 Sep 2027' },
      'consentDate,screenedOn',
    ],
    ['a consent version that is none', { consentVersion: '9' }, 'consentVersion'],
    ['a consent before its version', { consentDate: '1 Jan 2020' }, 'consentDate'],
    ['a decision before consent', { screenedOn: '31 Aug 2025' }, 'screenedOn'],
    ['a day that does not exist', { screenedOn: '31 Sep 2025' }, 'screenedOn'],
    ['a pain of a million months', { painDurationMonths: '1000000' }, 'painDurationMonths'],
    ['a type of pain that is none', { painType: 'x' }, 'painType'],
    ['a diagnosis without end', { diagnosis: 'x'.repeat(201) }, 'diagnosis'],
    ['a criterion not of the protocol', { eligibility: { X9: ['yes'] } }, 'eligibility.X9'],
    ['an answer that changes the outcome', { eligibility: { I1: ['no'] } }, 'eligibility.I1'],
  ])('%s is refused at its field, and nothing is stored', (_, fields, field) => {
    expect(at(fields)).toEqual(field.split(','))
    expect(stored()?.rowVersion).toBe(1)
  })

  it('a consent after what is entered already is refused; text that names somebody is asked about', () => {
    seedVisit(test.db, study, id, { code: 'BL', date: '2025-09-10', forms: {} })
    expect(at({ consentDate: '12 Sep 2025', screenedOn: '12 Sep 2025' })).toEqual(['consentDate'])
    expect(correct({ diagnosis: 'MRN 1234567' })).toMatchObject({ error: { code: 'unanswered' } })
  })

  it('is not corrected by a monitor or an investigator, and a foreign site is as absent', () => {
    for (const role of ['monitor', 'investigator'] as const)
      expect(correct({}, seedUser(test.db, { role, study }))).toMatchObject({ error: { code: 'notAllowed' } })
    const foreign = seedUser(test.db, { role: 'coordinator', study, site: 'SYD' })
    expect(correct({}, foreign)).toMatchObject({ error: { code: 'notFound' } })
  })
})

describe('an arm that was recorded wrongly', () => {
  function allocate(protocol: Protocol) {
    seed(protocol)
    test.db.transaction(
      tx =>
        addAllocation(tx, TEST_WRITER, { participantId: id, arm: 'ACTIVE', allocatedOn: day('2025-09-05') }),
      { behavior: 'immediate' },
    )
  }
  const day = (text: string) => text as CalendarDate
  const correct = (fields: Record<string, unknown>, user = coordinator) =>
    correctAllocation(
      as(user),
      CorrectAllocation.parse({
        ...{ study: 'TWOARM', number: 'MEL-001', version: '1', reason: 'Typing error' },
        ...{ arm: 'SHAM', allocatedOn: '8 Sep 2025', ...fields },
      }),
    )

  it('is corrected where arms are open; windows counted from randomisation follow', () => {
    allocate({ ...TWO_ARM_PROTOCOL, masking: 'open' })
    expect(correct({}).ok).toBe(true)
    expect(findAllocation(test.db, id, OPEN)).toMatchObject({ arm: 'SHAM', allocatedOn: '2025-09-08' })
    expect(listScheduledVisits(test.db, id).find(({ visit }) => visit === 'M1')?.target).toBe('2025-10-08')
    expect(sound()).toEqual([])
    expect(correct({ arm: 'NONE', version: '2' })).toMatchObject({ error: { fields: [{ field: 'arm' }] } })
    expect(correct({ allocatedOn: '1 Aug 2025', version: '2' })).toMatchObject({
      error: { fields: [{ field: 'allocatedOn' }] },
    })
    expect(correct({ arm: 'ACTIVE' })).toMatchObject({
      error: { code: 'conflict', fields: [{ label: 'Arm', stored: 'SHAM' }] },
    })
  })

  it('is not corrected by who may not know arms, nor by a monitor', () => {
    allocate(TWO_ARM_PROTOCOL)
    expect(correct({})).toMatchObject({ error: { code: 'notAllowed' } })
    expect(correct({}, seedUser(test.db, { role: 'monitor', study }))).toMatchObject({
      error: { code: 'notAllowed' },
    })
    const manager = seedUser(test.db, { role: 'dataManager', study })
    expect(correct({}, manager).ok).toBe(true)
  })
})
