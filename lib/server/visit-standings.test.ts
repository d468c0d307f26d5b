import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeSchedule } from '@/db/commands/schedule'
import { listParticipantIds } from '@/db/queries/derived'
import { listParticipantsByIds } from '@/db/queries/participants'
import { listScheduleWithEntries } from '@/db/queries/schedule'
import { findStudyByCode } from '@/db/queries/studies'
import { contextFor, type SeededStudy, type SeededUser, seedStudy, seedUser } from '@/db/testing/factories'
import { createTestDb, TEST_WRITER, type TestDb } from '@/db/testing/test-db'
import { insertRecord } from '@/db/write'
import type { Answers } from '@/lib/domain/instruments/instrument'
import { addDays, type CalendarDate, calendarDateIn } from '@/lib/domain/shared/calendar-date'
import { ParticipantList, type ParticipantListInput } from '@/lib/schemas/participants'
import { checkSchedules } from './derived-rows'
import { listParticipants, PAGE_SIZE } from './participant-list'
import { findOutstandingVisit, placeVisits } from './visit-standings'
import { readWorklist } from './worklist'

const FIRST = '2025-01-01' as CalendarDate
const NOON = 'T02:00:00.000Z'

/** How far a form was entered: wholly, in part, not at all or declared not done. */
const NPRS: readonly Answers[] = [
  { NPRS_AVG: { value: 5 }, NPRS_WORST: { value: 7 } },
  { NPRS_AVG: { value: 5 } },
  {},
]
const ODI: readonly Answers[] = [
  Object.fromEntries(
    Array.from({ length: 10 }, (_, index) => [`ODI_${String(index + 1).padStart(2, '0')}`, { value: 2 }]),
  ),
  { ODI_01: { value: 3 } },
  {},
]
const EXAM: readonly Answers[] = [{ BMI: { value: 24 } }, { SMOKER: { value: true } }, {}]

const form = (code: string, answers: readonly Answers[]) =>
  fc.option(
    fc.oneof(
      fc.constantFrom(...answers).map(given => ({ form: code, answers: given, notDoneReason: null })),
      fc.constant({ form: code, answers: {}, notDoneReason: 'notDone' as const }),
    ),
    { nil: null, freq: 4 },
  )

const visit = fc.record({
  isDeclared: fc.boolean(),
  forms: fc.tuple(form('nprs', NPRS), form('odi', ODI), form('EXAM', EXAM)),
})

/** Anything that a record may look like, likely or not. */
const person = fc.record({
  site: fc.constantFrom('MEL', 'SYD'),
  origin: fc.constantFrom('entered' as const, 'imported' as const),
  outcome: fc.constantFrom(
    'enrolled' as const,
    'enrolled' as const,
    'enrolled' as const,
    'screenFailure' as const,
  ),
  consentAfter: fc.option(fc.integer({ min: 0, max: 700 }), { freq: 5 }),
  plannedAfter: fc.option(fc.integer({ min: 0, max: 700 })),
  dosedAfter: fc.option(fc.integer({ min: 0, max: 700 }), { freq: 3 }),
  visits: fc.dictionary(fc.constantFrom('BL', 'M1', 'M6', 'M12'), visit),
})

let test: TestDb
let study: SeededStudy
let coordinator: SeededUser

beforeAll(() => {
  test = createTestDb()
  study = seedStudy(test.db)
  coordinator = seedUser(test.db, { role: 'coordinator', study })
  const people = fc.sample(person, { numRuns: 400, seed: 20260416 })
  test.db.transaction(tx => {
    for (const [index, one] of people.entries()) {
      const day = (after: number | null) => (after === null ? null : addDays(FIRST, after))
      const siteId = study.sites[one.site]
      if (!siteId) throw new Error(one.site)
      const { id: participantId } = insertRecord(tx, TEST_WRITER, 'participants', {
        studyId: study.id,
        siteId,
        number: `${one.site}-${String(index + 1).padStart(3, '0')}`,
        origin: one.origin,
        outcome: one.outcome,
        consentDate: day(one.consentAfter),
        plannedDayZero: day(one.plannedAfter),
        eligibility: {},
      })
      const givenOn = day(one.dosedAfter)
      if (givenOn) insertRecord(tx, TEST_WRITER, 'treatments', { participantId, plan: 'DOSE1', givenOn })
      for (const [code, { isDeclared, forms }] of Object.entries(one.visits)) {
        const missedReason = isDeclared ? ('notDone' as const) : null
        const { id: visitId } = insertRecord(tx, TEST_WRITER, 'visits', { participantId, code, missedReason })
        for (const entered of forms) {
          if (entered)
            insertRecord(tx, TEST_WRITER, 'assessments', { visitId, confirmations: {}, ...entered })
        }
      }
      writeSchedule(tx, { participantId, protocol: study.protocol, protocolVersion: '1.0' })
    }
  })
})
afterAll(() => test.remove())

