import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Db, openDatabase } from '@/db/client'
import { addParticipant, changeParticipant } from '@/db/commands/participants'
import { findStudyByCode } from '@/db/queries/studies'
import { compareReplay } from '@/db/replay'
import { auditEntries } from '@/db/schema/audit'
import { participants, treatments } from '@/db/schema/participants'
import { assessments } from '@/db/schema/visits'
import { contextFor, type SeededStudy, seedStudy, seedUser } from '@/db/testing/factories'
import { TWO_ARM_PROTOCOL } from '@/db/testing/small-protocol'
import { createTestDb, TEST_WRITER, type TestDb } from '@/db/testing/test-db'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import { checkSchedules, checkScores } from './derived-rows'
import { type ImportRequest, importFile } from './imports'
import { loadProtocol } from './studies'

let test: TestDb
let study: SeededStudy
beforeEach(() => {
  test = createTestDb()
  study = seedStudy(test.db, TWO_ARM_PROTOCOL)
})
afterEach(() => test.remove())

const OPERATOR = { kind: 'operator' as const }
const HEAD = 'subject,site,arm,visit,visit_date'

function send(text: string, more: Partial<ImportRequest> = {}, actor: unknown = OPERATOR, db: Db = test.db) {
  const request = {
    study: study.code,
    file: 'f.csv',
    bytes: Buffer.from(text),
    mapping: null,
    register: true,
    reason: null,
    dryRun: false,
    ...more,
  }
  return importFile(contextFor(db, actor) as never, request)
}

function accepted(text: string, more: Partial<ImportRequest> = {}) {
  const done = send(text, more)
  if (!done.ok) throw new Error(JSON.stringify(done.error))
  return done.value
}

function refusals(text: string, more: Partial<ImportRequest> = {}, actor: unknown = OPERATOR) {
  const done = send(text, more, actor)
  if (done.ok || done.error.code !== 'fileRefused') throw new Error(`not refused: ${JSON.stringify(done)}`)
  return done.error.cells.map(({ row, column, text: why }) => [row, column, why])
}

const forms = () => test.db.select().from(assessments).all()

/** Runs `meanwhile` once, just before the import takes the write lock. */
function interrupt(meanwhile: () => void): Db {
  let isDone = false
  const transaction: Db['transaction'] = (work, config) => {
    if (config?.behavior === 'immediate' && !isDone) {
      isDone = true
      meanwhile()
    }
    return test.db.transaction(work, config)
  }
  return Object.assign(Object.create(test.db) as Db, { transaction })
}

describe('what an import stores', () => {
  it('is what stored rows give: schedules, progress, status and scores are those derived again, and the audit replays', () => {
    accepted(`${HEAD},NPRS_AVG,NPRS_WORST,ODI_01,DOSE1
A-1,MEL,ACTIVE,BL,2024-01-10,7,8,2,2024-01-20
A-1,MEL,,M1,2024-02-20,4,,,
A-2,NEW,SHAM,BL,,6,,,
A-3,NEW,SHAM,M6,2024-07-01,6,7,,2024-01-20
`)
    accepted(
      `${HEAD},NPRS_AVG,NPRS_WORST,DOSE1\nA-1,MEL,,M6,2024-07-20,4,5,\nA-2,NEW,,BL,2024-01-09,6,7,2024-02-01\n`,
    )
    accepted(`${HEAD},NPRS_AVG\nA-1,MEL,,BL,2024-01-11,6\n`, { reason: 'Source corrected' })
    const row = findStudyByCode(test.db, study.code)
    if (!row) throw new Error('the study is gone')
    const { protocol, number } = loadProtocol(test.db, row)
    expect(checkSchedules(test.db, row, { protocol, protocolVersion: number })).toEqual([])
    expect(checkScores(test.db, row, protocol.settings)).toEqual([])
    expect(compareReplay(test.db)).toEqual([])
    expect(test.sqlite.prepare('SELECT count(*) FROM participant_statuses').pluck().get()).toBe(3)
  })
})

