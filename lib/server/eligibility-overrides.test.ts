import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { compareReplay } from '@/db/replay'
import { allocations, eligibilityOverrides } from '@/db/schema/participants'
import { scheduledVisits } from '@/db/schema/visits'
import { contextFor, type SeededStudy, type SeededUser, seedStudy, seedUser } from '@/db/testing/factories'
import { createTestDb, type TestDb } from '@/db/testing/test-db'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { AppError } from '@/lib/domain/shared/errors'
import type { Result } from '@/lib/domain/shared/result'
import { OverrideEligibility, VoidOverride } from '@/lib/schemas/eligibility-overrides'
import { SaveLogEntry } from '@/lib/schemas/logs'
import type { Ctx } from './context'
import { overrideEligibility, voidOverride } from './eligibility-overrides'
import { exportStudy } from './exports'
import { readParticipantHistory } from './history'
import { saveLogEntry } from './logs'
import { readParticipantLeaving } from './participant-leaving'
import { openParticipant, registerParticipant } from './participants'

const day = (text: string) => text as CalendarDate

let test: TestDb
let study: SeededStudy
let coordinator: SeededUser
let investigator: SeededUser

beforeEach(() => {
  test = createTestDb()
  study = seedStudy(test.db)
  coordinator = seedUser(test.db, { role: 'coordinator', study })
  investigator = seedUser(test.db, { role: 'investigator', study, name: 'Dr Investigator' })
  register({ I1: true, I2: false, E1: true })
})
afterEach(() => test.remove())

const as = (user: SeededUser) => contextFor(test.db, user) as Ctx

function accepted<T>(result: Result<T, AppError>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}
const errorOf = (result: Result<unknown, AppError>): AppError => {
  if (result.ok) throw new Error('accepted')
  return result.error
}

function register(eligibility: Record<string, boolean>): string {
  const person = { ageAtConsent: 41, sex: 'male' as const, diagnosis: null, painType: null }
  const rest = { painDurationMonths: null, level: null, previousTreatment: null, rescreenOf: null }
  const consent = { consentVersion: '1.0', consentDate: day('2026-04-01'), screenedOn: day('2026-04-03') }
  const input = { study: 'SMALL', site: 'MEL', ...consent, ...person, ...rest, eligibility }
  const facts = { takesPart: true, plannedDayZero: null, confirm: [] }
  return accepted(registerParticipant(as(coordinator), { ...input, ...facts })).number
}

const REASONS = { I2: ['Two levels, one of them treated'], E1: ['Mild, agreed with haematology'] }

function override(fields: Record<string, unknown> = {}, user = investigator) {
  const base = { study: 'SMALL', number: 'MEL-001', version: 1, reasons: REASONS, enrolledOn: '5 Apr 2026' }
  return overrideEligibility(as(user), OverrideEligibility.parse({ ...base, ...fields }))
}
const takeBack = (version = 2, reason: string | null = 'Wrong participant') =>
  voidOverride(
    as(investigator),
    VoidOverride.parse({ study: 'SMALL', number: 'MEL-001', version, ...(reason ? { reason } : {}) }),
  )

const opened = () => accepted(openParticipant(as(investigator), 'SMALL', 'MEL-001', 'readParticipants'))
const wrong = (result: Result<unknown, AppError>) => {
  const error = errorOf(result)
  return error.code === 'invalidInput' ? error.fields.map(({ field }) => field) : [error.code]
}
const live = <Row extends { readonly voidedAt: string | null }>(rows: readonly Row[]) =>
  rows.filter(({ voidedAt }) => voidedAt === null)

