import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { addParticipant } from '@/db/commands/participants'
import { writeSchedule } from '@/db/commands/schedule'
import { addTreatment } from '@/db/commands/treatments'
import { compareReplay } from '@/db/replay'
import { participantStatuses } from '@/db/schema/visits'
import { contextFor, type SeededStudy, type SeededUser, seedStudy, seedUser } from '@/db/testing/factories'
import { SMALL_PROTOCOL } from '@/db/testing/small-protocol'
import { createTestDb, TEST_WRITER, type TestDb } from '@/db/testing/test-db'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { AppError } from '@/lib/domain/shared/errors'
import type { Result } from '@/lib/domain/shared/result'
import { SaveLogEntry } from '@/lib/schemas/logs'
import { ParticipantList } from '@/lib/schemas/participants'
import { RecordTreatment } from '@/lib/schemas/treatments'
import { SaveVisit } from '@/lib/schemas/visits'
import { readCohort, readSummary } from './cohort'
import type { Ctx } from './context'
import { examineDatabase } from './doctor'
import { readParticipantHistory } from './history'
import { saveLogEntry } from './logs'
import { voidLogEntry } from './logs-mend'
import { listParticipants } from './participant-list'
import { readParticipant } from './participant-record'
import { recordTreatment } from './treatments'
import { readVisit } from './visit-view'
import { saveVisit } from './visits'
import { readWorklist } from './worklist'

const day = (text: string) => text as CalendarDate

let test: TestDb
let study: SeededStudy
let coordinator: SeededUser
let manager: SeededUser

beforeEach(() => {
  test = createTestDb()
  study = seedStudy(test.db)
  coordinator = seedUser(test.db, { role: 'coordinator', study })
  manager = seedUser(test.db, { role: 'dataManager', study })
  for (const number of ['MEL-001', 'MEL-002']) seedParticipant(number)
})
afterEach(() => test.remove())

/** Dosed on 16 Oct 2025; today, 16 Apr 2026, is the target day of month 6. */
function seedParticipant(number: string): void {
  const siteId = study.sites.MEL
  if (!siteId) throw new Error('no site')
  test.db.transaction(
    tx => {
      const facts = { origin: 'entered', outcome: 'enrolled', eligibility: {} } as const
      const consent = { consentVersion: '1.0', consentDate: day('2025-09-01'), enrolledOn: day('2025-09-01') }
      const row = { studyId: study.id, siteId, number, ...facts, ...consent }
      const { id } = addParticipant(tx, TEST_WRITER, row)
      addTreatment(tx, TEST_WRITER, { participantId: id, plan: 'DOSE1', givenOn: day('2025-10-16') })
      writeSchedule(tx, { participantId: id, protocol: SMALL_PROTOCOL, protocolVersion: '1.0' })
    },
    { behavior: 'immediate' },
  )
}

const as = (user: SeededUser) => contextFor(test.db, user) as Ctx

function accepted<T>(result: Result<T, AppError>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}

function refused(result: Result<unknown, AppError>): AppError {
  if (result.ok) throw new Error('accepted')
  return result.error
}

function log(logPath: string, answers: Record<string, string>, confirm: string[] = []) {
  const texts = Object.fromEntries(Object.entries(answers).map(([code, text]) => [code, [text]]))
  const posted = { study: 'SMALL', number: 'MEL-001', log: logPath, entry: 'new', answers: texts, confirm }
  return saveLogEntry(as(coordinator), SaveLogEntry.parse(posted))
}

function leave(kind: string, date: string) {
  const first = log('departures', { KIND: kind, DATE: date })
  const asked = !first.ok && first.error.code === 'unanswered' ? first.error.questions : null
  const codes = asked?.map(({ code }) => code) ?? []
  return accepted(asked ? log('departures', { KIND: kind, DATE: date }, codes) : first)
}

function enter(visit: string, date: string) {
  const posted = { study: 'SMALL', number: 'MEL-001', visit, '~visit': { date: [date] } }
  return saveVisit(
    as(coordinator),
    SaveVisit.parse({ ...posted, nprs: { NPRS_AVG: ['4'], NPRS_WORST: ['6'] } }),
  )
}

const due = () =>
  accepted(readWorklist(as(coordinator), { study: 'SMALL', site: null })).items.map(
    item => `${item.number} ${item.visit} ${item.group}`,
  )
const listed = (query: Record<string, string> = {}) =>
  accepted(listParticipants(as(coordinator), 'SMALL', ParticipantList.parse(query))).rows
