import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { contextFor, type SeededStudy, type SeededUser, seedStudy, seedUser } from '@/db/testing/factories'
import { accepted, refused } from '@/db/testing/results'
import { seedEntry } from '@/db/testing/seed-logs'
import { seedEnrolled, seedVisit } from '@/db/testing/seed-visits'
import { SMALL_PROTOCOL, TWO_ARM_PROTOCOL } from '@/db/testing/small-protocol'
import { createTestDb, type TestDb } from '@/db/testing/test-db'
import { insertRecord } from '@/db/write'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import type { ParticipantId } from '@/lib/domain/shared/ids'
import { SaveVisit } from '@/lib/schemas/visits'
import { recordCohortLook } from './cohort-looks'
import type { Ctx } from './context'
import { countSince, readSince } from './since'
import { saveVisit } from './visits'

let test: TestDb
let study: SeededStudy
let coordinator: SeededUser
let reader: SeededUser
let mel1: ParticipantId

const nprs = (average: number) => ({ nprs: { NPRS_AVG: { value: average }, NPRS_WORST: { value: 9 } } })
const MORNING = '2026-04-16T08:30:00.000Z'
const EVENING = '2026-04-16T18:30:00.000Z'
const at = (user: SeededUser, now = MORNING) => contextFor(test.db, user, { now }) as Ctx

function open(protocol: Protocol): void {
  test = createTestDb()
  study = seedStudy(test.db, protocol)
  coordinator = seedUser(test.db, { role: 'coordinator', study, name: 'Coordinator 1' })
  reader = seedUser(test.db, { role: 'investigator', study, site: 'MEL' })
  mel1 = seedEnrolled(test.db, study, { number: 'MEL-001', site: 'MEL' })
  const syd1 = seedEnrolled(test.db, study, { number: 'SYD-001', site: 'SYD' })
  for (const id of [mel1, syd1]) {
    seedVisit(test.db, study, id, { code: 'BL', date: '2025-10-10', forms: nprs(6) })
    seedVisit(test.db, study, id, { code: 'M1', date: '2025-11-16', forms: nprs(3) })
  }
}
beforeEach(() => open(SMALL_PROTOCOL))
afterEach(() => test.remove())

function enter(number: string, visit: string, date: string, average: string, versions = ['', '']) {
  const posted = {
    ...{ study: study.code, number, visit, reason: 'Typing error' },
    '~visit': { date: [date], version: [versions[0]] },
    nprs: { NPRS_AVG: [average], NPRS_WORST: ['9'], '~version': [versions[1]] },
  }
  return accepted(saveVisit(at(coordinator), SaveVisit.parse(posted)))
}
const correct = (number: string, average: string) => enter(number, 'M1', '16 Nov 2025', average, ['1', '1'])
const recordEvent = () =>
  seedEntry(test, mel1, 'adverseEvents', { AETERM: 'Headache', AETOXGR: 1, AESTDAT: '2026-03-10' })
const look = (user: SeededUser, now: string) => accepted(recordCohortLook(at(user, now), study.code))
const since = (user: SeededUser, now = EVENING) => {
  const view = accepted(readSince(at(user, now), { study: study.code }))
  if (view.since.kind === 'first') throw new Error('first')
  return { ...view, since: view.since }
}
const lookTwice = (user: SeededUser, between: () => void) => {
  look(user, MORNING)
  between()
  look(user, EVENING)
}

describe('a look', () => {
  it('is the first until another comes more than 30 minutes later', () => {
    const told = (now: string) => accepted(countSince(at(reader, now), study.code)).kind
    look(reader, MORNING)
    expect(told(MORNING)).toBe('first')
    look(reader, '2026-04-16T09:00:00.000Z')
    expect(told(EVENING)).toBe('first')
    look(reader, '2026-04-16T09:30:00.001Z')
    expect(accepted(countSince(at(reader, EVENING), study.code))).toMatchObject({
      kind: 'since',
      from: { at: '2026-04-16T09:00:00.000Z' },
    })
  })

  it('is each person’s own, of each study, and writes nothing into the audit', () => {
    const entries = () => test.sqlite.prepare('SELECT count(*) FROM audit_entries').pluck().get()
    const before = entries()
    lookTwice(reader, () => {})
    expect(entries()).toBe(before)
    expect(accepted(countSince(at(coordinator), study.code)).kind).toBe('first')
  })

  it('is refused to who may not read results', () => {
    const monitor = seedUser(test.db, { role: 'monitor', study })
    for (const refusal of [recordCohortLook, countSince])
      expect(refused(refusal(at(monitor), study.code)).code).toBe('notAllowed')
    expect(refused(readSince(at(monitor), { study: study.code })).code).toBe('notAllowed')
  })
})

