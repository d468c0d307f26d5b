import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { allocations } from '@/db/schema/participants'
import { contextFor, type SeededUser, seedStudy, seedUser } from '@/db/testing/factories'
import { listTargets } from '@/db/testing/registration-desk'
import { accepted, refused, wrongFields } from '@/db/testing/results'
import { TWO_ARM_PROTOCOL } from '@/db/testing/small-protocol'
import { createTestDb, type TestDb } from '@/db/testing/test-db'
import { FIRST_DOSE, personInStudy } from '@/db/testing/treatment-desk'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { RecordTreatmentInput } from '@/lib/schemas/treatments'
import { recordAllocation } from './allocations'
import { registerParticipant } from './participants'
import { recordTreatment } from './treatments'

const day = (text: string) => text as CalendarDate

let test: TestDb
let number: string
beforeEach(() => {
  test = createTestDb()
})
afterEach(() => test.remove())

const registered = (actor: SeededUser) =>
  accepted(registerParticipant(contextFor(test.db, actor), personInStudy('TWOARM'))).number
const record = (actor: SeededUser, patch: Partial<RecordTreatmentInput> = {}) =>
  recordTreatment(contextFor(test.db, actor), { ...FIRST_DOSE, study: 'TWOARM', number, ...patch })

describe('an allocation', () => {
  it('is recorded by who may know arms, moves day zero with it, and never by a masked role (D5)', () => {
    const two = seedStudy(test.db, TWO_ARM_PROTOCOL)
    const masked = seedUser(test.db, { role: 'coordinator', study: two, name: 'Masked' })
    const manager = seedUser(test.db, { role: 'dataManager', study: two })
    number = registered(masked)
    const input = { study: 'TWOARM', number, arm: 'SHAM', allocatedOn: day('2025-02-10') }
    expect(refused(recordAllocation(contextFor(test.db, masked), input)).code).toBe('notAllowed')
    const ctx = contextFor(test.db, manager)
    expect(wrongFields(recordAllocation(ctx, { ...input, arm: 'NONE' }))).toEqual(['arm'])
    expect(wrongFields(recordAllocation(ctx, { ...input, allocatedOn: day('2025-01-09') }))).toEqual([
      'allocatedOn',
    ])
    accepted(recordAllocation(ctx, input))
    expect(refused(recordAllocation(ctx, input)).code).toBe('notPossible')
    expect(listTargets(test)).toMatchObject({ M1: ['2025-03-10', false] })
    const latest = test.db.select().from(allocations).all().at(-1)
    expect(latest).toMatchObject({ arm: 'SHAM', recordedBy: manager.userId })
    accepted(record(masked, { plan: '1' }))
  })

  it.each(['siteStaff', 'full'] as const)(
    'held elsewhere holds up no dose where site staff may not know it (%s)',
    masking => {
      const two = seedStudy(test.db, { ...TWO_ARM_PROTOCOL, masking })
      const masked = seedUser(test.db, { role: 'coordinator', study: two, name: 'Masked' })
      number = registered(masked)
      accepted(record(masked, { plan: '1' }))
    },
  )

  it('comes before the first dose where it may be known', () => {
    const two = seedStudy(test.db, { ...TWO_ARM_PROTOCOL, masking: 'open' })
    const open = seedUser(test.db, { role: 'coordinator', study: two, name: 'Open' })
    number = registered(open)
    expect(refused(record(open))).toEqual({
      code: 'notPossible',
      text: `${number} has no arm yet. Record the arm on the participant’s page first.`,
    })
    const input = { study: 'TWOARM', number, arm: 'SHAM', allocatedOn: day('2025-02-10') }
    accepted(recordAllocation(contextFor(test.db, open), input))
    accepted(record(open))
  })
})