const statuses = () => test.db.select().from(participantStatuses).all()
const states = () =>
  accepted(readParticipant(as(coordinator), 'SMALL', 'MEL-001')).visits.map(
    ({ plan, standing }) => `${plan.code} ${standing.state}`,
  )

describe('who left follow-up', () => {
  it.each([
    ['followUp', '1 Feb 2026', 'withdrawn', '2026-02-01'],
    ['consent', '1 Feb 2026', 'withdrawn', '2026-02-01'],
    ['lost', 'Apr 2026', 'lost', '2026-04-30'],
    ['death', '1 Feb 2026', 'died', '2026-02-01'],
  ])('by %s has nothing due, on the worklist, the list and the page', (kind, date, status, end) => {
    expect(due()).toContain('MEL-001 M6 today')
    expect(listed({ overdue: '1' })).toHaveLength(2)
    leave(kind, date)
    expect(due().filter(row => row.startsWith('MEL-001'))).toEqual([])
    expect(due()).toContain('MEL-002 M6 today')
    expect(listed({ overdue: '1' }).map(({ number }) => number)).toEqual(['MEL-002'])
    expect(states()).toEqual(['BL none', 'M1 none', 'M6 none', 'M12 none'])
    expect(listed()[0]).toMatchObject({ number: 'MEL-001', status, overdue: 0, next: null })
    expect(statuses()[0]).toMatchObject({ status, followUpEnd: end, restricted: false })
  })

  it('by withdrawal from treatment alone stays in follow-up, and is offered no dose', () => {
    leave('treatment', '1 Feb 2026')
    expect(due()).toContain('MEL-001 M6 today')
    const record = accepted(readParticipant(as(coordinator), 'SMALL', 'MEL-001'))
    expect(record.offers).toEqual([])
    expect(record.status).not.toBe('withdrawn')
  })

  it('can have earlier assessments entered late, and none that is dated after it', () => {
    leave('followUp', '1 Feb 2026')
    expect(readVisit(as(coordinator), { study: 'SMALL', number: 'MEL-001', visit: 'M1' })).toMatchObject({
      ok: true,
      value: { mayEnter: true, followUpEnd: '2026-02-01', mayBook: false },
    })
    expect(accepted(enter('M1', '14 Nov 2025')).written).toBe(1)
    expect(refused(enter('M6', '2 Feb 2026'))).toMatchObject({
      code: 'invalidInput',
      fields: [{ field: '~visit.date', code: 'dateAfterFollowUp' }],
    })
    expect(refused(enter('M6', '1 Feb 2026')).code).toBe('unanswered')
    expect(states()).toContain('M1 complete')
  })

  it('gets no dose that is dated after it', () => {
    leave('treatment', '1 Feb 2026')
    const dose = { study: 'SMALL', number: 'MEL-001', plan: 'DOSE2', conditionMet: 'yes' }
    const record = (givenOn: string) =>
      recordTreatment(as(coordinator), RecordTreatment.parse({ ...dose, givenOn }))
    const error = refused(record('16 Apr 2026'))
    expect(error).toMatchObject({ code: 'invalidInput', fields: [{ field: 'givenOn' }] })
    expect(JSON.stringify(error)).toContain('withdrew from treatment')
  })

  it('is in follow-up again after a return, and after an entry that was voided', () => {
    const { id } = leave('lost', '1 Feb 2026')
    leave('return', '1 Mar 2026')
    expect(due()).toContain('MEL-001 M6 today')
    leave('followUp', '1 Apr 2026')
    expect(due()).not.toContain('MEL-001 M6 today')
    expect(statuses()[0]).toMatchObject({ followUpEnd: '2026-04-01' })
    expect(id).toBeGreaterThan(0)
    expect(compareReplay(test.db)).toEqual([])
    expect(examineDatabase(test).filter(({ findings }) => findings.length > 0)).toEqual([])
  })

  it('needs a new consent to return after withdrawing it', () => {
    leave('consent', '1 Feb 2026')
    leave('return', '1 Mar 2026')
    expect(due()).not.toContain('MEL-001 M6 today')
    accepted(log('consents', { VERSION: '1.0', DATE: '1 Mar 2026', FORM: 'signed' }))
    expect(due()).toContain('MEL-001 M6 today')
  })

  it('counts as expected, and not among those in follow-up; at a cut before the return, too', () => {
    const counted = (query: { dataCut?: CalendarDate } = {}) => {
      const summary = accepted(readSummary(as(manager), { study: 'SMALL', ...query }))
      const visits = summary.parameters.find(({ parameter }) => parameter === 'NPRS_AVG')?.arms[0]?.visits
      const m1 = visits?.find(({ visit }) => visit === 'M1')
      return [m1?.expected, m1?.expectedInFollowUp]
    }
    leave('followUp', '1 Nov 2025')
    expect(counted()).toEqual([2, 1])
    leave('return', '1 Mar 2026')
    expect(counted()).toEqual([2, 2])
    expect(counted({ dataCut: day('2026-02-28') })).toEqual([2, 1])
  })
})

