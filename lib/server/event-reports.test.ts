import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { compareReplay } from '@/db/replay'
import { eventReports, logEntries } from '@/db/schema/logs'
import { contextFor, type SeededStudy, type SeededUser, seedStudy, seedUser } from '@/db/testing/factories'
import { seedEvents } from '@/db/testing/seed-events'
import { createTestDb, type TestDb } from '@/db/testing/test-db'
import type { AppError } from '@/lib/domain/shared/errors'
import type { Result } from '@/lib/domain/shared/result'
import { AddEventNote, CorrectEventReport, ReportEvent } from '@/lib/schemas/event-reports'
import { addEventNote, correctEventReport, reportEvent } from './event-reports'
import { readEventReports } from './event-reports-read'

let test: TestDb
let study: SeededStudy
let coordinator: SeededUser
let serious: number
let mild: number

beforeEach(() => {
  test = createTestDb()
  study = seedStudy(test.db)
  coordinator = seedUser(test.db, { role: 'coordinator', study, site: 'MEL' })
  const seeded = seedEvents(test.db, study)
  serious = seeded.serious
  mild = seeded.mild
})
afterEach(() => test.remove())

/** It is 16 Apr 2026, 18:30 in Melbourne, unless said otherwise. */
const as = (user: SeededUser, now?: string) => contextFor(test.db, user, now === undefined ? {} : { now })
const rows = () => test.db.select().from(eventReports).all()
const first = () => rows()[0] ?? (undefined as never)

const TOLD = {
  reportedOn: '16 Apr 2026',
  reportedTime: '18:15',
  reportedBy: 'A coordinator',
  reference: 'SAE 12',
}
const REASON = { reason: 'Typing error' }
type Typed = Readonly<Record<string, unknown>>

const key = (entry: number) => ({ study: 'SMALL', number: 'MEL-001', entry })
const ofFirst = () => ({ ...key(serious), report: first().id, version: first().rowVersion })

const report = (patch: Typed = {}, user = coordinator, now?: string) =>
  send(ReportEvent, { ...ofFirst(), ...TOLD, ...patch }, input => reportEvent(as(user, now), input))
const note = (entry: number, patch: Typed = {}, user = coordinator) =>
  send(AddEventNote, { ...key(entry), note: 'Improving', ...patch }, input => addEventNote(as(user), input))
const correct = (patch: Typed = {}, user = coordinator) =>
  send(
    CorrectEventReport,
    { ...ofFirst(), awareOn: '15 Apr 2026', awareTime: '19:00', ...REASON, ...patch },
    input => correctEventReport(as(user), input),
  )

/** Parsed and carried out as the page's action does. */
function send<I>(
  schema: z.ZodType<I>,
  typed: Typed,
  carryOut: (input: I) => Result<unknown, AppError>,
): Result<unknown, AppError> {
  const parsed = schema.safeParse(typed)
  if (parsed.success) return carryOut(parsed.data)
  const fields = parsed.error.issues.map(({ path }) => ({ field: String(path[0]), value: '', text: '' }))
  return { ok: false, error: { code: 'invalidInput', fields } }
}

function accepted<T>(result: Result<T, AppError>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}

/** Names of the fields that were refused, or what the refusal is called. */
function refused(result: Result<unknown, AppError>): readonly string[] {
  if (result.ok) throw new Error('it was accepted')
  return result.error.code === 'invalidInput'
    ? result.error.fields.map(({ field }) => field)
    : [result.error.code]
}

