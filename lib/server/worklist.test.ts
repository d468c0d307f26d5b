import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { addParticipant } from '@/db/commands/participants'
import { writeSchedule } from '@/db/commands/schedule'
import { addTreatment } from '@/db/commands/treatments'
import type { RecordInput } from '@/db/table-kinds'
import { contextFor, type SeededStudy, type SeededUser, seedStudy, seedUser } from '@/db/testing/factories'
import { SMALL_PROTOCOL } from '@/db/testing/small-protocol'
import { createTestDb, TEST_WRITER, type TestDb } from '@/db/testing/test-db'
import { insertRecord } from '@/db/write'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import { MissedVisit, SaveVisit } from '@/lib/schemas/visits'
import type { Ctx } from './context'
import { declareVisitMissed } from './missed-visits'
import { saveVisit } from './visits'
import { findNextVisit, readWorklist } from './worklist'

const day = (text: string) => text as CalendarDate

let test: TestDb
let study: SeededStudy
let coordinator: SeededUser

beforeEach(() => {
  test = createTestDb()
  study = seedStudy(test.db)
  coordinator = seedUser(test.db, { role: 'coordinator', study, site: 'MEL' })
})
afterEach(() => test.remove())

function seedParticipant(
  number: string,
  facts: Partial<RecordInput<'participants'>> & { readonly dosedOn?: string; readonly site?: string } = {},
): void {
  const { dosedOn, site = 'MEL', ...values } = facts
  const siteId = study.sites[site]
  if (!siteId) throw new Error(site)
  test.db.transaction(
    tx => {
      const { id: participantId } = addParticipant(tx, TEST_WRITER, {
        studyId: study.id,
        siteId,
        number,
        origin: 'entered',
        outcome: 'enrolled',
        consentDate: day('2025-01-02'),
        eligibility: {},
        ...values,
      })
      if (dosedOn) addTreatment(tx, TEST_WRITER, { participantId, plan: 'DOSE1', givenOn: day(dosedOn) })
      writeSchedule(tx, { participantId, protocol: SMALL_PROTOCOL, protocolVersion: '1.0' })
    },
    { behavior: 'immediate' },
  )
}

const as = (user: SeededUser, now?: string) =>
  contextFor(test.db, user, now === undefined ? {} : { now }) as Ctx

/** `number visit group` of every row, on 16 April 2026 at noon in Melbourne. */
function list(user = coordinator, now = '2026-04-16T02:00:00.000Z', site: string | null = null): string[] {
  const read = readWorklist(as(user, now), { study: 'SMALL', site })
  if (!read.ok) throw new Error(read.error.code)
  return read.value.items.map(item => `${item.number} ${item.visit} ${item.group}`)
}

function enter(number: string, visit: string, date: string, fields: Record<string, unknown>): void {
  const saved = saveVisit(
    as(coordinator),
    SaveVisit.parse({ study: 'SMALL', number, visit, '~visit': { date: [date] }, ...fields }),
  )
  if (!saved.ok) throw new Error(JSON.stringify(saved.error))
}

const nprs = { nprs: { NPRS_AVG: ['4'], NPRS_WORST: ['6'] } }

/** Month 1 of a dose on that day is the only visit looked at. */
const monthOne = (rows: string[]) => rows.filter(row => row.includes(' M1 '))

