import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { addParticipant } from '@/db/commands/participants'
import { writeSchedule } from '@/db/commands/schedule'
import { addTreatment } from '@/db/commands/treatments'
import { compareReplay } from '@/db/replay'
import { scheduledVisits } from '@/db/schema/visits'
import { contextFor, type SeededStudy, type SeededUser, seedStudy, seedUser } from '@/db/testing/factories'
import { SMALL_PROTOCOL } from '@/db/testing/small-protocol'
import { createTestDb, TEST_WRITER, type TestDb } from '@/db/testing/test-db'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { AppError } from '@/lib/domain/shared/errors'
import type { Result } from '@/lib/domain/shared/result'
import { SaveLogEntry } from '@/lib/schemas/logs'
import { SetSiteApproval, VoidSiteApproval } from '@/lib/schemas/site-approvals'
import type { Ctx } from './context'
import { examineDatabase } from './doctor'
import { saveLogEntry } from './logs'
import { readSiteApprovals, setSiteApproval, voidSiteApproval } from './site-approvals'
import { readWorklist } from './worklist'

const day = (text: string) => text as CalendarDate

/** Version 1.1 adds month 12, for who was in follow-up when it took effect. */
const AMENDED: Protocol = {
  ...SMALL_PROTOCOL,
  versions: [
    ...SMALL_PROTOCOL.versions,
    { number: '1.1', effectiveFrom: day('2025-12-01'), summary: 'Month 12' },
  ],
  visits: SMALL_PROTOCOL.visits.map(visit =>
    visit.code === 'M12' ? { ...visit, sinceVersion: '1.1' } : visit,
  ),
  consents: [
    ...SMALL_PROTOCOL.consents,
    { version: '2.0', approvedOn: day('2025-11-01'), requiresReconsent: true },
  ],
}

let test: TestDb
let study: SeededStudy
let manager: SeededUser
let coordinator: SeededUser

function seed(protocol: Protocol): void {
  study = seedStudy(test.db, protocol)
  manager = seedUser(test.db, { role: 'dataManager', study })
  coordinator = seedUser(test.db, { role: 'coordinator', study })
  for (const site of ['MEL', 'SYD']) seedParticipant(site)
}

function seedParticipant(site: string): void {
  const siteId = study.sites[site]
  if (!siteId) throw new Error(site)
  test.db.transaction(
    tx => {
      const facts = { origin: 'entered', outcome: 'enrolled', eligibility: {} } as const
      const consent = { consentVersion: '1.0', consentDate: day('2025-09-01') }
      const row = { studyId: study.id, siteId, number: `${site}-001`, ...facts, ...consent }
      const { id } = addParticipant(tx, TEST_WRITER, row)
      addTreatment(tx, TEST_WRITER, { participantId: id, plan: 'DOSE1', givenOn: day('2025-10-16') })
      writeSchedule(tx, { participantId: id, protocol: study.protocol, protocolVersion: '1.1' })
    },
    { behavior: 'immediate' },
  )
}

beforeEach(() => {
  test = createTestDb()
})
afterEach(() => test.remove())

const as = (user: SeededUser) => contextFor(test.db, user) as Ctx
const place = { study: 'SMALL', site: 'MEL', protocolVersion: '1.1' }
const set = (fields: Record<string, string>, user = manager) =>
  setSiteApproval(as(user), SetSiteApproval.parse({ ...place, ...fields }))
const errorOf = (result: Result<unknown, AppError>) => (result.ok ? null : result.error.code)
const monthTwelves = () =>
  test.db
    .select()
    .from(scheduledVisits)
    .all()
    .filter(({ visit }) => visit === 'M12').length

function log(path: string, answers: Record<string, string>): void {
  const texts = Object.fromEntries(Object.entries(answers).map(([code, text]) => [code, [text]]))
  const posted = { study: 'SMALL', number: 'MEL-001', log: path, entry: 'new', answers: texts }
  const saved = saveLogEntry(as(coordinator), SaveLogEntry.parse(posted))
  if (!saved.ok) throw new Error(JSON.stringify(saved.error))
}

