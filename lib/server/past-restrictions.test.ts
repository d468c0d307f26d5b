import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { voidParticipant } from '@/db/commands/mending'
import { contextFor, type SeededStudy, seedStudy, seedUser } from '@/db/testing/factories'
import { accepted } from '@/db/testing/results'
import { seedEnrolled, seedVisit } from '@/db/testing/seed-visits'
import { SMALL_PROTOCOL } from '@/db/testing/small-protocol'
import { createTestDb, TEST_WRITER, type TestDb } from '@/db/testing/test-db'
import type { ParticipantId } from '@/lib/domain/shared/ids'
import { SaveLogEntry } from '@/lib/schemas/logs'
import { readCohort, readSummary } from './cohort'
import { type Ctx, operatorContext } from './context'
import { saveLogEntry } from './logs'
import { voidLogEntry } from './logs-mend'
import { readSince } from './since'

let test: TestDb
let study: SeededStudy
let ctx: Ctx
let ids: ParticipantId[]
const nprs = (average: number) => ({ nprs: { NPRS_AVG: { value: average }, NPRS_WORST: { value: 9 } } })
beforeEach(() => {
  test = createTestDb()
  study = seedStudy(test.db, SMALL_PROTOCOL)
  ctx = operatorContext(test.db)
  ids = ['MEL-001', 'MEL-002', 'MEL-003'].map((number, index) => {
    const id = seedEnrolled(test.db, study, { number, site: 'MEL' })
    seedVisit(test.db, study, id, { code: 'BL', date: '2025-10-10', forms: nprs(7) })
    seedVisit(test.db, study, id, { code: 'M1', date: '2025-11-16', forms: nprs(2 + index) })
    return id
  })
})
afterEach(() => test.remove())

const head = () =>
  Number(test.sqlite.prepare("SELECT max(seq) FROM audit_entries WHERE chain = 'study/SMALL'").pluck().get())

function ask(number: string): number {
  const answers = { KIND: ['noFurtherUse'], DATE: ['1 Nov 2025'] }
  const posted = { study: 'SMALL', number, log: 'departures', entry: 'new', answers }
  const first = saveLogEntry(ctx, SaveLogEntry.parse(posted))
  if (first.ok || first.error.code !== 'unanswered') return accepted(first).id
  const confirm = first.error.questions.map(({ code }) => code)
  return accepted(saveLogEntry(ctx, SaveLogEntry.parse({ ...posted, confirm }))).id
}

function pastOf(asOf: number) {
  const { view, population } = accepted(readSummary(ctx, { study: 'SMALL', asOf }))
  const { inSet, members } = accepted(readCohort(ctx, { study: 'SMALL', asOf }))
  const { noFurtherUse, enrolled } = population.flow
  const named = members?.map(({ subject }) => subject)
  return { inSet, named, noFurtherUse, enrolled, restrictedSince: view.leftOut.restrictedSince }
}

describe('no further use of data, in a past state of knowledge', () => {
  it('holds for entries from before it was asked, also where the state was read before, and is counted', () => {
    const past = head()
    const everybody = ['MEL-001', 'MEL-002', 'MEL-003']
    const whole = { inSet: 3, named: everybody, noFurtherUse: 0, enrolled: 3, restrictedSince: 0 }
    expect(pastOf(past)).toEqual(whole)
    ask('MEL-001')
    const between = head()
    const one = { inSet: 2, named: ['MEL-002', 'MEL-003'], noFurtherUse: 1, enrolled: 2 }
    expect(pastOf(past)).toEqual({ ...one, restrictedSince: 1 })
    ask('MEL-003')
    const two = { inSet: 1, named: ['MEL-002'], noFurtherUse: 2, enrolled: 1 }
    expect(pastOf(past)).toEqual({ ...two, restrictedSince: 2 })
    expect(pastOf(between)).toEqual({ ...two, restrictedSince: 1 })
    expect(pastOf(head())).toEqual({ ...two, restrictedSince: 0 })
  })

  it('ends when the entry was voided as wrong', () => {
    const past = head()
    const entry = ask('MEL-001')
    expect(pastOf(past).inSet).toBe(2)
    const about = { study: 'SMALL', number: 'MEL-001', log: 'departures', entry, version: 1 }
    accepted(voidLogEntry(ctx, { ...about, reason: 'Wrong participant', confirm: [] }))
    expect(pastOf(past)).toMatchObject({ inSet: 3, restrictedSince: 0 })
  })

  it('takes the duplicate of the same person with it, which was voided since', () => {
    const past = head()
    const [kept = null, duplicate] = ids as [ParticipantId, ParticipantId]
    test.db.transaction(tx => {
      const void_ = { duplicateOf: kept, reason: 'Registered twice' }
      voidParticipant(tx, TEST_WRITER, { id: duplicate, rowVersion: 1 }, void_)
    })
    expect(pastOf(past).inSet).toBe(3)
    ask('MEL-001')
    expect(pastOf(past)).toMatchObject({ inSet: 1, named: ['MEL-003'], restrictedSince: 2 })
  })

  it('moves no result between two states, and the page since the last look says so', () => {
    const past = head()
    ask('MEL-001')
    const reader = contextFor(test.db, seedUser(test.db, { role: 'dataManager', study }))
    const { since } = accepted(readSince(reader, { study: 'SMALL', from: past }))
    expect(since).toMatchObject({ kind: 'since', shifts: [], restrictedSince: 1 })
    expect(JSON.stringify(since)).not.toContain('"subject":"MEL-001"')
  })
})
