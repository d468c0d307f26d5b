import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { addParticipant } from '@/db/commands/participants'
import { addTreatment } from '@/db/commands/treatments'
import { compareReplay } from '@/db/replay'
import { eventReports, logEntries } from '@/db/schema/logs'
import { contextFor, type SeededStudy, type SeededUser, seedStudy, seedUser } from '@/db/testing/factories'
import { createTestDb, TEST_WRITER, type TestDb } from '@/db/testing/test-db'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { AppError } from '@/lib/domain/shared/errors'
import type { Result } from '@/lib/domain/shared/result'
import { VoidEventReport } from '@/lib/schemas/event-reports'
import { MoveLogEntry, SaveLogEntry, VoidLogEntry } from '@/lib/schemas/logs'
import { listRunningClocks } from './adverse-events'
import { voidEventReport } from './event-reports'
import { saveLogEntry } from './logs'
import { moveLogEntry, voidLogEntry } from './logs-mend'
import { openStudy } from './studies'

const day = (text: string) => text as CalendarDate
const EVENT = {
  AETERM: ['Wound infection'],
  AECAT: ['infection'],
  AESTDAT: ['2026-03-15'],
  AEONGO: ['yes'],
  AETOXGR: ['3'],
  AEACN: ['treated'],
  AEOUT: ['recovering'],
  AESER: ['no'],
}
const SERIOUS = {
  AESER: ['yes'],
  AESERCRIT: ['hospitalisation'],
  AWARE_ON: ['2026-03-16'],
  AWARE_AT: ['09:30'],
}
const AT = { study: 'SMALL', log: 'adverse-events' }
const REASON = { reason: 'Source document corrected' }

let test: TestDb
let study: SeededStudy
let coordinator: SeededUser
let investigator: SeededUser

beforeEach(() => {
  test = createTestDb()
  study = seedStudy(test.db)
  coordinator = seedUser(test.db, { role: 'coordinator', study, site: 'MEL' })
  investigator = seedUser(test.db, { role: 'investigator', study, site: 'MEL' })
  addDosed('MEL-001')
})
afterEach(() => test.remove())

function addDosed(number: string): void {
  test.db.transaction(
    tx => {
      const { id: participantId } = addParticipant(tx, TEST_WRITER, {
        studyId: study.id,
        siteId: study.sites.MEL ?? (0 as never),
        number,
        origin: 'entered',
        outcome: 'enrolled',
        consentDate: day('2025-01-02'),
        eligibility: {},
      })
      addTreatment(tx, TEST_WRITER, { participantId, plan: 'DOSE1', givenOn: day('2026-03-10') })
    },
    { behavior: 'immediate' },
  )
}

type Patch = Readonly<Record<string, readonly string[]>>

/** Saves as the page would, answering every question with a confirmation. */
function trySave(
  user: SeededUser,
  entry: number | 'new',
  patch: Patch = {},
): Result<{ id: number }, AppError> {
  const stored = entry === 'new' ? undefined : events().find(row => row.id === entry)
  const answers = { ...EVENT, ...patch }
  const typed = {
    ...AT,
    ...REASON,
    number: 'MEL-001',
    entry,
    version: String(stored?.rowVersion ?? ''),
    answers,
  }
  const send = (confirm: string[]) =>
    saveLogEntry(contextFor(test.db, user), SaveLogEntry.parse({ ...typed, confirm }))
  const first = send([])
  if (first.ok || first.error.code !== 'unanswered') return first
  return send(first.error.questions.map(({ code }) => code))
}

const save = (user: SeededUser, entry: number | 'new', patch: Patch = {}) =>
  accepted(trySave(user, entry, patch)).id
const events = () => test.db.select().from(logEntries).all()
const mending = (entry: number, number: string) => ({
  ...AT,
  ...REASON,
  number,
  entry,
  version: events().find(row => row.id === entry)?.rowVersion,
})

const tryVoidReport = (entry: number) => {
  const report = clocks().find(row => row.voidedAt === null)
  const input = { study: 'SMALL', number: 'MEL-001', entry, report: report?.id, version: report?.rowVersion }
  return voidEventReport(contextFor(test.db, coordinator), VoidEventReport.parse({ ...input, ...REASON }))
}

function running(user: SeededUser) {
  const ctx = contextFor(test.db, user)
  return listRunningClocks(ctx, accepted(openStudy(ctx, 'SMALL', 'readParticipants')))
}

function accepted<T>(result: Result<T, AppError>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}

function refused(result: Result<unknown, AppError>): AppError {
  if (result.ok) throw new Error('it was accepted')
  return result.error
}

function fieldsOf(result: Result<unknown, AppError>) {
  const error = refused(result)
  return error.code === 'invalidInput' ? error.fields.map(({ field }) => field) : [error.code]
}

const clocks = () => test.db.select().from(eventReports).all()
const awareness = () => clocks().map(row => [row.kind, row.awareAt, row.voidedAt !== null])
/** 16 Mar 2026, 09:30 in Melbourne, by Python's zoneinfo. */
const AWARE_AT = '2026-03-15T22:30:00.000Z'

