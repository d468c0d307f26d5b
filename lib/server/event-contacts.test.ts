import { afterEach, beforeEach, expect, it } from 'vitest'
import { addParticipant } from '@/db/commands/participants'
import { writeSchedule } from '@/db/commands/schedule'
import { addTreatment } from '@/db/commands/treatments'
import { contextFor, type SeededStudy, type SeededUser, seedStudy, seedUser } from '@/db/testing/factories'
import { SMALL_PROTOCOL } from '@/db/testing/small-protocol'
import { createTestDb, TEST_WRITER, type TestDb } from '@/db/testing/test-db'
import { insertRecord } from '@/db/write'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { ParticipantId } from '@/lib/domain/shared/ids'
import { SaveVisit } from '@/lib/schemas/visits'
import { readVisit } from './visit-view'
import { saveVisit } from './visits'
import { readWorklist } from './worklist'

const PROTOCOL: Protocol = {
  ...SMALL_PROTOCOL,
  visits: SMALL_PROTOCOL.visits.map(visit => ({
    ...visit,
    instruments: ['nprs', 'adverseEvents'],
    forms: [],
  })),
}
const day = (text: string) => text as CalendarDate

let test: TestDb
let study: SeededStudy
let coordinator: SeededUser
let participantId: ParticipantId

beforeEach(() => {
  test = createTestDb()
  study = seedStudy(test.db, PROTOCOL)
  coordinator = seedUser(test.db, { role: 'coordinator', study, site: 'MEL' })
  test.db.transaction(
    tx => {
      participantId = addParticipant(tx, TEST_WRITER, {
        studyId: study.id,
        siteId: study.sites.MEL ?? (0 as never),
        number: 'MEL-001',
        origin: 'entered',
        outcome: 'enrolled',
        consentDate: day('2026-01-02'),
        eligibility: {},
      }).id
      addTreatment(tx, TEST_WRITER, { participantId, plan: 'DOSE1', givenOn: day('2026-03-10') })
      writeSchedule(tx, { participantId, protocol: PROTOCOL, protocolVersion: '1.0' })
    },
    { behavior: 'immediate' },
  )
})
afterEach(() => test.remove())

const ctx = () => contextFor(test.db, coordinator)
function lines(site: string | null = null, user = coordinator) {
  const list = readWorklist(contextFor(test.db, user), { study: 'SMALL', site })
  if (!list.ok) throw new Error(list.error.code)
  return list.value.lackingEvents
}

function contact(visit: string, date: string, any: '0' | '1', forms: Record<string, unknown> = {}): void {
  const typed = { study: 'SMALL', number: 'MEL-001', visit, '~visit': { date: [date] } }
  const saved = saveVisit(ctx(), SaveVisit.parse({ ...typed, adverseEvents: { AE_ANY: [any] }, ...forms }))
  if (!saved.ok) throw new Error(JSON.stringify(saved.error))
}

function recordEvent(began: string): void {
  const answers = { AETERM: { value: 'Pain flare' }, AESTDAT: { value: began } }
  const values = { participantId, log: 'adverseEvents', answers, confirmations: {} }
  test.db.transaction(tx => insertRecord(tx, TEST_WRITER, 'log_entries', values), { behavior: 'immediate' })
}

/** What the visit's page and the worklist say of month 1. */
function asks(): readonly (boolean | undefined)[] {
  const page = readVisit(ctx(), { study: 'SMALL', number: 'MEL-001', visit: 'M1' })
  const list = readWorklist(ctx(), { study: 'SMALL', site: null })
  if (!page.ok || !list.ok) throw new Error('not read')
  return [page.value.lacksEvent, list.value.items.find(({ visit }) => visit === 'M1')?.lacksEvent]
}

it('a yes at the contact asks to record the event, on the visit and on the worklist, until it is recorded', () => {
  contact('BL', '2026-03-01', '0')
  contact('M1', '2026-04-10', '1')
  expect(asks()).toEqual([true, true])
  recordEvent('2026-02-20')
  expect(asks()).toEqual([true, true])
  recordEvent('2026-03')
  expect(asks()).toEqual([false, false])
})

it('a visit entered completely stays on the worklist by its event alone, until that is recorded', () => {
  contact('M1', '2026-04-10', '1', { nprs: { NPRS_AVG: ['4'], NPRS_WORST: ['6'] } })
  expect(asks()).toEqual([true, undefined])
  const line = { number: 'MEL-001', site: 'MEL', visit: 'M1', visitName: '1 month' }
  expect(lines()).toEqual([line])
  expect(lines('MEL')).toEqual([line])
  recordEvent('2026-03')
  expect(lines()).toEqual([])
})

it('who asked for no further use is not on it, and of a participant of another site nothing is told', () => {
  contact('M1', '2026-04-10', '1', { nprs: { NPRS_AVG: ['4'], NPRS_WORST: ['6'] } })
  const elsewhere = seedUser(test.db, { role: 'coordinator', study, site: 'SYD', name: 'Elsewhere' })
  expect(lines(null, elsewhere)).toEqual([])
  test.sqlite.exec('UPDATE participant_statuses SET restricted = 1')
  expect(lines()).toEqual([])
})

it('a no asks nothing', () => {
  contact('M1', '2026-04-10', '0')
  expect(asks()).toEqual([false, false])
})