describe('a report to the sponsor', () => {
  it('stops the clock, says when, by whom and under which reference, and can be replayed', () => {
    accepted(report())
    expect(first()).toMatchObject({
      reportedAt: '2026-04-16T08:15:00.000Z',
      reportedBy: 'A coordinator',
      reference: 'SAE 12',
    })
    const view = accepted(readEventReports(as(coordinator), key(serious)))
    expect(view.reports[0]?.clock).toEqual({ state: 'reported', reportedAfterHours: 23.25, late: false })
    expect(compareReplay(test.db)).toEqual([])
  })

  it('is late after 24 hours', () => {
    accepted(report({ reportedTime: '19:01' }, coordinator, '2026-04-17T00:00:00.000Z'))
    const view = accepted(readEventReports(as(coordinator), key(serious)))
    expect(view.reports[0]?.clock).toMatchObject({ state: 'reported', late: true })
  })

  it.each([
    ['reportedOn', { reportedOn: '' }],
    ['reportedOn', { reportedOn: '16/04/2026' }],
    ['reportedOn', { reportedOn: '17 Apr 2026' }],
    ['reportedOn', { reportedOn: '15 Apr 2026', reportedTime: '18:59' }],
    ['reportedTime', { reportedTime: '' }],
    ['reportedTime', { reportedTime: '25:00' }],
    ['reportedTime', { reportedTime: '18:31' }],
    ['reportedBy', { reportedBy: ' ' }],
    ['reportedBy', { reportedBy: 'x'.repeat(101) }],
    ['reference', { reference: '' }],
    ['reference', { reference: 'x'.repeat(101) }],
    ['version', { version: '0' }],
    ['report', { report: 'x' }],
  ])('is refused at %s: %o, and nothing is stored', (field, patch) => {
    expect(refused(report(patch))).toEqual([field])
    expect(first().reportedAt).toBeNull()
  })

  it('is recorded once; a second person with the old page is shown what is stored', () => {
    const stale = ofFirst()
    accepted(report())
    expect(refused(report())).toEqual(['notPossible'])
    const again = report({ ...stale, reference: 'SAE 13' })
    expect(again.ok ? null : again.error).toMatchObject({ code: 'conflict', storedVersion: 2 })
    const fields = again.ok || again.error.code !== 'conflict' ? [] : again.error.fields
    expect(fields).toContainEqual({
      field: 'reference',
      label: 'Reference',
      yours: 'SAE 13',
      stored: 'SAE 12',
    })
  })

  it.each([
    ['investigator', 'MEL', null],
    ['dataManager', undefined, null],
    ['monitor', 'MEL', 'notAllowed'],
    ['statistician', undefined, 'notAllowed'],
    ['coordinator', 'SYD', 'notFound'],
    ['investigator', 'SYD', 'notFound'],
  ] as const)('by %s of %s: %s', (role, site, refusal) => {
    const user = seedUser(test.db, { role, study, name: 'Second', ...(site === undefined ? {} : { site }) })
    const acts = [
      () => note(mild, {}, user),
      () => correct({ awareTime: '18:00' }, user),
      () => report({}, user),
    ]
    for (const act of acts) {
      const result = act()
      expect(result.ok ? null : result.error.code).toBe(refusal)
    }
  })

  it('of an event of nobody, or of another participant, is not found', () => {
    expect(refused(report({ entry: 999 }))).toEqual(['notFound'])
    expect(refused(report({ entry: mild }))).toEqual(['notFound'])
    expect(refused(report({ number: 'MEL-999' }))).toEqual(['notFound'])
  })
})

describe('new information', () => {
  const known = { awareOn: '16 Apr 2026', awareTime: '17:00' }

  it('on a serious event starts a clock of its own, on another none', () => {
    accepted(note(serious, known))
    accepted(note(mild))
    expect(rows().map(row => [row.kind, row.awareAt, row.note])).toEqual([
      ['initial', '2026-04-15T09:00:00.000Z', null],
      ['followUp', '2026-04-16T07:00:00.000Z', 'Improving'],
      ['note', '2026-04-16T08:30:00.000Z', 'Improving'],
    ])
    const view = accepted(readEventReports(as(coordinator), key(mild)))
    expect(view.reports.map(({ clock }) => clock)).toEqual([null])
  })

  it.each([
    ['note', { ...known, note: '' }],
    ['note', { ...known, note: 'x'.repeat(2001) }],
    ['awareOn', { awareTime: '17:00' }],
    ['awareTime', { awareOn: '16 Apr 2026' }],
    ['awareOn', { ...known, awareOn: 'soon' }],
    ['awareOn', { ...known, awareOn: '2026-02-28' }],
    ['awareOn', { ...known, awareOn: '15 Apr 2026' }],
    ['awareOn', { ...known, awareOn: '17 Apr 2026' }],
    ['awareTime', { ...known, awareTime: '18:31' }],
    ['awareTime', { ...known, awareTime: 'five' }],
    ['unanswered', { ...known, note: 'Seen by Dr Smith' }],
  ])('is refused at %s: %o', (field, patch) => {
    expect(refused(note(serious, patch))).toEqual([field])
    expect(rows()).toHaveLength(1)
  })
})

describe('a correction', () => {
  it('needs a reason, and puts awareness right in report and event alike', () => {
    expect(refused(correct({ awareTime: '18:00', reason: '' }))).toEqual(['reasonRequired'])
    accepted(correct({ awareTime: '18:00' }))
    expect(first().awareAt).toBe('2026-04-15T08:00:00.000Z')
    const event = test.db
      .select()
      .from(logEntries)
      .all()
      .find(row => row.id === serious)
    expect(event?.answers.AWARE_AT).toEqual({ value: '18:00' })
    expect(compareReplay(test.db)).toEqual([])
  })

  it('takes back a report that never was, whose clock runs again', () => {
    accepted(report())
    expect(refused(correct({ reportedOn: '16 Apr 2026' }))).toEqual([
      'reportedTime',
      'reportedBy',
      'reference',
    ])
    accepted(correct())
    expect(first()).toMatchObject({ reportedAt: null, reportedBy: null, reference: null })
  })

  it('of what is as it was writes nothing', () => {
    accepted(report())
    accepted(correct(TOLD))
    expect(first().rowVersion).toBe(2)
  })

  it.each([
    ['awareOn', { awareOn: '' }],
    ['awareOn', { awareOn: '28 Feb 2026' }],
    ['awareOn', { awareOn: '17 Apr 2026' }],
    ['awareTime', { awareTime: '' }],
    ['awareTime', { awareTime: '9' }],
    ['reportedOn', { ...TOLD, reportedOn: '14 Apr 2026' }],
    ['reportedTime', { ...TOLD, reportedTime: '18:45' }],
  ])('is refused at %s: %o', (field, patch) => {
    expect(refused(correct(patch))).toEqual([field])
    expect(first().rowVersion).toBe(1)
  })
})