describe('a serious event starts one clock', () => {
  it('from awareness as it was typed at the site, stored in UTC, in the role of who saved it', () => {
    save(coordinator, 'new', SERIOUS)
    expect(awareness()).toEqual([['initial', AWARE_AT, false]])
    expect(compareReplay(test.db)).toEqual([])
  })

  it('and one that is not serious none', () => {
    save(coordinator, 'new')
    expect(clocks()).toEqual([])
  })

  it('that turns serious later at that awareness, in the transaction of the change', () => {
    const id = save(coordinator, 'new')
    save(coordinator, id, SERIOUS)
    expect(awareness()).toEqual([['initial', AWARE_AT, false]])
  })

  it('never reset by edits of the event', () => {
    const id = save(coordinator, 'new', SERIOUS)
    save(coordinator, id, { ...SERIOUS, AETERM: ['Deep infection'] })
    save(coordinator, id, {})
    save(coordinator, id, SERIOUS)
    expect(awareness()).toEqual([['initial', AWARE_AT, false]])
  })

  it('and another awareness is refused at its field, telling what to do', () => {
    const id = save(coordinator, 'new', SERIOUS)
    const later = trySave(coordinator, id, { ...SERIOUS, AWARE_ON: ['2026-03-20'] })
    expect(fieldsOf(later)).toEqual(['answers.AWARE_ON'])
    const hour = refused(trySave(coordinator, id, { ...SERIOUS, AWARE_AT: ['10:30'] }))
    expect(hour.code === 'invalidInput' && hour.fields[0]).toMatchObject({ field: 'answers.AWARE_AT' })
    expect(hour.code === 'invalidInput' && hour.fields[0]?.text).toContain('16 Mar 2026, 09:30 at the site')
    expect(awareness()).toEqual([['initial', AWARE_AT, false]])
  })

  it.each([
    ['a time that is still to come', { AWARE_ON: ['2026-04-16'], AWARE_AT: ['18:31'] }, 'answers.AWARE_AT'],
    [
      'an hour that the clocks skipped',
      { AESTDAT: ['2025'], AWARE_ON: ['2025-10-05'], AWARE_AT: ['02:30'] },
      'answers.AWARE_AT',
    ],
    ['a day before the event began', { AWARE_ON: ['2026-03-01'] }, 'answers.AWARE_ON'],
  ])('but not from %s, and nothing is stored', (_, patch, field) => {
    expect(fieldsOf(trySave(coordinator, 'new', { ...SERIOUS, ...patch }))).toEqual([field])
    expect(events()).toEqual([])
    expect(clocks()).toEqual([])
  })

  it('by the investigator’s judgement alone, at the latest at the judgement', () => {
    const id = save(coordinator, 'new')
    save(investigator, id, { AESERINV: ['yes'] })
    expect(awareness()).toEqual([['initial', '2026-04-16T08:30:00.000Z', false]])
  })

  it('that no judgement stops', () => {
    const id = save(coordinator, 'new', SERIOUS)
    save(investigator, id, { ...SERIOUS, AESERINV: ['no'] })
    expect(awareness()).toEqual([['initial', AWARE_AT, false]])
    expect(running(coordinator)).toHaveLength(1)
  })

  it('that goes with the event when that is voided or moved', () => {
    addDosed('MEL-002')
    const id = save(coordinator, 'new', SERIOUS)
    const move = MoveLogEntry.parse({ ...mending(id, 'MEL-001'), to: 'MEL-002', confirm: [] })
    accepted(moveLogEntry(contextFor(test.db, coordinator), move))
    expect(running(coordinator).map(clock => clock.number)).toEqual(['MEL-002'])
    const gone = VoidLogEntry.parse(mending(id, 'MEL-002'))
    accepted(voidLogEntry(contextFor(test.db, coordinator), gone))
    expect(running(coordinator)).toEqual([])
  })

  it('seen at its own site only, by every role that reads participants', () => {
    save(coordinator, 'new', SERIOUS)
    for (const role of ['coordinator', 'investigator', 'monitor', 'dataManager'] as const)
      expect(running(seedUser(test.db, { role, study, name: `${role} two` }))).toHaveLength(1)
    expect(running(seedUser(test.db, { role: 'coordinator', study, site: 'SYD' }))).toEqual([])
  })
})

describe('a clock that was voided because the event is not serious', () => {
  it('stays off through edits, and starts again when the judgement does', () => {
    const id = save(coordinator, 'new', SERIOUS)
    expect(refused(tryVoidReport(id)).code).toBe('notPossible')
    save(investigator, id, { ...SERIOUS, AESERINV: ['no'] })
    accepted(tryVoidReport(id))
    save(coordinator, id, { ...SERIOUS, AEDESC: ['Seen again'] })
    expect(running(coordinator)).toEqual([])
    save(investigator, id, { ...SERIOUS, AESERINV: ['yes'] })
    expect(awareness()).toEqual([
      ['initial', AWARE_AT, true],
      ['initial', AWARE_AT, false],
    ])
  })
})

it('a judgement is the investigator’s, expectedness the data manager’s: what others post of it is not stored', () => {
  const judged = { AESERINV: ['no'], AERELPR: ['possible'], AERELPD: ['unlikely'], AEEXP: ['expected'] }
  const stored = () => events()[0]?.answers ?? {}
  const id = save(coordinator, 'new', judged)
  expect(Object.keys(stored())).toEqual(Object.keys(EVENT))
  save(investigator, id, { ...judged, AETERM: ['Something else'] })
  expect(stored()).toMatchObject({ AERELPR: { value: 'possible' }, AETERM: { value: 'Wound infection' } })
  expect(stored().AEEXP).toBeUndefined()
  save(seedUser(test.db, { role: 'dataManager', study }), id, judged)
  expect(stored().AEEXP).toEqual({ value: 'expected' })
  const monitor = seedUser(test.db, { role: 'monitor', study, site: 'MEL' })
  expect(fieldsOf(trySave(monitor, id, judged))).toEqual(['notAllowed'])
  expect(fieldsOf(trySave(investigator, 'new', judged))).toEqual(['notAllowed'])
})
