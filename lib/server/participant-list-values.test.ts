import { afterEach, beforeEach, expect, it } from 'vitest'
import { contextFor, type SeededUser, seedStudy, seedUser } from '@/db/testing/factories'
import { seedOutcomes } from '@/db/testing/seed-outcomes'
import { SMALL_PROTOCOL } from '@/db/testing/small-protocol'
import { createTestDb, type TestDb } from '@/db/testing/test-db'
import { ParticipantList } from '@/lib/schemas/participants'
import { SaveVisit } from '@/lib/schemas/visits'
import { saveSecondEntry } from './double-entry'
import { listParticipants } from './participant-list'
import { readParticipant } from './participant-record'
import { saveVisit } from './visits'

let test: TestDb
beforeEach(() => {
  test = createTestDb()
})
afterEach(() => test.remove())

/** The only participant of the list, as this person sees the values. */
function valuesOf(actor: SeededUser) {
  const read = listParticipants(contextFor(test.db, actor), 'SMALL', ParticipantList.parse({}))
  const [row] = read.ok ? read.value.rows : []
  if (!row) throw new Error('nobody is listed')
  const { baseline, latest, points } = row
  return { baseline, latest, points: points.map(({ value }) => value) }
}

it('a value after day zero is no baseline, also where day zero is the day of randomisation and the dose came later', () => {
  const study = seedStudy(test.db, { ...SMALL_PROTOCOL, dayZero: 'randomisation' })
  const dated = (date: string, value: number) => ({ date, forms: { nprs: { NPRS_AVG: value } } })
  const visits = { BL: dated('2025-02-05', 7), M1: dated('2025-03-01', 4) }
  const when = { enrolledOn: '2025-01-10', allocatedOn: '2025-02-01', doses: { DOSE1: '2025-02-10' } }
  seedOutcomes(test.db, study, [{ number: 'MEL-001', arm: 'ACTIVE', ...when, visits }])
  const coordinator = seedUser(test.db, { role: 'coordinator', study })
  expect(valuesOf(coordinator)).toEqual({ baseline: null, latest: 4, points: [7, 4] })
  const record = readParticipant(contextFor(test.db, coordinator), 'SMALL', 'MEL-001')
  const trend = record.ok ? record.value.trends.find(one => one.parameter.code === 'NPRS_AVG') : undefined
  expect(trend?.baseline).toBeNull()
})

it('a first entry is hidden in the list, too, from who may make the second, until it is made', () => {
  const study = seedStudy(test.db, { ...SMALL_PROTOCOL, doubleEntry: { forms: ['nprs'] } })
  seedOutcomes(test.db, study, [
    { number: 'MEL-001', enrolledOn: '2026-02-20', doses: { DOSE1: '2026-03-10' } },
  ])
  const [first, second] = ['First', 'Second'].map(name =>
    seedUser(test.db, { role: 'coordinator', study, name }),
  )
  if (!first || !second) throw new Error('two people')
  const typed = SaveVisit.parse({
    ...{ study: 'SMALL', number: 'MEL-001', visit: 'M1', '~visit': { date: ['10 Apr 2026'] } },
    nprs: { NPRS_AVG: ['6'], NPRS_WORST: ['8'] },
  })
  expect(saveVisit(contextFor(test.db, first), typed).ok).toBe(true)
  expect(valuesOf(first).points).toEqual([6])
  expect(valuesOf(second)).toEqual({ baseline: null, latest: null, points: [] })
  expect(saveSecondEntry(contextFor(test.db, second), typed).ok).toBe(true)
  expect(valuesOf(second).points).toEqual([6])
})