describe('no further use of data', () => {
  beforeEach(() => {
    accepted(enter('M1', '14 Nov 2025'))
  })

  it('takes the participant out of cohort and summary', () => {
    expect(accepted(readCohort(as(manager), { study: 'SMALL' })).inSet).toBe(2)
    leave('noFurtherUse', '1 Feb 2026')
    const cohort = accepted(readCohort(as(manager), { study: 'SMALL' }))
    expect(cohort.inSet).toBe(1)
    expect(JSON.stringify(cohort)).not.toContain('MEL-001')
    const summary = accepted(readSummary(as(manager), { study: 'SMALL' }))
    expect(JSON.stringify(summary)).not.toContain('MEL-001')
  })

  it('leaves the number with that word, and closes the visit and what was entered', () => {
    leave('noFurtherUse', '1 Feb 2026')
    const row = { number: 'MEL-001', status: 'restricted', visits: [], points: [], latest: null }
    expect(listed()[0]).toMatchObject(row)
    expect(listed({ status: 'restricted' }).map(({ number }) => number)).toEqual(['MEL-001'])
    expect(listed({ status: 'withdrawn' })).toEqual([])
    const visit = readVisit(as(coordinator), { study: 'SMALL', number: 'MEL-001', visit: 'M1' })
    expect(refused(visit)).toMatchObject({ code: 'notPossible' })
    expect(refused(enter('M1', '15 Nov 2025'))).toMatchObject({ code: 'notPossible' })
  })

  it('leaves the audit whole, open to those who read it', () => {
    leave('noFurtherUse', '1 Feb 2026')
    expect(compareReplay(test.db)).toEqual([])
    const query = { study: 'SMALL', number: 'MEL-001' }
    expect(accepted(readParticipantHistory(as(manager), query)).total).toBeGreaterThan(2)
    expect(refused(readParticipantHistory(as(coordinator), query))).toMatchObject({ code: 'notPossible' })
  })

  it('is taken back by voiding the entry alone', () => {
    const { id } = leave('noFurtherUse', '1 Feb 2026')
    const about = { study: 'SMALL', number: 'MEL-001', log: 'departures', entry: id, version: 1 }
    accepted(voidLogEntry(as(coordinator), { ...about, reason: 'Wrong participant', confirm: [] }))
    expect(accepted(readCohort(as(manager), { study: 'SMALL' })).inSet).toBe(2)
    expect(due()).toContain('MEL-001 M6 today')
  })
})

describe('an appointment', () => {
  const book = (answers: Record<string, string>) => {
    const first = log('appointments', { STATUS: 'booked', ...answers })
    const asked = !first.ok && first.error.code === 'unanswered' ? first.error.questions : null
    const codes = asked?.map(({ code }) => code) ?? []
    return accepted(asked ? log('appointments', { STATUS: 'booked', ...answers }, codes) : first)
  }
  const rows = () => accepted(readWorklist(as(coordinator), { study: 'SMALL', site: null })).items
  const row = (visit: string) => rows().find(item => item.number === 'MEL-001' && item.visit === visit)

  it('puts a visit on the worklist of its day, before its window too, with time and mode', () => {
    expect(row('M12')).toBeUndefined()
    book({ VISIT: 'M12', DATE: '16 Apr 2026', TIME: '9:30', MODE: 'phone' })
    expect(row('M12')).toMatchObject({ group: 'today', booking: { time: '09:30', mode: 'Phone' } })
  })

  it('on another day stands on the row, and no longer once the visit has a date', () => {
    book({ VISIT: 'M6', DATE: '20 Apr 2026' })
    expect(row('M6')).toMatchObject({ booking: { date: '2026-04-20' } })
    accepted(enter('M6', '15 Apr 2026'))
    expect(row('M6')).toMatchObject({ booking: null })
  })
})
