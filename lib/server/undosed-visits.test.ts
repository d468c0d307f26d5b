import { afterEach, beforeEach, expect, it } from 'vitest'
import { addParticipant } from '@/db/commands/participants'
import { writeSchedule } from '@/db/commands/schedule'
import { addTreatment } from '@/db/commands/treatments'
import { contextFor, type SeededUser, seedStudy, seedUser } from '@/db/testing/factories'
import { SMALL_PROTOCOL } from '@/db/testing/small-protocol'
import { createTestDb, TEST_WRITER, type TestDb } from '@/db/testing/test-db'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import { SaveLogEntry } from '@/lib/schemas/logs'
import { SaveVisit } from '@/lib/schemas/visits'
import type { Ctx } from './context'
import { saveLogEntry } from './logs'
import { saveVisit } from './visits'

const day = (text: string) => text as CalendarDate
let test: TestDb
let coordinator: SeededUser

beforeEach(() => {
  test = createTestDb()
  const study = seedStudy(test.db)
  coordinator = seedUser(test.db, { role: 'coordinator', study })
  const siteId = study.sites.MEL
  if (!siteId) throw new Error('no site')
  test.db.transaction(
    tx => {
      for (const number of ['MEL-001', 'MEL-002']) {
        const facts = { origin: 'entered', outcome: 'enrolled', eligibility: {} } as const
        const dates = { consentDate: day('2026-01-10'), plannedDayZero: day('2026-02-01') }
        const { id } = addParticipant(tx, TEST_WRITER, {
          ...{ studyId: study.id, siteId, number },
          ...facts,
          ...dates,
        })
        if (number === 'MEL-002')
          addTreatment(tx, TEST_WRITER, { participantId: id, plan: 'DOSE1', givenOn: day('2026-02-01') })
        writeSchedule(tx, { participantId: id, protocol: SMALL_PROTOCOL, protocolVersion: '1.0' })
      }
    },
    { behavior: 'immediate' },
  )
})
afterEach(() => test.remove())

function asked(number: string): string[] {
  const nprs = { NPRS_AVG: ['4'], NPRS_WORST: ['6'] }
  const typed = { study: 'SMALL', number, visit: 'M1', '~visit': { date: ['2 Mar 2026'] }, nprs }
  const saved = saveVisit(contextFor(test.db, coordinator) as Ctx, SaveVisit.parse(typed))
  if (saved.ok) return []
  if (saved.error.code !== 'unanswered') throw new Error(JSON.stringify(saved.error))
  return saved.error.questions.map(question => question.text)
}

it('a visit after the first dose is asked about while no dose is recorded', () => {
  expect(asked('MEL-001')).toEqual([
    'Check: no dose is recorded; this visit counts from the first dose (planned 1 Feb 2026). Record the dose first?',
  ])
  expect(asked('MEL-002')).toEqual([])
})

it('a death before a recorded visit or dose is refused; a withdrawal is asked about', () => {
  expect(asked('MEL-002')).toEqual([])
  const leave = (KIND: string) => {
    const answers = { KIND: [KIND], DATE: ['20 Jan 2026'] }
    const posted = {
      study: 'SMALL',
      number: 'MEL-002',
      log: 'departures',
      entry: 'new',
      answers,
      confirm: [],
    }
    const saved = saveLogEntry(contextFor(test.db, coordinator) as Ctx, SaveLogEntry.parse(posted))
    return saved.ok ? 'saved' : JSON.stringify(saved.error)
  }
  const later = 'First injection (1 Feb 2026), 1 month (2 Mar 2026)'
  expect(leave('death')).toContain(`Recorded after this day: ${later}. Correct this date`)
  expect(leave('followUp')).toContain(`recorded after 20 Jan 2026: ${later}. Is the date right?`)
})
