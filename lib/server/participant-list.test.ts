import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { writeSchedule } from '@/db/commands/schedule'
import { contextFor, type SeededStudy, type SeededUser, seedStudy, seedUser } from '@/db/testing/factories'
import { createTestDb, TEST_WRITER, type TestDb } from '@/db/testing/test-db'
import { insertRecord } from '@/db/write'
import type { Answers } from '@/lib/domain/instruments/instrument'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { AppError } from '@/lib/domain/shared/errors'
import type { Result } from '@/lib/domain/shared/result'
import { ParticipantList, type ParticipantListInput } from '@/lib/schemas/participants'
import { listParticipants } from './participant-list'
import { openParticipant, registerParticipant } from './participants'
import { recordTreatment } from './treatments'

const day = (text: string) => text as CalendarDate

let test: TestDb
let study: SeededStudy
let coordinator: SeededUser

beforeEach(() => {
  test = createTestDb()
  study = seedStudy(test.db)
  coordinator = seedUser(test.db, { role: 'coordinator', study })
})
afterEach(() => test.remove())

function accepted<T>(result: Result<T, AppError>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}

/** A participant who consented on 10 Jan 2025; today at the site is 16 Apr 2026. */
function person(
  site: string,
  options: { dose?: string; eligible?: boolean; takesPart?: boolean } = {},
): string {
  const ctx = contextFor(test.db, coordinator)
  const { number } = accepted(
    registerParticipant(ctx, {
      study: 'SMALL',
      site,
      consentVersion: '1.0',
      consentDate: day('2025-01-10'),
      screenedOn: null,
      eligibility: { I1: true, I2: true, E1: options.eligible === false },
      takesPart: options.takesPart ?? true,
      ageAtConsent: 50,
      sex: 'female',
      diagnosis: null,
      painType: null,
      painDurationMonths: null,
      level: null,
      previousTreatment: null,
      plannedDayZero: null,
      rescreenOf: null,
      confirm: [],
    }),
  )
  if (options.dose) {
    const dose = {
      plan: 'DOSE1',
      givenOn: day(options.dose),
      location: null,
      conditionMet: null,
      before: {},
      answers: {},
      confirm: [],
    }
    accepted(recordTreatment(ctx, { study: 'SMALL', number, ...dose }))
  }
  return number
}

function enter(number: string, visit: string, forms: Readonly<Record<string, Answers>>) {
  const { participant } = accepted(
    openParticipant(contextFor(test.db, coordinator), 'SMALL', number, 'enterVisit'),
  )
  test.db.transaction(tx => {
    const place = { participantId: participant.id, code: visit, visitDate: day('2025-02-01') }
    const { id } = insertRecord(tx, TEST_WRITER, 'visits', place)
    for (const [form, answers] of Object.entries(forms)) {
      insertRecord(tx, TEST_WRITER, 'assessments', { visitId: id, form, answers, confirmations: {} })
    }
    writeSchedule(tx, { participantId: participant.id, protocol: study.protocol, protocolVersion: '1.0' })
  })
}

function declareMissed(number: string, visit: string) {
  const { participant } = accepted(
    openParticipant(contextFor(test.db, coordinator), 'SMALL', number, 'enterVisit'),
  )
  test.db.transaction(tx => {
    insertRecord(tx, TEST_WRITER, 'visits', {
      participantId: participant.id,
      code: visit,
      missedReason: 'notDone',
    })
    writeSchedule(tx, { participantId: participant.id, protocol: study.protocol, protocolVersion: '1.0' })
  })
}

const NPRS: Answers = { NPRS_AVG: { value: 5 }, NPRS_WORST: { value: 7 } }
const ODI: Answers = Object.fromEntries(
  Array.from({ length: 10 }, (_, index) => [`ODI_${String(index + 1).padStart(2, '0')}`, { value: 2 }]),
)
const EXAM: Answers = { BMI: { value: 24 } }

const list = (query: Partial<ParticipantListInput> = {}, actor: SeededUser = coordinator) =>
  listParticipants(contextFor(test.db, actor), 'SMALL', { ...ParticipantList.parse({}), ...query })
const numbers = (query: Partial<ParticipantListInput> = {}, actor: SeededUser = coordinator) =>
  accepted(list(query, actor)).rows.map(row => row.number)

describe('status', () => {
  it('of each participant is what the filter by it finds', () => {
    const byStatus = {
      screening: person('MEL'),
      awaitingTreatment: person('MEL'),
      followUp: person('MEL', { dose: '2025-02-10' }),
      complete: person('MEL', { dose: '2025-02-10' }),
      screenFailure: person('MEL', { eligible: false }),
      declined: person('MEL', { takesPart: false }),
    } as const
    enter(byStatus.awaitingTreatment, 'BL', { nprs: NPRS })
    enter(byStatus.complete, 'BL', { nprs: NPRS, odi: ODI, EXAM })
    enter(byStatus.complete, 'M1', { nprs: NPRS })
    declareMissed(byStatus.complete, 'M6')
    enter(byStatus.complete, 'M12', { nprs: NPRS, odi: ODI, EXAM })
    const shown = Object.fromEntries(accepted(list()).rows.map(row => [row.status, row.number]))
    expect(shown).toEqual(byStatus)
    for (const status of Object.keys(byStatus) as (keyof typeof byStatus)[]) {
      expect(numbers({ status })).toEqual([byStatus[status]])
    }
  })
})

