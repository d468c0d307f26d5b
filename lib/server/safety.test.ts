import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { writeSchedule } from '@/db/commands/schedule'
import { addTreatment } from '@/db/commands/treatments'
import { participants } from '@/db/schema/participants'
import { contextFor, type SeededStudy, type SeededUser, seedStudy, seedUser } from '@/db/testing/factories'
import { seedEvents } from '@/db/testing/seed-events'
import { createTestDb, TEST_WRITER, type TestDb } from '@/db/testing/test-db'
import { insertRecord } from '@/db/write'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import { SafetyList } from '@/lib/schemas/event-reports'
import { readSafety } from './safety'
import { readWorklist } from './worklist'

let test: TestDb
let study: SeededStudy
let events: { mild: number; serious: number }

beforeEach(() => {
  test = createTestDb()
  study = seedStudy(test.db)
  events = seedEvents(test.db, study)
})
afterEach(() => test.remove())

const user = (role: Parameters<typeof seedUser>[1]['role'], site?: string) =>
  seedUser(test.db, { role, study, ...(site === undefined ? {} : { site }) })

function list(reader: SeededUser, query: Readonly<Record<string, string>> = {}, now?: string) {
  const ctx = contextFor(test.db, reader, now === undefined ? {} : { now })
  const read = readSafety(ctx, 'SMALL', SafetyList.parse(query))
  if (!read.ok) throw new Error(read.error.code)
  return read.value
}

const ids = (reader: SeededUser, query: Readonly<Record<string, string>> = {}) =>
  list(reader, query).events.map(({ id }) => id)

function procedures(dosedOn: string, harvestedOn: string | null): void {
  test.db.transaction(
    tx => {
      const participantId = tx.select().from(participants).get()?.id ?? (0 as never)
      addTreatment(tx, TEST_WRITER, { participantId, plan: 'DOSE1', givenOn: dosedOn as CalendarDate })
      const answers = { HARVEST_DATE: { value: harvestedOn ?? '' } }
      if (harvestedOn !== null)
        insertRecord(tx, TEST_WRITER, 'log_entries', {
          participantId,
          log: 'harvests',
          answers,
          confirmations: {},
        })
    },
    { behavior: 'immediate' },
  )
}

describe('the list of adverse events', () => {
  it('puts first what is to be reported, and counts what is open, late and not judged', () => {
    const monitor = user('monitor', 'MEL')
    expect(ids(monitor)).toEqual([events.serious, events.mild])
    expect(list(monitor).counts).toEqual({ serious: 1, open: 1, late: 0, unlisted: 0, toJudge: 2 })
    expect(list(monitor, {}, '2026-04-16T09:00:01.000Z').counts.late).toBe(1)
  })

  it('is filtered by seriousness, open clock, grade, site and judgement', () => {
    const manager = user('dataManager')
    expect(ids(manager, { serious: '1' })).toEqual([events.serious])
    expect(ids(manager, { open: '1' })).toEqual([events.serious])
    expect(ids(manager, { judge: '1' })).toHaveLength(2)
    expect(ids(manager, { grade: '3' })).toEqual([])
    expect(ids(manager, { site: 'SYD' })).toEqual([])
    expect(ids(manager, { site: 'MEL', grade: 'nonsense', page: '-1' })).toHaveLength(2)
  })

  it('shows the events of other sites to nobody, and none to who does not read participants', () => {
    expect(ids(user('coordinator', 'SYD'))).toEqual([])
    for (const [reader, query, code] of [
      [user('statistician'), {}, 'notAllowed'],
      [user('administrator'), {}, 'notAllowed'],
      [user('investigator', 'SYD'), { site: 'MEL' }, 'notFound'],
    ] as const) {
      const read = readSafety(contextFor(test.db, reader), 'SMALL', SafetyList.parse(query))
      expect(read.ok ? null : read.error.code).toBe(code)
    }
  })

  it.each([
    ['2026-04-02', null, 'no'],
    ['2026-03-20', null, 'yes'],
    ['2026-04-02', '2026-02-20', 'yes'],
    ['2026-04-02', '2026-03-31', 'yes'],
  ])('dose %s, harvest %s: begun in March 2026 is treatment-emergent: %s', (dosed, harvested, expected) => {
    procedures(dosed, harvested)
    expect(list(user('monitor', 'MEL')).events[0]?.isTreatmentEmergent).toBe(expected)
  })

  it('names no dose and no arm', () => {
    procedures('2026-03-20', null)
    expect(JSON.stringify(list(user('dataManager')))).not.toMatch(/DOSE1|First injection|ACTIVE/)
  })
})

describe('a running clock', () => {
  it('stands on the worklist of every reader of the site, whichever site is shown, and on no other', () => {
    const clocks = (reader: SeededUser, site: string | null) => {
      const read = readWorklist(contextFor(test.db, reader), { study: 'SMALL', site })
      return read.ok ? read.value.clocks.map(({ entry, clock }) => [entry, clock]) : read.error.code
    }
    const left = [[events.serious, { state: 'running', hoursLeft: 0.5, late: false }]]
    for (const role of ['coordinator', 'investigator', 'monitor'] as const)
      expect(clocks(user(role, 'MEL'), null)).toEqual(left)
    const manager = user('dataManager')
    expect([clocks(manager, null), clocks(manager, 'SYD')]).toEqual([left, left])
    expect(clocks(user('coordinator', 'SYD'), null)).toEqual([])
  })
  it('of who asked for no further use stays, and tells nothing that was recorded', () => {
    const answers = { KIND: { value: 'noFurtherUse' }, DATE: { value: '2026-04-15' } }
    test.db.transaction(
      tx => {
        const participantId = tx.select().from(participants).get()?.id ?? (0 as never)
        const entry = { participantId, log: 'departures', answers, confirmations: {} }
        insertRecord(tx, TEST_WRITER, 'log_entries', entry)
        writeSchedule(tx, { participantId, protocol: study.protocol, protocolVersion: '1.0' })
      },
      { behavior: 'immediate' },
    )
    const read = readWorklist(contextFor(test.db, user('monitor', 'MEL')), { study: 'SMALL', site: null })
    expect(read.ok && read.value.clocks).toMatchObject([{ number: 'MEL-001', event: 'Adverse event' }])
    expect(JSON.stringify(read)).not.toContain('infection')
    const safety = list(user('dataManager'), {}, '2026-04-16T09:00:01.000Z')
    expect(safety.counts).toEqual({ serious: 0, open: 1, late: 1, unlisted: 1, toJudge: 0 })
    expect(safety.events).toEqual([])
  })
})
