import { afterEach, beforeEach, expect, it } from 'vitest'
import { writeSchedule } from '@/db/commands/schedule'
import { compareReplay } from '@/db/replay'
import { treatments } from '@/db/schema/participants'
import { contextFor, type SeededUser, seedStudy, seedUser } from '@/db/testing/factories'
import { seedEnrolled } from '@/db/testing/seed-visits'
import { SMALL_PROTOCOL } from '@/db/testing/small-protocol'
import { createTestDb, TEST_WRITER, type TestDb } from '@/db/testing/test-db'
import { insertRecord } from '@/db/write'
import type { ParticipantId } from '@/lib/domain/shared/ids'
import { RecordTreatment } from '@/lib/schemas/treatments'
import { readDosePage } from './dose-view'
import { readParticipant } from './participant-record'
import { recordTreatment } from './treatments'

let test: TestDb
let coordinator: SeededUser
let participantId: ParticipantId

/** Consented in 2025, dosed never as far as is recorded. Today is 16 Apr 2026. */
beforeEach(() => {
  test = createTestDb()
  const study = seedStudy(test.db)
  coordinator = seedUser(test.db, { role: 'coordinator', study, site: 'MEL' })
  participantId = seedEnrolled(test.db, study, {
    number: 'MEL-001',
    site: 'MEL',
    consentDate: '2025-09-01',
    dosedOn: null,
  })
})
afterEach(() => test.remove())

const ctx = () => contextFor(test.db, coordinator)

function leave(kind: string, date: string): void {
  const answers = { KIND: { value: kind }, DATE: { value: date } }
  test.db.transaction(
    tx => {
      insertRecord(tx, TEST_WRITER, 'log_entries', {
        ...{ participantId, log: 'departures', answers, confirmations: {} },
      })
      writeSchedule(tx, { participantId, protocol: SMALL_PROTOCOL, protocolVersion: '1.0' })
    },
    { behavior: 'immediate' },
  )
}

function offered() {
  const read = readParticipant(ctx(), 'SMALL', 'MEL-001')
  if (!read.ok) throw new Error(read.error.code)
  const { offers, treatmentEnd } = read.value
  return { offers: offers.map(({ treatment }) => treatment.code), treatmentEnd }
}

const record = (givenOn: string, plan = 'DOSE1') =>
  recordTreatment(
    ctx(),
    RecordTreatment.parse({ study: 'SMALL', number: 'MEL-001', plan, givenOn, conditionMet: 'yes' }),
  )

it.each(['treatment', 'followUp', 'lost', 'death'])(
  'a dose given before leaving (%s) can be recorded after it, none of a later day; page and offer say so',
  kind => {
    leave(kind, '2026-02-01')
    expect(offered()).toMatchObject({ offers: expect.arrayContaining(['DOSE1']), treatmentEnd: '2026-02-01' })
    expect(readDosePage(ctx(), { study: 'SMALL', number: 'MEL-001', dose: 'DOSE1' })).toMatchObject({
      ok: true,
      value: { closed: null, may: { record: true }, treatmentEnd: '2026-02-01' },
    })
    expect(record('2 Feb 2026')).toMatchObject({
      ok: false,
      error: { code: 'invalidInput', fields: [{ field: 'givenOn', value: '2026-02-02' }] },
    })
    expect(record('1 Feb 2026').ok).toBe(true)
    expect(
      test.db
        .select()
        .from(treatments)
        .all()
        .map(({ givenOn }) => givenOn),
    ).toEqual(['2026-02-01'])
    expect(compareReplay(test.db)).toEqual([])
  },
)

it('a dose that the protocol allows only after the end is not offered', () => {
  expect(record('1 Oct 2025').ok).toBe(true)
  expect(offered()).toEqual({ offers: ['DOSE2'], treatmentEnd: null })
  leave('treatment', '2026-03-31')
  expect(offered()).toEqual({ offers: [], treatmentEnd: '2026-03-31' })
})

it('and one that it allowed on that very day is', () => {
  expect(record('1 Oct 2025').ok).toBe(true)
  leave('treatment', '2026-04-01')
  expect(offered().offers).toEqual(['DOSE2'])
  expect(record('1 Apr 2026', 'DOSE2').ok).toBe(true)
})