it('a visit entered in part is not complete: its participant is in follow-up and it is the next', () => {
  const number = person('MEL', { dose: '2025-02-10' })
  enter(number, 'BL', { nprs: { NPRS_AVG: { value: 5 } }, odi: ODI, EXAM })
  enter(number, 'M1', { nprs: NPRS })
  for (const visit of ['M6', 'M12']) declareMissed(number, visit)
  const [row] = accepted(list()).rows
  expect([row?.status, row?.next?.code, row?.next?.state]).toEqual(['followUp', 'BL', 'partly'])
  expect(numbers({ status: 'complete' })).toEqual([])
})

describe('overdue', () => {
  it('is filtered by the database as the visit states decide it', () => {
    // Day zero 17 Apr 2025: the window of M6 closed on 16 Nov 2025, that of M12 is open.
    const none = person('MEL', { dose: '2025-04-17' })
    const missed = person('MEL', { dose: '2025-04-17' })
    for (const visit of ['BL', 'M1', 'M6']) declareMissed(missed, visit)
    const partly = person('MEL', { dose: '2025-04-17' })
    for (const visit of ['BL', 'M1', 'M6']) enter(partly, visit, { nprs: NPRS })
    const opened = person('MEL', { dose: '2025-04-17' })
    for (const visit of ['BL', 'M1', 'M6']) enter(opened, visit, {})
    const early = person('SYD')
    const all = accepted(list()).rows
    expect(all.map(row => [row.number, row.overdue])).toEqual([
      [none, 3],
      [missed, 0],
      [partly, 0],
      [opened, 3],
      [early, 0],
    ])
    expect(numbers({ overdue: true })).toEqual(all.filter(row => row.overdue > 0).map(row => row.number))
  })

  it('begins the day after the window closes, at the site', () => {
    // M1 of day zero 9 Mar 2026: target 9 Apr, window to 16 Apr 2026, which is today.
    const number = person('MEL', { dose: '2026-03-09' })
    declareMissed(number, 'BL')
    expect(numbers({ overdue: true })).toEqual([])
    const tomorrow = contextFor(test.db, coordinator, { now: '2026-04-16T20:30:00.000Z' })
    const query = { ...ParticipantList.parse({}), overdue: true }
    expect(accepted(listParticipants(tomorrow, 'SMALL', query)).rows.map(row => row.number)).toEqual([number])
  })
})

describe('search, order and pages', () => {
  it('finds by part of the number, its signs taken as they are', () => {
    person('MEL')
    person('SYD')
    expect(numbers({ q: 'syd' })).toEqual(['SYD-001'])
    expect(numbers({ q: '%' })).toEqual([])
    expect(numbers({ q: '_' })).toEqual([])
  })

  it('orders by number, day of treatment and next visit, those without at the end', () => {
    const late = person('MEL', { dose: '2026-03-09' })
    const none = person('MEL')
    const early = person('MEL', { dose: '2025-04-17' })
    expect(numbers({ sort: 'number', dir: 'desc' })).toEqual([early, none, late])
    expect(numbers({ sort: 'treated' })).toEqual([early, late, none])
    expect(numbers({ sort: 'treated', dir: 'desc' })).toEqual([late, early, none])
    expect(numbers({ sort: 'next' })).toEqual([early, late, none])
  })

  it('gives 50 to a page and the number of all', () => {
    for (let index = 0; index < 51; index++) person('MEL')
    const second = accepted(list({ page: 2 }))
    expect([second.total, second.rows.map(row => row.number)]).toEqual([51, ['MEL-051']])
  })
})

describe('who sees whom (D2)', () => {
  it('people of one site see that site alone, whatever they ask for', () => {
    person('MEL')
    person('SYD')
    const sydney = seedUser(test.db, { role: 'monitor', study, site: 'SYD' })
    expect(numbers({}, sydney)).toEqual(['SYD-001'])
    expect(numbers({ site: 'MEL' }, sydney)).toEqual([])
    expect(numbers({ q: 'MEL' }, sydney)).toEqual([])
    expect(accepted(list({}, sydney)).sites.map(site => site.code)).toEqual(['SYD'])
  })

  it('a statistician and an administrator do not see the list', () => {
    for (const actor of [
      seedUser(test.db, { role: 'statistician', study }),
      seedUser(test.db, { role: 'administrator' }),
    ]) {
      expect(list({}, actor)).toMatchObject({ ok: false, error: { code: 'notAllowed' } })
    }
  })
})
