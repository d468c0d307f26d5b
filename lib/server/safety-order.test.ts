import { afterEach, beforeEach, expect, it } from 'vitest'
import { eventReports, logEntries } from '@/db/schema/logs'
import { contextFor, type SeededStudy, type SeededUser, seedStudy, seedUser } from '@/db/testing/factories'
import { seedEvents } from '@/db/testing/seed-events'
import { createTestDb, TEST_WRITER, type TestDb } from '@/db/testing/test-db'
import { insertRecord } from '@/db/write'
import { awaitsJudgement, isSerious } from '@/lib/domain/events/event-facts'
import type { Answers } from '@/lib/domain/instruments/instrument'
import { SafetyList } from '@/lib/schemas/event-reports'
import { readSafety } from './safety'

let test: TestDb
let study: SeededStudy
let manager: SeededUser

beforeEach(() => {
  test = createTestDb()
  study = seedStudy(test.db)
  seedEvents(test.db, study)
  manager = seedUser(test.db, { role: 'dataManager', study })
})
afterEach(() => test.remove())

function list(query: Readonly<Record<string, string>>) {
  const read = readSafety(contextFor(test.db, manager), 'SMALL', SafetyList.parse(query))
  if (!read.ok) throw new Error(read.error.code)
  return read.value
}

function add(all: readonly Answers[]): number[] {
  const participantId = test.db.select().from(logEntries).all()[0]?.participantId ?? (0 as never)
  const under = { participantId, log: 'adverseEvents', confirmations: {} }
  return test.db.transaction(
    tx => all.map(answers => insertRecord(tx, TEST_WRITER, 'log_entries', { ...under, answers }).id),
    { behavior: 'immediate' },
  )
}

function report(entryId: number, awareAt: string, reportedAt: string | null): void {
  test.db.transaction(
    tx => {
      const row = { entryId: entryId as never, kind: 'initial' as const, awareAt, reportedAt }
      insertRecord(tx, TEST_WRITER, 'event_reports', row)
    },
    { behavior: 'immediate' },
  )
}

/** Every way in which the questions that decide can be answered, left open or told to be missing. */
function everyAnswer(): Answers[] {
  const yesOrNo = [undefined, { value: true }, { value: false }, { missing: 'unknown' }] as const
  const relations = [undefined, { value: 'possible' }, { missing: 'unknown' }] as const
  return yesOrNo.flatMap(AESER =>
    yesOrNo.flatMap(AESERINV =>
      relations.flatMap(AERELPR =>
        relations.map(
          AERELPD =>
            Object.fromEntries(
              Object.entries({ AESER, AESERINV, AERELPR, AERELPD }).filter(([, one]) => one !== undefined),
            ) as Answers,
        ),
      ),
    ),
  )
}

it('the database finds serious events and those to judge by the very rules of the domain', () => {
  add(everyAnswer())
  const stored = test.db.select().from(logEntries).all()
  for (const [query, rule] of [
    ['serious', isSerious],
    ['judge', awaitsJudgement],
  ] as const) {
    const wanted = stored.filter(({ answers }) => rule(answers)).map(({ id }) => id)
    const pages = Array.from({ length: 4 }, (_, page) => list({ [query]: '1', page: String(page + 1) }))
    expect(pages.flatMap(({ events }) => events.map(({ id }) => id)).toSorted((a, b) => a - b)).toEqual(
      wanted,
    )
    expect(pages[0]?.found).toBe(wanted.length)
  }
  const { counts, total } = list({})
  expect([total, counts.serious, counts.toJudge]).toEqual([
    stored.length,
    stored.filter(({ answers }) => isSerious(answers)).length,
    stored.filter(({ answers }) => awaitsJudgement(answers)).length,
  ])
})

it('orders by the longest running clock, then what was reported, then serious, then latest, over all pages', () => {
  const [mild, serious] = test.db.select().from(logEntries).all()
  const added = add(Array.from({ length: 60 }, (_, n) => ({ AESER: { value: n === 3 } })))
  const [longest = 0, reported = 0, , three = 0] = added
  report(longest, '2026-04-01T09:00:00.000Z', null)
  report(longest, '2026-04-16T08:00:00.000Z', null)
  report(reported, '2026-03-01T09:00:00.000Z', '2026-03-01T10:00:00.000Z')
  const rest = added.filter(id => ![longest, reported, three].includes(id)).toReversed()
  const pages = ['1', '2', '3'].map(page => list({ page }).events.map(({ id }) => id))
  expect(pages.map(page => page.length)).toEqual([50, 12, 0])
  expect(pages.flat()).toEqual([longest, serious?.id, reported, three, ...rest, mild?.id])
  expect(list({}).events[0]?.clock).toMatchObject({ state: 'running', late: true })
})

it('reports still to be made are found by their index, not by reading them all', () => {
  const due = "kind <> 'note' AND reported_at IS NULL AND voided_at IS NULL"
  const plan = test.sqlite.prepare(`EXPLAIN QUERY PLAN SELECT id FROM event_reports WHERE ${due}`).all()
  expect(JSON.stringify(plan)).toContain('event_reports_due')
  expect(test.db.select().from(eventReports).all()).toHaveLength(1)
})