/** Every visit of everybody, each decided by `deriveVisitState` from its answers, at an instant. */
function decideAll(now: string) {
  const ids = listParticipantIds(test.db, study.id)
  const entries = listScheduleWithEntries(test.db, ids)
  return listParticipantsByIds(test.db, ids).map(one => {
    const rows = entries.filter(row => row.participantId === one.id)
    const today = calendarDateIn(one.timeZone, now)
    return { ...one, visits: placeVisits(study.protocol, one, rows, today) }
  })
}

function listAll(now: string, query: Partial<ParticipantListInput>) {
  const ctx = contextFor(test.db, coordinator, { now })
  const rows = []
  for (let page = 1; ; page += 1) {
    const read = listParticipants(ctx, 'SMALL', { ...ParticipantList.parse({}), ...query, page })
    if (!read.ok) throw new Error(read.error.code)
    rows.push(...read.value.rows)
    if (page * PAGE_SIZE >= read.value.total) return rows
  }
}

const DAYS = [0, 60, 190, 365, 400, 600, 900].map(after => `${addDays(FIRST, after)}${NOON}`)

describe('what is stored of 400 participants gives what the one function decides from their answers', () => {
  it.each(DAYS)('who is overdue at %s', now => {
    const decided = decideAll(now).filter(one =>
      one.visits.some(({ standing }) => standing.state === 'overdue'),
    )
    const found = listAll(now, { overdue: true }).map(row => row.number)
    expect(found).toEqual(decided.map(one => one.number).sort())
  })

  it.each(DAYS)('what stands on the worklist at %s', now => {
    const decided = decideAll(now).flatMap(one =>
      one.visits
        .filter(({ standing }) => ['open', 'closing', 'overdue', 'partly'].includes(standing.state))
        .filter(({ scheduled, plan, standing }) => {
          if (scheduled.windowEnd !== null) return true
          const isDueUndated = plan.target.value < 0 || standing.state === 'partly'
          return one.origin !== 'imported' && isDueUndated
        })
        .map(({ plan }) => `${one.number} ${plan.code}`),
    )
    const read = readWorklist(contextFor(test.db, coordinator, { now }), { study: 'SMALL', site: null })
    const items = read.ok ? read.value.items : []
    expect(items.map(item => `${item.number} ${item.visit}`).sort()).toEqual(decided.sort())
    expect(items.length > 0 || now === DAYS[0]).toBe(true)
  })

  it.each(DAYS)('which visit is next, in order, at %s', now => {
    const next = new Map(decideAll(now).map(one => [one.number, findOutstandingVisit(one.visits)]))
    const rows = listAll(now, { sort: 'next' })
    expect(rows.map(row => row.next?.code)).toEqual(rows.map(row => next.get(row.number)?.plan.code))
    const ends = rows.map(row => next.get(row.number)?.scheduled.windowEnd ?? '9999')
    expect(ends).toEqual(ends.toSorted())
  })

  it('the status, which says complete only where nothing is lacking', () => {
    const now = `${addDays(FIRST, 900)}${NOON}`
    const isLacking = new Map(
      decideAll(now).map(one => [
        one.number,
        one.visits.some(({ standing }) => !['complete', 'missed', 'none'].includes(standing.state)),
      ]),
    )
    const rows = listAll(now, {})
    for (const status of ['complete', 'followUp'] as const) {
      const found = rows.filter(row => row.status === status)
      expect(found.length).toBeGreaterThan(0)
      expect(found.filter(row => isLacking.get(row.number) !== (status === 'followUp'))).toEqual([])
      expect(listAll(now, { status }).map(row => row.number)).toEqual(found.map(row => row.number))
    }
  })

  it('and is derived again by the doctor, who sees a row that differs', () => {
    const row = findStudyByCode(test.db, 'SMALL')
    if (!row) throw new Error('the study is there')
    const inForce = { protocol: study.protocol, protocolVersion: '1.0' }
    expect(checkSchedules(test.db, row, inForce)).toEqual([])
    test.sqlite.exec(
      "UPDATE scheduled_visits SET progress = 'complete' WHERE participant_id = 1 AND visit = 'M12'",
    )
    test.sqlite.exec("UPDATE participant_statuses SET status = 'declined' WHERE participant_id = 2")
    expect(checkSchedules(test.db, row, inForce)).toEqual([
      'study SMALL: the schedule of participant row 1 differs',
      'study SMALL: the status of participant row 2 differs',
    ])
  })
})