describe('the approval of a version at a site', () => {
  it('moves the day from which it counts there, for everyone of the site and nobody else', () => {
    seed(AMENDED)
    log('departures', { KIND: 'followUp', DATE: '15 Jan 2026' })
    expect(monthTwelves()).toBe(2)
    expect(set({ approvedOn: '1 Feb 2026' }).ok).toBe(true)
    expect(monthTwelves()).toBe(1)
    expect(set({ approvedOn: '10 Jan 2026', version: '1', reason: 'Letter of 10 January' }).ok).toBe(true)
    expect(monthTwelves()).toBe(2)
    expect(set({ approvedOn: '1 Mar 2026', version: '2', reason: 'Letter of 1 March' }).ok).toBe(true)
    const back = VoidSiteApproval.parse({ ...place, version: '3', reason: 'Another study' })
    expect(voidSiteApproval(as(manager), back).ok).toBe(true)
    expect(monthTwelves()).toBe(2)
    expect(compareReplay(test.db)).toEqual([])
    expect(examineDatabase(test).filter(({ findings }) => findings.length > 0)).toEqual([])
  })

  it('is refused in the future, without a reason to change it, stale, and of what is unknown', () => {
    seed(AMENDED)
    expect(errorOf(set({ approvedOn: '17 Apr 2026' }))).toBe('invalidInput')
    expect(errorOf(set({ approvedOn: '1 Feb 2026', protocolVersion: '9' }))).toBe('notFound')
    expect(errorOf(set({ approvedOn: '1 Feb 2026', site: 'XXX' }))).toBe('notFound')
    const sydney = seedUser(test.db, { role: 'dataManager', study, site: 'SYD', name: 'Sydney' })
    expect(errorOf(set({ approvedOn: '1 Feb 2026' }, sydney))).toBe('notFound')
    expect(set({ approvedOn: '1 Feb 2026' }).ok).toBe(true)
    expect(errorOf(set({ approvedOn: '2 Feb 2026', version: '1' }))).toBe('reasonRequired')
    expect(errorOf(set({ approvedOn: '2 Feb 2026', reason: 'Slip' }))).toBe('conflict')
  })

  it.each(['coordinator', 'investigator', 'monitor', 'statistician'] as const)(
    'is read and not changed by a %s',
    role => {
      seed(AMENDED)
      const user = seedUser(test.db, { role, study, name: 'Another' })
      expect(errorOf(set({ approvedOn: '1 Feb 2026' }, user))).toBe('notAllowed')
      const read = readSiteApprovals(as(user), { study: 'SMALL' })
      expect(read.ok && read.value.mayChange).toBe(false)
    },
  )

  it('is recorded for its site alone, each version by itself', () => {
    seed(AMENDED)
    set({ approvedOn: '1 Feb 2026' })
    const read = readSiteApprovals(as(manager), { study: 'SMALL' })
    expect(read.ok && read.value.sites.map(({ site, versions }) => [site, versions])).toEqual([
      [
        'MEL',
        [
          { number: '1.0', approval: null },
          { number: '1.1', approval: { approvedOn: '2026-02-01', version: 1 } },
        ],
      ],
      [
        'SYD',
        [
          { number: '1.0', approval: null },
          { number: '1.1', approval: null },
        ],
      ],
    ])
  })
})

describe('re-consent', () => {
  const due = () => {
    const read = readWorklist(as(coordinator), { study: 'SMALL', site: null })
    return read.ok && read.value.reconsents.map(({ number, version, since }) => [number, version, since])
  }

  it('stands on the worklist until it is recorded, or the participant left', () => {
    seed(AMENDED)
    const all = [
      ['MEL-001', '2.0', '2025-11-01'],
      ['SYD-001', '2.0', '2025-11-01'],
    ]
    expect(due()).toEqual(all)
    log('consents', { VERSION: '2.0', DATE: '1 Feb 2026', FORM: 'signed' })
    expect(due()).toEqual(all.slice(1))
  })

  it('ends with leaving', () => {
    seed(AMENDED)
    log('departures', { KIND: 'consent', DATE: '1 Feb 2026' })
    expect(due()).toEqual([['SYD-001', '2.0', '2025-11-01']])
  })

  it('brings the version that rests on it into effect for the one person who gave it', () => {
    const versions = AMENDED.versions.map(version =>
      version.number === '1.1' ? { ...version, onConsent: '2.0' } : version,
    )
    seed({ ...AMENDED, versions })
    expect(monthTwelves()).toBe(0)
    log('consents', { VERSION: '2.0', DATE: '1 Feb 2026', FORM: 'signed' })
    expect(monthTwelves()).toBe(1)
  })
})
