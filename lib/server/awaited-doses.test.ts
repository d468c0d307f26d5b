import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { addLogEntry } from '@/db/commands/logs'
import { addParticipant } from '@/db/commands/participants'
import { writeSchedule } from '@/db/commands/schedule'
import { addTreatment } from '@/db/commands/treatments'
import { contextFor, type SeededStudy, type SeededUser, seedStudy, seedUser } from '@/db/testing/factories'
import { SMALL_PROTOCOL } from '@/db/testing/small-protocol'
import { createTestDb, TEST_WRITER, type TestDb } from '@/db/testing/test-db'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { Ctx } from './context'
import { readWorklist } from './worklist'

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

function seed(number: string, planned: string, after: { dosedOn?: string; left?: string } = {}): void {
  const siteId = study.sites.MEL
  if (!siteId) throw new Error('no site')
  test.db.transaction(
    tx => {
      const facts = { origin: 'entered', outcome: 'enrolled', eligibility: {} } as const
      const dates = { consentDate: day('2025-01-02'), plannedDayZero: day(planned) }
      const { id } = addParticipant(tx, TEST_WRITER, {
        studyId: study.id,
        siteId,
        number,
        ...facts,
        ...dates,
      })
      if (after.dosedOn)
        addTreatment(tx, TEST_WRITER, { participantId: id, plan: 'DOSE1', givenOn: day(after.dosedOn) })
      if (after.left) {
        const answers = { KIND: { value: after.left }, DATE: { value: '2025-04-02' } }
        addLogEntry(tx, TEST_WRITER, { participantId: id, log: 'departures', answers, confirmations: {} })
      }
      writeSchedule(tx, { participantId: id, protocol: SMALL_PROTOCOL, protocolVersion: '1.0' })
    },
    { behavior: 'immediate' },
  )
}

/** On that day at noon in Melbourne. */
function read(on: string) {
  const ctx = contextFor(test.db, coordinator, { now: `${on}T02:00:00.000Z` }) as Ctx
  const worklist = readWorklist(ctx, { study: 'SMALL', site: null })
  if (!worklist.ok) throw new Error(worklist.error.code)
  return worklist.value
}

describe('a planned dose that nobody recorded', () => {
  it('is one line on the worklist once its day passed by more than a week', () => {
    seed('MEL-016', '2025-04-01')
    expect(read('2025-04-08').awaitedDoses).toEqual([])
    expect(read('2025-04-09').awaitedDoses).toEqual([
      { number: 'MEL-016', site: 'MEL', planned: '2025-04-01' },
    ])
  })

  it('leaves its overdue visits marked as provisional', () => {
    seed('MEL-016', '2025-04-01')
    const overdue = read('2025-05-20').items.filter(item => item.group === 'overdue')
    expect(overdue.map(({ visit, standing }) => [visit, standing.isProvisional])).toContainEqual(['M1', true])
  })

  it('is not asked about once a dose is there, nor of who left treatment or follow-up', () => {
    seed('MEL-001', '2025-04-01', { dosedOn: '2025-04-03' })
    seed('MEL-002', '2025-04-01', { left: 'treatment' })
    seed('MEL-003', '2025-04-01', { left: 'followUp' })
    expect(read('2025-05-20').awaitedDoses).toEqual([])
  })
})