describe('since the last look', () => {
  it('counts new and corrected values and events of the whole study', () => {
    lookTwice(reader, () => {
      enter('MEL-001', 'M6', '16 Apr 2026', '5')
      correct('SYD-001', '4')
      recordEvent()
    })
    expect(accepted(countSince(at(reader, EVENING), study.code))).toMatchObject({
      kind: 'since',
      from: { at: MORNING },
      counts: { newValues: 2, correctedValues: 1, newEvents: 1, takenOut: 0 },
    })
  })

  it('tells each value before and after, who changed it, why, and where it and its history stand', () => {
    lookTwice(reader, () => correct('MEL-001', '4'))
    expect(since(reader).since.lines).toMatchObject([
      {
        ...{ topic: 'values', kind: 'corrected', subject: 'MEL-001', actor: 'Coordinator 1', at: MORNING },
        ...{ reason: 'Typing error', visit: 'M1', form: 'nprs', field: 'answers.NPRS_AVG' },
        values: [{ old: '3', now: '4' }],
      },
    ])
  })

  it('names participants of other sites to nobody who is bound to a site, and says how many records are not shown', () => {
    lookTwice(reader, () => {
      enter('SYD-001', 'M6', '16 Apr 2026', '6')
      enter('MEL-001', 'M6', '16 Apr 2026', '6')
    })
    const view = since(reader)
    expect(JSON.stringify(view.since)).not.toContain('SYD')
    expect(view.since.untold).toEqual({ hidden: 1, beyond: 0 })
    expect(view.since.worsened.map(({ subject, parameter }) => [subject, parameter])).toEqual([
      ['MEL-001', 'NPRS_AVG'],
    ])
    expect(view.since.othersWorsened).toBe(1)
  })

  it('tells who got worse than at which visit, and by how much which result moved', () => {
    lookTwice(reader, () => enter('MEL-001', 'M6', '16 Apr 2026', '5'))
    const view = since(reader)
    expect(view.since.worsened).toMatchObject([
      {
        subject: 'MEL-001',
        visit: 'M6',
        value: 5,
        thanBaseline: null,
        thanPrevious: { visit: 'M1', points: 2 },
      },
    ])
    expect(view.since.shifts[0]).toMatchObject({
      ...{ parameter: 'NPRS_AVG', visit: 'M6', measure: { kind: 'meanChange' } },
      ...{ before: { value: null, n: 0 }, now: { value: -1, n: 1 }, difference: null },
    })
  })

  it('moves results by a correction alone', () => {
    lookTwice(reader, () => correct('MEL-001', '5'))
    const [mean] = since(reader).since.shifts
    expect(mean).toMatchObject({
      visit: 'M1',
      before: { value: -3, n: 2 },
      now: { value: -2, n: 2 },
      difference: 1,
    })
  })

  it('says that nothing changed where nothing did', () => {
    lookTwice(reader, () => {})
    expect(since(reader).since).toMatchObject({
      lines: [],
      worsened: [],
      shifts: [],
      counts: { newValues: 0 },
    })
  })

  it('compares with a named entry, and refuses one that is not there', () => {
    const head = Number(
      test.sqlite.prepare("SELECT max(seq) FROM audit_entries WHERE chain = 'study/SMALL'").pluck().get(),
    )
    correct('MEL-001', '4')
    const view = accepted(readSince(at(reader), { study: 'SMALL', from: head }))
    expect(view.since).toMatchObject({ kind: 'since', from: { seq: head } })
    for (const from of [0, head + 50])
      expect(refused(readSince(at(reader), { study: 'SMALL', from }))).toMatchObject({
        fields: [{ value: String(from) }],
      })
  })

  it('gives a statistician counts and results, and no participant', () => {
    const statistician = seedUser(test.db, { role: 'statistician', study })
    lookTwice(statistician, () => enter('MEL-001', 'M6', '16 Apr 2026', '5'))
    const view = since(statistician)
    expect(view.mayReadParticipants).toBe(false)
    expect(JSON.stringify(view.since)).not.toContain('MEL-')
    expect(view.since).toMatchObject({ worsened: [], othersWorsened: 1, counts: { newValues: 2 } })
    expect(view.since.shifts.length).toBeGreaterThan(0)
  })
})

describe('in a study of several arms', () => {
  it('tells no arm, by no road, to who may not know arms', () => {
    test.remove()
    open(TWO_ARM_PROTOCOL)
    lookTwice(reader, () => {
      const write = { userId: null, name: 'Operator', role: 'operator', now: MORNING, requestId: 'r' }
      test.db.transaction(tx => {
        const dose = { participantId: mel1, plan: 'DOSE2', givenOn: '2026-04-15' as never }
        insertRecord(tx, write, 'treatments', dose)
        insertRecord(tx, write, 'allocations', { participantId: mel1, arm: 'SHAM', allocatedOn: null })
      })
      enter('MEL-001', 'M6', '16 Apr 2026', '5')
    })
    const view = since(reader)
    expect(view.since.lines.map(({ summary }) => summary)).toEqual([
      expect.stringContaining('Entered'),
      'Recorded an arm',
      'Recorded Dose 2, given 15 Apr 2026',
    ])
    expect(JSON.stringify(view.since)).not.toMatch(/SHAM|ACTIVE|DOSE2|Second injection/)
    expect(view.since.shifts.every(({ arm }) => arm === 'ALL')).toBe(true)
    expect(view.since.shifts.length).toBeGreaterThan(0)
  })
})
