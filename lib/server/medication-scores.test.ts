import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findStudyByCode } from '@/db/queries/studies'
import { compareReplay } from '@/db/replay'
import { scores } from '@/db/schema/visits'
import { contextFor, type SeededStudy, type SeededUser, seedStudy, seedUser } from '@/db/testing/factories'
import { SMALL_PROTOCOL } from '@/db/testing/small-protocol'
import { createTestDb, type TestDb } from '@/db/testing/test-db'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { AppError } from '@/lib/domain/shared/errors'
import type { Result } from '@/lib/domain/shared/result'
import { MoveLogEntry, SaveLogEntry, VoidLogEntry } from '@/lib/schemas/logs'
import { RecordTreatment } from '@/lib/schemas/treatments'
import { SaveVisit } from '@/lib/schemas/visits'
import { readSummary } from './cohort'
import { checkScores } from './derived-rows'
import { saveLogEntry } from './logs'
import { moveLogEntry, voidLogEntry } from './logs-mend'
import { registerParticipant } from './participants'
import { recordTreatment } from './treatments'
import { saveVisit } from './visits'

const PROTOCOL = {
  ...SMALL_PROTOCOL,
  settings: { ...SMALL_PROTOCOL.settings, analgesics: { morphineFactors: 'CDC-2022' } },
  visits: SMALL_PROTOCOL.visits.map(visit => ({ ...visit, instruments: ['nprs', 'analgesics'], forms: [] })),
  responders: SMALL_PROTOCOL.responders.map(rule => ({ ...rule, noIntervention: true })),
}

const OXYCODONE = {
  CMTRT: ['Oxycodone'],
  CMANALG: ['yes'],
  CMLEVEL: ['3'],
  CMDOSE: ['10'],
  CMDOSU: ['mg'],
  CMROUTE: ['oral'],
  CMFREQ: ['regular'],
  CMTIMES: ['4'],
  CMSTDAT: ['2025-01'],
  CMONGO: ['yes'],
}

let test: TestDb
let study: SeededStudy
let coordinator: SeededUser
let number: string

beforeEach(() => {
  test = createTestDb()
  study = seedStudy(test.db, PROTOCOL)
  coordinator = seedUser(test.db, { role: 'coordinator', study, site: 'MEL' })
  number = register()
})
afterEach(() => test.remove())

function accepted<T>(result: Result<T, AppError>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}

const ctx = (who = coordinator) => contextFor(test.db, who)

function register(): string {
  const facts = { screenedOn: null, eligibility: { I1: true, I2: true, E1: false }, takesPart: true }
  const person = { ageAtConsent: 41, sex: 'male' as const, diagnosis: null, painType: null }
  const rest = { painDurationMonths: null, level: null, previousTreatment: null, rescreenOf: null }
  const consent = { consentVersion: '1.0', consentDate: '2025-03-01' as CalendarDate }
  const input = { study: 'SMALL', site: 'MEL', ...consent, ...facts, ...person, ...rest, confirm: [] }
  return accepted(registerParticipant(ctx(), { ...input, plannedDayZero: '2025-04-01' as CalendarDate }))
    .number
}

interface Visit {
  readonly level?: string
  readonly date?: string
  readonly pain?: string
  readonly reason?: string
  readonly version?: string
}

/** Enters a visit, whatever is asked confirmed. */
function visit(code: string, { level, date = '2025-03-20', pain, reason, version }: Visit) {
  const forms = {
    ...(level ? { analgesics: { ANALGESIC_LEVEL: [level], '~version': [version ?? ''] } } : {}),
    ...(pain ? { nprs: { NPRS_AVG: [pain], NPRS_WORST: [pain] } } : {}),
  }
  const page = { date: [date], mode: ['clinic'], source: ['paper'], version: [version ?? ''] }
  const form = { study: 'SMALL', number, visit: code, '~visit': page, ...forms, reason: reason ?? '' }
  const first = saveVisit(ctx(), SaveVisit.parse(form))
  if (first.ok || first.error.code !== 'unanswered') return accepted(first)
  const keys = first.error.questions.map(question =>
    'key' in question ? String(question.key) : question.code,
  )
  return accepted(saveVisit(ctx(), SaveVisit.parse({ ...form, '~confirm': { keys } })))
}

function take(answers: Record<string, string[]> = {}, more: Record<string, unknown> = {}, who = coordinator) {
  const posted = { study: 'SMALL', number, log: 'medication', entry: 'new', ...more }
  return saveLogEntry(ctx(who), SaveLogEntry.parse({ ...posted, answers: { ...OXYCODONE, ...answers } }))
}

/** Morphine equivalents of every visit that has any, in order of entry. */
function stored() {
  const rows = test.db.select().from(scores).all()
  return rows
    .filter(row => row.parameter === 'MME_DAY')
    .map(({ value, missingReason }) => value ?? missingReason)
}

/** What is stored is what follows from the records, and the audit reproduces those. */
function expectSound() {
  const row = findStudyByCode(test.db, 'SMALL')
  if (!row) throw new Error('no study')
  expect(checkScores(test.db, row, PROTOCOL.settings)).toEqual([])
  expect(compareReplay(test.db)).toEqual([])
}