describe('an investigator enrols a screen failure', () => {
  it('with a reason for each criterion; arm and visits follow as at registration', () => {
    accepted(override())
    expect(opened().participant).toMatchObject({ outcome: 'enrolled', enrolledOn: '2026-04-05' })
    const leaving = readParticipantLeaving(as(investigator), opened())
    expect(leaving.overrides).toEqual([
      {
        criterion: 'E1',
        reason: 'Mild, agreed with haematology',
        decidedBy: 'Dr Investigator',
        decidedOn: '2026-04-16',
      },
      {
        criterion: 'I2',
        reason: 'Two levels, one of them treated',
        decidedBy: 'Dr Investigator',
        decidedOn: '2026-04-16',
      },
    ])
    expect(test.db.select().from(allocations).all()).toMatchObject([
      { arm: 'ACTIVE', allocatedOn: '2026-04-05' },
    ])
    expect(test.db.select().from(scheduledVisits).all()).toHaveLength(4)
    expect(compareReplay(test.db)).toEqual([])
  })

  it('and taking it back stand in the history in words', () => {
    accepted(override())
    accepted(takeBack())
    const { entries } = accepted(
      readParticipantHistory(as(investigator), { study: 'SMALL', number: 'MEL-001' }),
    )
    const summaries = entries.map(({ summary }) => summary)
    expect(summaries).toContain('Overrode criterion E1: Mild, agreed with haematology')
    expect(summaries.filter(text => text === 'Voided an eligibility override')).toHaveLength(2)
    const labels = entries.flatMap(({ changes }) => changes.map(({ label }) => label))
    expect(labels.filter(label => /[a-z][A-Z]/.test(label))).toEqual([])
  })

  it.each<[string, Record<string, unknown>, string[]]>([
    ['a criterion without a reason', { reasons: { I2: REASONS.I2 } }, ['reasons.E1']],
    ['a blank reason', { reasons: { ...REASONS, E1: ['  '] } }, ['reasons.E1']],
    ['a reason for what was met', { reasons: { ...REASONS, I1: ['Why not'] } }, ['reasons.I1']],
    ['enrolment before consent', { enrolledOn: '31 Mar 2026' }, ['enrolledOn']],
    ['enrolment before eligibility was decided', { enrolledOn: '2 Apr 2026' }, ['enrolledOn']],
    ['enrolment to come', { enrolledOn: '17 Apr 2026' }, ['enrolledOn']],
    ['a planned day zero before consent', { plannedDayZero: '31 Mar 2026' }, ['plannedDayZero']],
    ['a record that somebody changed', { version: 7 }, ['conflict']],
  ])('not with %s', (_, fields, refused) => {
    expect(wrong(override(fields))).toEqual(refused)
    expect(test.db.select().from(eligibilityOverrides).all()).toEqual([])
  })

  it('is asked about a reason that seems to identify the person', () => {
    const result = override({ reasons: { ...REASONS, E1: ['See MRN 1234567'] } })
    expect(errorOf(result).code).toBe('unanswered')
  })

  it.each(['coordinator', 'dataManager', 'monitor'] as const)('and no %s does', role => {
    const user = seedUser(test.db, { role, study, name: 'Another' })
    expect(errorOf(override({}, user)).code).toBe('notAllowed')
  })

  it('and not who is eligible, nor the same person twice', () => {
    const number = register({ I1: true, I2: true, E1: false })
    expect(errorOf(override({ number })).code).toBe('notPossible')
    accepted(override())
    expect(errorOf(override({ version: 2 })).code).toBe('notPossible')
  })
})

describe('an override is taken back', () => {
  it('with a reason while nothing was recorded since: a screen failure again, without arm and visits', () => {
    accepted(override())
    expect(errorOf(takeBack(2, null)).code).toBe('reasonRequired')
    accepted(takeBack())
    expect(opened().participant).toMatchObject({ outcome: 'screenFailure', enrolledOn: null })
    expect(live(test.db.select().from(allocations).all())).toEqual([])
    expect(live(test.db.select().from(eligibilityOverrides).all())).toEqual([])
    expect(test.db.select().from(scheduledVisits).all()).toEqual([])
    accepted(override({ version: 3 }))
    expect(compareReplay(test.db)).toEqual([])
  })

  it('not once something was recorded: it says what to do', () => {
    accepted(override())
    const answers = { TERM: ['Hypertension'], SINCE: ['2019'], ONGOING: ['yes'] }
    const entry = { study: 'SMALL', number: 'MEL-001', log: 'conditions', entry: 'new', answers }
    accepted(saveLogEntry(as(coordinator), SaveLogEntry.parse(entry)))
    const error = errorOf(takeBack())
    expect(error).toMatchObject({ code: 'notPossible' })
    expect(JSON.stringify(error)).toContain('Leaving and return')
  })
})

describe('an export', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'longitude-overrides-'))
    return () => rmSync(folder, { recursive: true, force: true })
  })
  const participants = () => {
    const request = { study: 'SMALL', dataCut: '', flavour: 'analysis' as const, out: folder }
    const ctx = contextFor(test.db, { kind: 'operator' as const })
    accepted(exportStudy(ctx as never, request))
    return parse(readFileSync(join(folder, 'participants.csv'), 'utf8'), { columns: true }) as Record<
      string,
      string
    >[]
  }

  it('names the criteria that were overridden', () => {
    accepted(override())
    expect(participants()).toMatchObject([
      { subject: 'MEL-001', status: 'enrolled', eligibility_overrides: 'E1|I2' },
    ])
  })

  it('leaves out who asked for no further use', () => {
    accepted(override())
    const answers = { KIND: ['noFurtherUse'], DATE: ['10 Apr 2026'] }
    const entry = { study: 'SMALL', number: 'MEL-001', log: 'departures', entry: 'new', answers }
    const first = errorOf(saveLogEntry(as(coordinator), SaveLogEntry.parse(entry)))
    const confirm = first.code === 'unanswered' ? first.questions.map(({ code }) => code) : []
    accepted(saveLogEntry(as(coordinator), SaveLogEntry.parse({ ...entry, confirm })))
    expect(participants()).toEqual([])
    const departures = readFileSync(join(folder, 'departures.csv'), 'utf8')
    expect(departures).not.toContain('MEL-001')
  })
})
