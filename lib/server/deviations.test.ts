import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { writeSchedule } from '@/db/commands/schedule'
import { contextFor, type SeededStudy, type SeededUser, seedStudy, seedUser } from '@/db/testing/factories'
import { createTestDb, TEST_WRITER, type TestDb } from '@/db/testing/test-db'
import { insertRecord } from '@/db/write'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { AppError } from '@/lib/domain/shared/errors'
import type { Result } from '@/lib/domain/shared/result'
import { DeviationQuery } from '@/lib/schemas/deviations'
import { SaveLogEntry } from '@/lib/schemas/logs'
import { readDeviationOffers, readDeviations } from './deviations'
import { saveLogEntry } from './logs'

const day = (text: string) => text as CalendarDate

let test: TestDb
let study: SeededStudy
let coordinator: SeededUser

beforeEach(() => {
  test = createTestDb()
  study = seedStudy(test.db)
  coordinator = seedUser(test.db, { role: 'coordinator', study })
  // First dose 2025-02-28: the window of 6 months is 2025-08-07 to 2025-09-27, that of 1 month 2025-03-21 to 2025-04-04.
  seed('MEL', 'MEL-001', [
    { code: 'M1', visitDate: day('2025-04-05') },
    { code: 'M6', visitDate: day('2025-08-07') },
    { code: 'M12', visitDate: null, missedReason: 'unknown' },
  ])
  seed('SYD', 'SYD-001', [{ code: 'M6', visitDate: day('2025-08-06') }])
})
afterEach(() => test.remove())

interface Visit {
  readonly code: string
  readonly visitDate: CalendarDate | null
  readonly missedReason?: 'unknown'
}

function seed(site: string, number: string, entered: readonly Visit[]): void {
  const siteId = study.sites[site]
  if (siteId === undefined) throw new Error(`no site ${site}`)
  test.db.transaction(
    tx => {
      const person = { studyId: study.id, siteId, number, origin: 'entered', outcome: 'enrolled' } as const
      const dates = { enrolledOn: day('2025-01-10'), consentDate: day('2025-01-10') }
      const values = { ...person, ...dates, eligibility: {} }
      const { id: participantId } = insertRecord(tx, TEST_WRITER, 'participants', values)
      const dose = { participantId, plan: 'DOSE1', givenOn: day('2025-02-28') }
      insertRecord(tx, TEST_WRITER, 'treatments', dose)
      for (const visit of entered) insertRecord(tx, TEST_WRITER, 'visits', { participantId, ...visit })
      writeSchedule(tx, { participantId, protocol: study.protocol, protocolVersion: '1.0' })
    },
    { behavior: 'immediate' },
  )
}

function accepted<T>(result: Result<T, AppError>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}

function read(query: Record<string, unknown> = {}, actor: SeededUser = coordinator) {
  return accepted(
    readDeviations(contextFor(test.db, actor), { study: 'SMALL', ...DeviationQuery.parse(query) }),
  )
}

/** Saves what a link offers, with what only a person can say. */
function logOffer(number: string, query: string | null, extra: Record<string, string[]> = {}) {
  const preset = Object.fromEntries(
    [...new URLSearchParams(query ?? '')].map(([name, value]) => [name, [value]]),
  )
  const answers = { ...preset, CLASS: ['minor'], REPORTED: ['no'], ...extra }
  const input = { study: 'SMALL', number, log: 'deviations', entry: 'new', answers }
  return accepted(saveLogEntry(contextFor(test.db, coordinator), SaveLogEntry.parse(input)))
}

describe('what the schedule shows and nobody has logged', () => {
  it('is offered with the values of a new entry, and nothing is entered by itself', () => {
    const { offers, total } = read()
    expect(total).toBe(0)
    expect(offers.map(({ number, text }) => `${number} ${text}`)).toEqual([
      'MEL-001 1 month on 5 Apr 2025, window 21 Mar 2025 to 4 Apr 2025',
      'MEL-001 12 months missed, window 7 Feb 2026 to 30 Mar 2026',
      'SYD-001 6 months on 6 Aug 2025, window 7 Aug 2025 to 27 Sep 2025',
    ])
    expect(Object.fromEntries(new URLSearchParams(offers[0]?.query ?? ''))).toEqual({
      KIND: 'visitOutOfWindow',
      VISIT: 'M1',
      DATE: '5 Apr 2025',
      DESCRIPTION: '1 month on 5 Apr 2025, window 21 Mar 2025 to 4 Apr 2025',
    })
  })

  it('is offered no more once it is logged', () => {
    const [first, second] = read().offers
    logOffer('MEL-001', first?.query ?? null)
    logOffer('MEL-001', second?.query ?? null)
    expect(read().offers.map(({ number }) => number)).toEqual(['SYD-001'])
    const here = { study: 'SMALL', number: 'MEL-001' }
    expect(accepted(readDeviationOffers(contextFor(test.db, coordinator), here))).toEqual([])
  })

  it('is shown to who may not enter it, without a link; at the own sites alone (D2)', () => {
    const monitor = seedUser(test.db, { role: 'monitor', study, site: 'SYD' })
    expect(read({}, monitor).offers).toMatchObject([{ number: 'SYD-001', query: null }])
    const statistician = seedUser(test.db, { role: 'statistician', study })
    const query = { study: 'SMALL', ...DeviationQuery.parse({}) }
    const refused = readDeviations(contextFor(test.db, statistician), query)
    expect(refused).toMatchObject({ ok: false, error: { code: 'notAllowed' } })
  })
})

describe('the deviations of a study', () => {
  beforeEach(() => {
    const [first, , third] = read().offers
    logOffer('MEL-001', first?.query ?? null)
    logOffer('SYD-001', third?.query ?? null, {
      ...{ CLASS: ['major'], REPORTED: ['yes'], REPORTED_ON: ['8 Aug 2025'] },
    })
  })

  it('are listed latest first, and limited by kind, class and report', () => {
    expect(read().entries).toMatchObject([
      { number: 'SYD-001', date: '6 Aug 2025', class: 'Major', reported: '8 Aug 2025' },
      { number: 'MEL-001', date: '5 Apr 2025', kind: 'Visit out of window', class: 'Minor', reported: null },
    ])
    expect(read({ class: 'major' }).total).toBe(1)
    expect(read({ reported: 'no' }).entries.map(({ number }) => number)).toEqual(['MEL-001'])
    expect(read({ kind: 'visitMissed' }).total).toBe(0)
    expect(read({ kind: 'nosuch', class: 'nosuch', page: '99' }).total).toBe(2)
  })

  it('of other sites are not listed (D2)', () => {
    const sydney = seedUser(test.db, { role: 'coordinator', study, site: 'SYD', name: 'Sydney' })
    expect(read({}, sydney).entries.map(({ number }) => number)).toEqual(['SYD-001'])
  })
})