describe('the write lock', () => {
  it('is not taken by a dry run, nor by a file that says nothing new: both go on while another process writes', () => {
    const file = `${HEAD},NPRS_AVG\nA-1,MEL,ACTIVE,BL,2024-01-10,7\n`
    accepted(file)
    const other = openDatabase(test.file)
    other.sqlite.exec('BEGIN IMMEDIATE')
    test.sqlite.pragma('busy_timeout = 0')
    expect(accepted(file.replace('A-1', 'A-2'), { dryRun: true }).participants.registered).toBe(1)
    expect(accepted(file).changedAnything).toBe(false)
    expect(send(file.replace('A-1', 'A-2'))).toEqual({ ok: false, error: { code: 'busy' } })
    other.close()
  })

  it('is held by nothing but writes: who saved while the file was checked is seen, and the file is planned again', () => {
    const file = `${HEAD}\nMEL-009,MEL,ACTIVE,BL,2024-01-10\n`
    const meanwhile = interrupt(() => {
      test.db.transaction(
        tx => {
          addParticipant(tx, TEST_WRITER, {
            studyId: study.id,
            siteId: study.sites.MEL as never,
            number: 'MEL-009',
            origin: 'entered',
            outcome: 'enrolled',
            consentDate: '2024-01-12' as CalendarDate,
            eligibility: {},
            confirmations: {},
          })
        },
        { behavior: 'immediate' },
      )
    })
    const done = send(file, {}, OPERATOR, meanwhile)
    expect(done).toMatchObject({
      ok: false,
      error: {
        code: 'fileRefused',
        cells: [{ row: 2, text: '10 Jan 2024 is before consent (12 Jan 2024).' }],
      },
    })
  })

  it('an import that is overtaken each time gives up and says so, and nothing of it is written', () => {
    accepted(`${HEAD}\nA-1,MEL,ACTIVE,BL,2024-01-10\n`)
    const [person] = test.db.select().from(participants).all()
    if (!person) throw new Error('nobody was imported')
    let version = person.rowVersion
    const transaction: Db['transaction'] = (work, config) => {
      if (config?.behavior === 'immediate') {
        const patch = { ageAtConsent: 40 + version }
        const change = { id: person.id, version, patch, reason: 'x' }
        test.db.transaction(tx => changeParticipant(tx, TEST_WRITER, change), { behavior: 'immediate' })
        version += 1
      }
      return test.db.transaction(work, config)
    }
    const busy = Object.assign(Object.create(test.db) as Db, { transaction })
    const done = send(`${HEAD}\nA-2,MEL,ACTIVE,BL,2024-01-10\n`, {}, OPERATOR, busy)
    expect(done).toMatchObject({ ok: false, error: { code: 'notPossible' } })
    expect(version).toBe(person.rowVersion + 3)
    expect(test.db.select().from(participants).all()).toHaveLength(1)
  })

  it('a dry run of a locked study is told that it is locked', () => {
    test.sqlite.exec("UPDATE studies SET locked_at = '2026-01-01T00:00:00.000Z', lock_reason = 'done'")
    const done = send(`${HEAD}\nA-1,MEL,ACTIVE,BL,2024-01-10\n`, { dryRun: true })
    expect(done).toMatchObject({ ok: false, error: { code: 'locked', reason: 'done' } })
  })
})

describe('arms of a masked study', () => {
  it('are neither recorded nor compared for who may not know them; the operator may', () => {
    const masked = {
      ...TWO_ARM_PROTOCOL,
      study: { ...TWO_ARM_PROTOCOL.study, code: 'MASKED' },
      masking: 'full' as const,
    }
    study = seedStudy(test.db, masked)
    accepted(`${HEAD}\nA-1,MEL,ACTIVE,BL,2024-01-10\n`)
    const manager = seedUser(test.db, { role: 'dataManager', study })
    const closed = [[2, 'arm', 'Arms of this study are closed to you. Leave the cell blank.']]
    expect(refusals(`${HEAD}\nA-1,MEL,ACTIVE,BL,2024-01-10\n`, {}, manager)).toEqual(closed)
    expect(refusals(`${HEAD}\nA-1,MEL,SHAM,BL,2024-01-10\n`, {}, manager)).toEqual(closed)
    expect(refusals(`${HEAD}\nA-2,MEL,SHAM,BL,2024-01-10\n`, {}, manager)).toEqual(closed)
    expect(send(`${HEAD}\nA-2,MEL,,BL,2024-01-10\n`, {}, manager).ok).toBe(true)
  })
})

