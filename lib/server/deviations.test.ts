import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { writeSchedule } from '@/db/commands/schedule'
import { participants } from '@/db/schema/participants'
import { visits } from '@/db/schema/visits'
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

const NOTHING = { answers: {}, confirmations: {} }

function enterForms(number: string, forms: readonly (readonly [form: string, date: string])[]): void {
  test.db.transaction(
    tx => {
      const rows = tx.select().from(participants).all()
      const participantId = rows.find(row => row.number === number)?.id
      const visitId = tx
        .select()
        .from(visits)
        .all()
        .find(row => row.participantId === participantId)?.id
      if (visitId === undefined) throw new Error(`no visit of ${number}`)
      for (const [form, date] of forms)
        insertRecord(tx, TEST_WRITER, 'assessments', {
          visitId,
          form,
          assessmentDate: day(date),
          ...NOTHING,
        })
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

  it('is offered, too, where only a form is dated out of the window: one entry for the forms of a visit', () => {
    seed('MEL', 'MEL-002', [{ code: 'M6', visitDate: day('2025-08-20') }])
    enterForms('MEL-002', [
      ['odi', '2025-10-02'],
      ['nprs', '2025-09-28'],
      ['tolerance', '2025-09-27'],
    ])
    const here = { study: 'SMALL', number: 'MEL-002' }
    const own = () => accepted(readDeviationOffers(contextFor(test.db, coordinator), here))
    const text = '6 months: NPRS on 28 Sep 2025, ODI on 2 Oct 2025, window 7 Aug 2025 to 27 Sep 2025'
    expect(own()).toMatchObject([{ number: 'MEL-002', text }])
    expect(read().offers.map(one => one.number)).toEqual(['MEL-001', 'MEL-001', 'MEL-002', 'SYD-001'])
    expect(new URLSearchParams(own()[0]?.query ?? '').get('DATE')).toBe('28 Sep 2025')
    logOffer('MEL-002', own()[0]?.query ?? null)
    expect(own()).toEqual([])
  })

  it('takes the last day of a window as past once it has come at the site, wherever the study is', () => {
    test.sqlite.exec("UPDATE sites SET time_zone = 'Pacific/Kiritimati' WHERE code = 'MEL'")
    const dateAt = (now: string) => {
      const query = { study: 'SMALL', ...DeviationQuery.parse({}) }
      const { offers } = accepted(readDeviations(contextFor(test.db, coordinator, { now }), query))
      const missed = offers.find(({ text }) => text.includes('missed'))
      return new URLSearchParams(missed?.query ?? '').get('DATE')
    }
    expect(dateAt('2026-03-29T09:59:00.000Z')).toBe('')
    expect(dateAt('2026-03-29T10:00:00.000Z')).toBe('30 Mar 2026')
  })

  it('has a link only at the sites at which the person enters', () => {
    const both = seedUser(test.db, { role: 'coordinator', study, site: 'MEL', name: 'Both' })
    const ctx = contextFor(test.db, {
      ...both,
      memberships: [
        ...both.memberships,
        { studyId: study.id, siteId: study.sites.SYD ?? null, role: 'monitor' as const },
      ],
    })
    const query = { study: 'SMALL', ...DeviationQuery.parse({}) }
    const { offers } = accepted(readDeviations(ctx, query))
    expect(offers.map(({ number, query }) => [number, query !== null])).toEqual([
      ['MEL-001', true],
      ['MEL-001', true],
      ['SYD-001', false],
    ])
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