describe('morphine equivalents of a visit', () => {
  it('follow from the log whichever of the two is entered first', () => {
    visit('BL', { level: '3' })
    expect(stored()).toEqual(['opioidNotRecorded'])
    accepted(take())
    expect(stored()).toEqual([60])
    visit('M1', { level: '3', date: '2025-05-01' })
    expect(stored()).toEqual([60, 60])
    expectSound()
  })

  it('are 0 where none was reported and none is recorded', () => {
    visit('BL', { level: '0' })
    expect(stored()).toEqual([0])
    expectSound()
  })

  it('follow a change, a void and a move of the entry', () => {
    visit('BL', { level: '3' })
    const { id } = accepted(take())
    accepted(take({ CMDOSE: ['5'] }, { entry: id, version: '1', reason: 'Typing error' }))
    expect(stored()).toEqual([30])
    const other = register()
    const mending = { study: 'SMALL', number, log: 'medication', entry: id, reason: 'Wrong participant' }
    accepted(moveLogEntry(ctx(), MoveLogEntry.parse({ ...mending, version: '2', to: other })))
    expect(stored()).toEqual(['opioidNotRecorded'])
    const back = { ...mending, number: other, version: '3', to: number }
    accepted(moveLogEntry(ctx(), MoveLogEntry.parse(back)))
    expect(stored()).toEqual([30])
    accepted(voidLogEntry(ctx(), VoidLogEntry.parse({ ...mending, version: '4' })))
    expect(stored()).toEqual(['opioidNotRecorded'])
    expectSound()
  })

  it('are told by the doctor when they differ', () => {
    visit('BL', { level: '3' })
    accepted(take())
    test.sqlite.prepare("UPDATE scores SET value = 0 WHERE parameter = 'MME_DAY'").run()
    const row = findStudyByCode(test.db, 'SMALL')
    expect(row && checkScores(test.db, row, PROTOCOL.settings)).toEqual([
      `study SMALL: the scores of ${number} BL analgesics differ`,
    ])
  })
})

it('a level below that of a drug taken that day is asked about, and the answer is kept', () => {
  accepted(take())
  const form = {
    ...{ study: 'SMALL', number, visit: 'BL' },
    '~visit': { date: ['2025-03-20'], mode: ['clinic'], source: ['paper'] },
    analgesics: { ANALGESIC_LEVEL: ['0'] },
  }
  const asked = saveVisit(ctx(), SaveVisit.parse(form))
  if (asked.ok || asked.error.code !== 'unanswered') throw new Error(JSON.stringify(asked))
  expect(asked.error.questions.map(({ code, fields }) => [code, fields])).toEqual([
    ['analgesicLevel', ['analgesics.ANALGESIC_LEVEL']],
  ])
})

describe('a rescue', () => {
  it('makes a non-responder of who improved, once it is recorded', () => {
    visit('BL', { pain: '8' })
    accepted(
      recordTreatment(
        ctx(),
        RecordTreatment.parse({ study: 'SMALL', number, plan: 'DOSE1', givenOn: '2025-04-01' }),
      ),
    )
    visit('M1', { pain: '2', date: '2025-05-01' })
    const monitor = seedUser(test.db, { role: 'statistician', study })
    const rates = () => {
      const summary = accepted(readSummary(contextFor(test.db, monitor), { study: 'SMALL' }))
      const pain = summary.parameters.find(({ parameter }) => parameter === 'NPRS_AVG')
      const month = pain?.arms[0]?.visits.find(each => each.visit === 'M1')
      return month?.responders.map(({ k, n }) => [k, n])
    }
    expect(rates()).toEqual([
      [1, 1],
      [1, 1],
    ])
    const posted = { study: 'SMALL', number, log: 'interventions', entry: 'new' }
    const answers = { PRCAT: ['surgery'], PRSTDAT: ['2025-04'], PRTRT: ['Discectomy'] }
    accepted(saveLogEntry(ctx(), SaveLogEntry.parse({ ...posted, answers })))
    expect(rates()).toEqual([
      [0, 1],
      [0, 1],
    ])
    expectSound()
  })
})

describe('who may record medication and interventions', () => {
  const outcomes = (log: string, answers: Record<string, string[]>) =>
    (['coordinator', 'investigator', 'dataManager', 'monitor', 'statistician', 'administrator'] as const).map(
      role => {
        const who = seedUser(test.db, { role, study, name: `${role} of ${log}` })
        const posted = { study: 'SMALL', number, log, entry: 'new', answers }
        const saved = saveLogEntry(contextFor(test.db, who), SaveLogEntry.parse(posted))
        return [role, saved.ok ? 'saved' : saved.error.code]
      },
    )

  it.each([
    ['medication', { ...OXYCODONE, CMONGO: ['no'], CMENDAT: ['2025-02'] }],
    ['interventions', { PRCAT: ['physiotherapy'], PRSTDAT: ['2025'], PRTRT: ['Exercise'] }],
  ])('%s: who enters logs, nobody else', (log, answers) => {
    const result = Object.fromEntries(outcomes(log, answers))
    expect(result.coordinator).toBe('saved')
    for (const role of ['monitor', 'statistician']) expect(result[role]).toMatch(/notAllowed|notFound/)
  })

  it('not at another site', () => {
    const elsewhere = seedUser(test.db, { role: 'coordinator', study, site: 'SYD', name: 'Elsewhere' })
    const result = take({}, {}, elsewhere)
    expect(result.ok ? 'saved' : result.error.code).toBe('notFound')
  })
})
