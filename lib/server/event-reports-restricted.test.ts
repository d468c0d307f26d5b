import { afterEach, beforeEach, expect, it } from 'vitest'
import { eventReports, logEntries } from '@/db/schema/logs'
import { contextFor, type SeededStudy, type SeededUser, seedStudy, seedUser } from '@/db/testing/factories'
import { seedEvents } from '@/db/testing/seed-events'
import { createTestDb, type TestDb } from '@/db/testing/test-db'
import { AddEventNote, CorrectEventReport, ReportEvent, VoidEventReport } from '@/lib/schemas/event-reports'
import { SaveLogEntry } from '@/lib/schemas/logs'
import { listRunningClocks } from './adverse-events'
import { addEventNote, correctEventReport, reportEvent, voidEventReport } from './event-reports'
import { readEventReports, readReportDuty } from './event-reports-read'
import { saveLogEntry } from './logs'
import { openStudy } from './studies'

let test: TestDb
let study: SeededStudy
let coordinator: SeededUser
let serious: number

const PERSON = { study: 'SMALL', number: 'MEL-001' }
const TOLD = {
  reportedOn: '16 Apr 2026',
  reportedTime: '18:15',
  reportedBy: 'A coordinator',
  reference: 'X1',
}
const SURE = 'noFurtherUse:KIND=noFurtherUse,DATE=2026-04-16'
const NOTE = { note: 'Fistula found', awareOn: '16 Apr 2026', awareTime: '17:00' }

/** MEL-001 asks for no further use while the clock of a serious event and that of its follow-up run. */
beforeEach(() => {
  test = createTestDb()
  study = seedStudy(test.db)
  coordinator = seedUser(test.db, { role: 'coordinator', study, site: 'MEL' })
  serious = seedEvents(test.db, study).serious
  expect(addEventNote(ctx(), AddEventNote.parse({ ...PERSON, entry: serious, ...NOTE })).ok).toBe(true)
  const answers = { KIND: ['noFurtherUse'], DATE: ['2026-04-16'], CAUSE: ['noReason'] }
  const typed = {
    ...PERSON,
    log: 'departures',
    entry: 'new',
    version: '',
    reason: '',
    answers,
    confirm: [SURE],
  }
  expect(saveLogEntry(ctx(), SaveLogEntry.parse(typed))).toMatchObject({ ok: true })
})
afterEach(() => test.remove())

const ctx = (user = coordinator) => contextFor(test.db, user)
const reports = () => test.db.select().from(eventReports).all()
const key = (position: number) => {
  const row = reports()[position]
  return { ...PERSON, entry: serious, report: row?.id, version: row?.rowVersion }
}
const told = (user = coordinator) => reportEvent(ctx(user), ReportEvent.parse({ ...key(0), ...TOLD }))

it('a clock that runs when no further use is asked for can be stopped, and leaves the worklist', () => {
  const running = () => {
    const opened = openStudy(ctx(), 'SMALL', 'readParticipants')
    return opened.ok ? listRunningClocks(ctx(), opened.value) : []
  }
  expect(running().map(({ kind, restricted }) => [kind, restricted])).toEqual([
    ['initial', true],
    ['followUp', true],
  ])
  expect(told()).toMatchObject({ ok: true, value: { restricted: true } })
  expect(running().map(({ kind }) => kind)).toEqual(['followUp'])
})

it('only by who may report, and by nobody of another site', () => {
  expect(told(seedUser(test.db, { role: 'monitor', study, site: 'MEL' }))).toMatchObject({ ok: false })
  const elsewhere = seedUser(test.db, { role: 'coordinator', study, site: 'SYD' })
  expect(told(elsewhere)).toMatchObject({ error: { code: 'notFound' } })
  expect(readReportDuty(ctx(elsewhere), PERSON)).toMatchObject({ error: { code: 'notFound' } })
  expect(told(seedUser(test.db, { role: 'investigator', study, site: 'MEL' }))).toMatchObject({ ok: true })
})

it('its page shows number and clocks, nothing that was recorded of the event', () => {
  const duty = readReportDuty(ctx(), PERSON)
  expect(duty).toMatchObject({ ok: true, value: { number: 'MEL-001', restricted: true } })
  expect(JSON.stringify(duty)).not.toMatch(/infection|Fistula|hospital/)
  expect(readEventReports(ctx(), { ...PERSON, entry: serious })).toMatchObject({ ok: false })
})

it('a report is corrected without its note being shown or lost, and without telling when the event began', () => {
  const correction = { ...key(1), reason: 'Typing error', awareOn: '16 Apr 2026', awareTime: '16:30' }
  expect(correctEventReport(ctx(), CorrectEventReport.parse(correction))).toMatchObject({ ok: true })
  expect(reports()[1]).toMatchObject({ note: 'Fistula found', awareAt: '2026-04-16T06:30:00.000Z' })
  const early = { ...key(0), reason: 'Typing error', awareOn: '15 Feb 2026', awareTime: '16:30' }
  const refused = correctEventReport(ctx(), CorrectEventReport.parse(early))
  expect(refused).toMatchObject({ error: { code: 'invalidInput', fields: [{ field: 'awareOn' }] } })
  expect(JSON.stringify(refused)).not.toContain('Mar')
})

it('a report is voided by the rule of every other; new notes are not taken', () => {
  const voiding = (position: number) =>
    voidEventReport(ctx(), VoidEventReport.parse({ ...key(position), reason: 'Recorded twice' }))
  expect(voiding(0)).toMatchObject({ error: { code: 'notPossible' } })
  expect(voiding(1)).toMatchObject({ ok: true })
  const more = AddEventNote.parse({ ...PERSON, entry: serious, ...NOTE })
  expect(addEventNote(ctx(), more)).toMatchObject({ error: { code: 'notPossible' } })
  expect(
    test.db
      .select()
      .from(logEntries)
      .all()
      .map(({ rowVersion }) => rowVersion),
  ).toEqual([1, 1, 1])
})