describe('a visit stands on the worklist', () => {
  it('closing on the last seven days, today on the target, overdue after the last day, open before', () => {
    // Target one month after the dose, window 7 days to either side.
    seedParticipant('MEL-001', { dosedOn: '2026-03-08' })
    seedParticipant('MEL-002', { dosedOn: '2026-03-09' })
    seedParticipant('MEL-003', { dosedOn: '2026-03-16' })
    seedParticipant('MEL-004', { dosedOn: '2026-03-17' })
    seedParticipant('MEL-005', { dosedOn: '2026-03-23' })
    seedParticipant('MEL-006', { dosedOn: '2026-03-24' })
    expect(monthOne(list())).toEqual([
      'MEL-001 M1 overdue',
      'MEL-002 M1 closing',
      'MEL-003 M1 today',
      'MEL-004 M1 open',
      'MEL-005 M1 open',
    ])
  })

  it('by the calendar of the site, not of the server', () => {
    seedParticipant('MEL-001', { dosedOn: '2026-03-09' })
    expect(monthOne(list(coordinator, '2026-04-16T13:59:00.000Z'))).toEqual(['MEL-001 M1 closing'])
    expect(monthOne(list(coordinator, '2026-04-16T14:01:00.000Z'))).toEqual(['MEL-001 M1 overdue'])
  })

  it('from the day its window opens at a site that is two calendar days ahead of the study', () => {
    test.remove()
    test = createTestDb()
    const { study: stated } = SMALL_PROTOCOL
    study = seedStudy(test.db, { ...SMALL_PROTOCOL, study: { ...stated, timeZone: 'Pacific/Pago_Pago' } })
    const site = { studyId: study.id, code: 'KIR', name: 'Kiritimati', timeZone: 'Pacific/Kiritimati' }
    const { id } = test.db.transaction(tx => insertRecord(tx, TEST_WRITER, 'sites', site))
    study = { ...study, sites: { ...study.sites, KIR: id } }
    coordinator = seedUser(test.db, { role: 'coordinator', study, site: 'KIR' })
    // Target 24 April, window from the 17th, which has begun on Kiritimati while it is the 15th in Pago Pago.
    seedParticipant('KIR-001', { site: 'KIR', dosedOn: '2026-03-24' })
    expect(monthOne(list(coordinator, '2026-04-16T09:30:00.000Z'))).toEqual([])
    expect(monthOne(list(coordinator, '2026-04-16T10:30:00.000Z'))).toEqual(['KIR-001 M1 open'])
  })

  it('until nothing is lacking; entered in part it stays, named by what is lacking', () => {
    seedParticipant('MEL-001', { dosedOn: '2026-03-09' })
    enter('MEL-001', 'M1', '16 Apr 2026', { nprs: { NPRS_AVG: ['4'] } })
    const read = readWorklist(as(coordinator), { study: 'SMALL', site: null })
    const row = read.ok && read.value.items.find(item => item.visit === 'M1')
    expect(row).toMatchObject({ standing: { state: 'partly' }, lacking: ['NPRS'], entered: [] })
    enter('MEL-001', 'M1', '16 Apr 2026', { nprs: { ...nprs.nprs, '~version': ['1'] } })
    expect(monthOne(list())).toEqual([])
  })

  it('until it is declared missed', () => {
    seedParticipant('MEL-001', { dosedOn: '2026-03-08' })
    const missed = { study: 'SMALL', number: 'MEL-001', visit: 'M1', missedReason: 'unknown' }
    expect(declareVisitMissed(as(coordinator), MissedVisit.parse(missed)).ok).toBe(true)
    expect(monthOne(list())).toEqual([])
  })

  it('from consent on where it comes before day zero, which is not known yet; later visits wait for it', () => {
    seedParticipant('MEL-001', { consentDate: day('2026-04-15') })
    expect(list()).toEqual(['MEL-001 BL open'])
  })
})

describe('nobody stands on the worklist', () => {
  it('without dates from a file', () => {
    seedParticipant('MEL-001', { origin: 'imported', consentDate: null })
    expect(list()).toEqual([])
  })

  it('who was not enrolled', () => {
    seedParticipant('MEL-001', { outcome: 'screenFailure' })
    expect(list()).toEqual([])
  })

  it('of a foreign site', () => {
    seedParticipant('SYD-001', { site: 'SYD', dosedOn: '2026-03-09' })
    expect(list()).toEqual([])
    expect(readWorklist(as(coordinator), { study: 'SMALL', site: 'SYD' })).toEqual({
      ok: false,
      error: { code: 'notFound', what: 'The site' },
    })
    const everywhere = seedUser(test.db, { role: 'coordinator', study })
    expect(monthOne(list(everywhere, undefined, 'SYD'))).toEqual(['SYD-001 M1 closing'])
    expect(list(everywhere, undefined, 'MEL')).toEqual([])
  })
})

it('roles without a part in visits do not read it', () => {
  for (const role of ['statistician', 'administrator'] as const) {
    const user = seedUser(test.db, role === 'administrator' ? { role } : { role, study })
    expect(readWorklist(as(user), { study: 'SMALL', site: null })).toMatchObject({ ok: false })
  }
})

it('after a saved visit comes the one that stood below it, and from the end the first', () => {
  seedParticipant('MEL-001', { dosedOn: '2026-03-09' })
  seedParticipant('MEL-002', { dosedOn: '2026-03-10' })
  seedParticipant('MEL-003', { dosedOn: '2026-03-11' })
  const rows = list()
  const index = rows.indexOf('MEL-002 M1 closing')
  enter('MEL-002', 'M1', '16 Apr 2026', nprs)
  const next = (number: string, visit: string) =>
    findNextVisit(as(coordinator), { study: 'SMALL', number, visit, site: null })
  const [number, visit] = (rows[index + 1] ?? '').split(' ')
  expect(next('MEL-002', 'M1')).toEqual({ ok: true, value: { number, visit } })
  const [last, lastVisit] = (rows.at(-1) ?? '').split(' ')
  const [first, firstVisit] = (rows[0] ?? '').split(' ')
  expect(next(last ?? '', lastVisit ?? '')).toEqual({ ok: true, value: { number: first, visit: firstVisit } })
})