describe('doses of a file', () => {
  it.each([
    [
      'a second without a first',
      'DOSE2',
      '2024-08-01',
      'Second injection needs First injection before it. Record that first.',
    ],
    ['after today', 'DOSE1', '2026-04-17', /is after today at the site/],
  ])('pass the hard checks of entry: %s is refused', (_, column, day, why) => {
    const file = `${HEAD},${column}\nA-1,MEL,SHAM,BL,,${day}\n`
    expect(refusals(file)).toEqual([[2, column, typeof why === 'string' ? why : expect.stringMatching(why)]])
  })

  it('in the wrong order, or before consent, are refused', () => {
    const both = refusals(`${HEAD},DOSE2,DOSE1\nA-1,MEL,SHAM,BL,,2024-01-20,2024-08-01\n`)
    expect(both).toEqual([[2, 'DOSE2', expect.stringMatching(/is not after First injection on 1 Aug 2024/)]])
    accepted(`${HEAD}\nA-1,MEL,SHAM,BL,\n`)
    test.sqlite.exec("UPDATE participants SET consent_date = '2024-01-15'")
    const early = refusals(`${HEAD},DOSE1\nA-1,MEL,,BL,,2024-01-10\n`)
    expect(early).toEqual([[2, 'DOSE1', '10 Jan 2024 is before consent on 15 Jan 2024. Correct the date.']])
  })

  it('given early, or of whose condition the file says nothing, stand unconfirmed and are counted', () => {
    const report = accepted(`${HEAD},DOSE1,DOSE2\nA-1,MEL,SHAM,BL,,2024-01-20,2024-02-20\n`)
    expect(report).toMatchObject({ treatmentsRecorded: 2, softChecksUnconfirmed: 2 })
    const second = test.db.select().from(treatments).all()[1]
    expect(second?.conditionMet).toBeNull()
    expect(second?.confirmations).toEqual({
      'earlyDose:DOSE2': 'unconfirmed',
      'conditionNotKnown:DOSE2': 'unconfirmed',
    })
  })
})

describe('a form dated on a dosing day', () => {
  const file = (before: string) =>
    `${HEAD},NPRS_AVG,DOSE1${before === 'no column' ? '' : ',before_treatment'}\nA-1,MEL,SHAM,BL,2024-01-20,7,2024-01-20${before === 'no column' ? '' : `,${before}`}\n`

  it.each(['no column', ''])(
    'of which the file does not say whether it was before the dose (%s) stays unknown, unconfirmed and counted',
    before => {
      expect(accepted(file(before)).softChecksUnconfirmed).toBe(1)
      const [form] = forms()
      expect(form?.beforeTreatment).toBeNull()
      expect(form?.confirmations).toEqual({ 'beforeDoseNotKnown:assessmentDate=2024-01-20': 'unconfirmed' })
      expect(accepted(file(before)).changedAnything).toBe(false)
    },
  )

  it.each([
    ['1', true],
    ['0', false],
  ])('takes before_treatment %s as the answer', (before, expected) => {
    expect(accepted(file(before)).softChecksUnconfirmed).toBe(0)
    expect(forms()[0]?.beforeTreatment).toBe(expected)
    expect(accepted(file(before)).changedAnything).toBe(false)
  })

  it('is told later without a reason, and changed only with one', () => {
    accepted(file(''))
    expect(accepted(file('1')).changedAnything).toBe(true)
    expect(forms()[0]?.beforeTreatment).toBe(true)
    expect(refusals(file('0'))).toEqual([
      [
        2,
        'before_treatment',
        'nprs taken of A-1 is stored as before the dose. To change it, give a reason with --reason.',
      ],
    ])
    accepted(file('0'), { reason: 'Source corrected' })
    expect(forms()[0]?.beforeTreatment).toBe(false)
    expect(test.db.select().from(auditEntries).all().at(-2)).toMatchObject({ reason: 'Source corrected' })
  })

  it('refuses anything else in that column', () => {
    expect(refusals(file('yes'))).toEqual([
      [2, 'before_treatment', expect.stringContaining('“yes” is neither 1')],
    ])
  })
})
