import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readExportRecords } from '@/db/queries/exports'
import { contextFor, type SeededStudy, seedStudy } from '@/db/testing/factories'
import { TWO_ARM_PROTOCOL } from '@/db/testing/small-protocol'
import { createTestDb, TEST_WRITER, type TestDb } from '@/db/testing/test-db'
import { insertRecord, voidRecord } from '@/db/write'
import { deriveExportScope } from '@/lib/domain/exports/export-scope'
import { deriveExportSubject } from '@/lib/domain/exports/export-subject'
import { logTable } from '@/lib/domain/exports/logs'
import type { Answers } from '@/lib/domain/instruments/instrument'
import { adverseEvents } from '@/lib/domain/logs/adverse-events'
import { harvests } from '@/lib/domain/logs/harvests'
import { interventions } from '@/lib/domain/logs/interventions'
import type { Log, LogCode } from '@/lib/domain/logs/log'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { ParticipantId } from '@/lib/domain/shared/ids'
import { exportStudy } from './exports'

const day = (text: string) => text as CalendarDate

let test: TestDb
let study: SeededStudy
let folder: string
let participantId: ParticipantId

beforeEach(() => {
  test = createTestDb()
  folder = mkdtempSync(join(tmpdir(), 'longitude-export-logs-'))
  study = seedStudy(test.db)
  const consent = { consentVersion: '1.0', consentDate: day('2025-01-10'), screenedOn: day('2025-01-10') }
  const siteId = study.sites.MEL
  if (siteId === undefined) throw new Error('no site')
  const person = { studyId: study.id, siteId, number: 'MEL-001', eligibility: {} }
  participantId = write(tx => {
    const values = { ...person, ...consent, origin: 'entered', outcome: 'enrolled' } as const
    const { id } = insertRecord(tx, TEST_WRITER, 'participants', { ...values, enrolledOn: day('2025-01-10') })
    const dose = { participantId: id, plan: 'DOSE1', givenOn: day('2025-02-10') }
    insertRecord(tx, TEST_WRITER, 'treatments', dose)
    return id
  })
})
afterEach(() => {
  test.remove()
  rmSync(folder, { recursive: true, force: true })
})

type Tx = Parameters<Parameters<TestDb['db']['transaction']>[0]>[0]

function write<T>(work: (tx: Tx) => T): T {
  return test.db.transaction(work, { behavior: 'immediate' })
}

function log(code: LogCode, values: Record<string, string | boolean | number | readonly string[] | null>) {
  const answers: Answers = Object.fromEntries(
    Object.entries(values).map(([field, value]) => [
      field,
      value === null ? { missing: 'unknown' as const } : { value },
    ]),
  )
  return write(tx =>
    insertRecord(tx, TEST_WRITER, 'log_entries', { participantId, log: code, answers, confirmations: {} }),
  )
}

function exported(file: string, request: { dataCut?: string; flavour?: 'analysis' | 'spreadsheet' } = {}) {
  const options = { study: study.code, dataCut: '', flavour: 'analysis' as const, out: folder, ...request }
  const actor = { kind: 'operator' as const }
  const done = exportStudy(contextFor(test.db, actor) as never, options)
  if (!done.ok) throw new Error(JSON.stringify(done.error))
  const rows = parse(readFileSync(join(folder, file), 'utf8'), { columns: true }) as Record<string, string>[]
  expect(done.value.files.find(({ name }) => name === file)?.rows).toBe(rows.length)
  return rows
}

describe('a file of a log', () => {
  it('holds each entry as it is stored, with the day that a partial date stands for', () => {
    log('adverseEvents', { AETERM: 'Pain flare', AESTDAT: '2025-02', AEONGO: false, AEENDAT: '2025-03' })
    log('adverseEvents', { AETERM: 'Rash', AESTDAT: '2025-02-09', AEONGO: false, AEENDAT: null })
    expect(exported('adverse_events.csv')).toMatchObject([
      {
        ...{ study: 'SMALL', site: 'MEL', subject: 'MEL-001', entry: '1', aeterm: 'Pain flare' },
        ...{ aestdat: '2025-02', aestdat_day: '2025-02-10', aestdat_day_flag: '1', study_day: '0' },
        ...{ aeendat: '2025-03', aeendat_day: '2025-03-31', aeendat_day_flag: '1', aeongo: '0' },
        treatment_emergent: 'yes',
      },
      {
        ...{ entry: '2', aestdat_day: '2025-02-09', aestdat_day_flag: '0', study_day: '-1' },
        ...{ aeendat: '', aeendat_missing: 'unknown', aeendat_day: '', treatment_emergent: 'no' },
      },
    ])
  })

  it('leaves the voided out; their numbers are not used again', () => {
    const first = log('contacts', { DATE: '2025-02-01', HOW: 'phone', RESULT: 'noAnswer' })
    log('contacts', { DATE: '2025-02-02', HOW: 'phone', RESULT: 'reached' })
    write(tx => voidRecord(tx, TEST_WRITER, 'log_entries', first.id, 1, 'Entered twice'))
    expect(exported('contacts.csv')).toMatchObject([{ entry: '2', result: 'reached', study_day: '-8' }])
  })

  it('at a data cut has nothing that began later, and shows as ongoing what ended later', () => {
    log('conditions', { TERM: 'Asthma', SINCE: '2019', ONGOING: false, ENDED: '2025-06-01' })
    log('contacts', { DATE: '2025-03-01', HOW: 'phone', RESULT: 'reached' })
    log('contacts', { DATE: '2025-03-02', HOW: 'phone', RESULT: 'reached' })
    const cut = { dataCut: '2025-03-01' }
    expect(exported('contacts.csv', cut).map(({ date }) => date)).toEqual(['2025-03-01'])
    expect(exported('conditions.csv', cut)).toMatchObject([{ ongoing: '1', ended: '', ended_day: '' }])
    expect(exported('conditions.csv')).toMatchObject([{ ongoing: '0', ended_day: '2025-06-01' }])
  })

  it('at a data cut knows no death, no outcome and no report of a later day', () => {
    const event = { AESTDAT: '2025-02-20', AETERM: 'Sepsis', AECAT: 'infection', AEONGO: false }
    log('adverseEvents', {
      ...{ ...event, AEENDAT: '2025-04-02', AEOUT: 'fatal', DTHDAT: '2025-04-02', AETOXGR: '5' },
      ...{ AESER: true, AESERCRIT: ['death', 'hospitalisation'] },
    })
    log('adverseEvents', { ...event, AEENDAT: '2025-03-20', AEOUT: 'recovered', AETOXGR: '3' })
    const reported = { REPORTED: true, REPORTED_ON: '2025-03-05' }
    log('deviations', { KIND: 'other', DATE: '2025-02-01', CLASS: 'major', DESCRIPTION: 'x', ...reported })
    expect(exported('adverse_events.csv', { dataCut: '2025-03-01' })).toMatchObject([
      { aeongo: '1', aeout: '', dthdat: '', dthdat_day: '', aetoxgr: '', aesercrit: 'hospitalisation' },
      { aeongo: '1', aeendat: '', aeout: '', aetoxgr: '3' },
    ])
    expect(exported('deviations.csv', { dataCut: '2025-03-01' })).toMatchObject([
      { reported: '0', reported_on: '' },
    ])
    expect(exported('adverse_events.csv')).toMatchObject([
      { aeout: 'fatal', dthdat: '2025-04-02', aetoxgr: '5', aesercrit: 'death;hospitalisation' },
      { aeongo: '0', aeout: 'recovered' },
    ])
    expect(exported('deviations.csv')).toMatchObject([{ reported: '1', reported_on: '2025-03-05' }])
  })

  it('takes the latest possible day of a partial date of death or of loss', () => {
    const fatal = {
      AESTDAT: '2025-02-20',
      AETERM: 'Sepsis',
      AEONGO: false,
      AEENDAT: '2025-03',
      AEOUT: 'fatal',
    }
    log('adverseEvents', { ...fatal, DTHDAT: '2025-03' })
    const day = (dataCut?: string) => exported('adverse_events.csv', dataCut ? { dataCut } : {})[0]
    expect(day()).toMatchObject({ dthdat: '2025-03', dthdat_day: '2025-03-31', dthdat_day_flag: '1' })
    expect(day('2025-03-14')).toMatchObject({ dthdat_day: '2025-03-14' })
    log('departures', { KIND: 'lost', DATE: '2025-05' })
    expect(exported('departures.csv')).toMatchObject([{ date: '2025-05', date_day: '2025-05-31' }])
  })

  it('leaves the start of medical history before the study where it was', () => {
    log('conditions', { TERM: 'Asthma', SINCE: '2025-02', ONGOING: true })
    log('medications', { CMTRT: 'Paracetamol', CMSTDAT: '2025-02', CMONGO: true })
    expect(exported('conditions.csv')).toMatchObject([{ since_day: '2025-02-01', study_day: '-9' }])
    expect(exported('medications.csv')).toMatchObject([{ cmstdat_day: '2025-02-10', study_day: '0' }])
    const rule = exported('codebook.csv').find(({ variable }) => variable === 'since_day')?.derivation
    expect(rule).toMatch(/^The earliest day that it allows; .* not moved to its first procedure$/)
  })

  it('caps a partial end by the data cut', () => {
    log('conditions', { TERM: 'Asthma', SINCE: '2019', ONGOING: false, ENDED: '2025-03' })
    expect(exported('conditions.csv', { dataCut: '2025-03-14' })).toMatchObject([
      { ended: '2025-03', ended_day: '2025-03-14', ended_day_flag: '1' },
    ])
  })

  it('names the rule of rescue in the manifest, and that it is the default', () => {
    exported('interventions.csv')
    const { rules } = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'))
    expect(rules.at(-1)).toMatchObject({
      instrument: 'rescue',
      settings: [{ value: 'surgery, injection, ablation', isDefault: true }, { value: 'firstTreatment' }],
    })
  })

  it('marks rescues, and describes each column in the codebook', () => {
    log('interventions', { PRCAT: 'surgery', PRSTDAT: '2025-03', PRTRT: 'Discectomy' })
    log('interventions', { PRCAT: 'physiotherapy', PRSTDAT: '2025-03', PRTRT: 'Exercises' })
    expect(exported('interventions.csv')).toMatchObject([
      { rescue: '1', rescue_day: '2025-03-01', rescue_day_flag: '1' },
      { rescue: '0', rescue_day: '', rescue_day_flag: '' },
    ])
    const described = exported('codebook.csv').map(({ file, variable }) => `${file} ${variable}`)
    for (const column of Object.keys(exported('interventions.csv')[0] ?? {}))
      expect(described).toContain(`interventions.csv ${column}`)
  })

  it('has no text that a spreadsheet runs, in its flavour alone (E3)', () => {
    log('deviations', {
      KIND: 'other',
      DATE: '2025-02-01',
      DESCRIPTION: '=1+1',
      CLASS: 'minor',
      REPORTED: false,
    })
    expect(exported('deviations.csv')[0]?.description).toBe('=1+1')
    expect(exported('deviations.csv', { flavour: 'spreadsheet' })[0]?.description).toBe("'=1+1")
  })
})

describe('the file of doses', () => {
  it('says whether the condition of the protocol was met', () => {
    const second = { participantId, plan: 'DOSE2', givenOn: day('2025-08-12'), conditionMet: true }
    write(tx => insertRecord(tx, TEST_WRITER, 'treatments', second))
    expect(exported('treatments.csv')).toMatchObject([
      { treatment: 'DOSE1', condition_met: '' },
      { treatment: 'DOSE2', condition_met: '1' },
    ])
  })
})

describe('where arms are withheld (D5)', () => {
  function tableFor(of: Log, isOpen: boolean) {
    const [person] = [...readRecords()]
    if (!person) throw new Error('nobody')
    const view = { participantArms: isOpen, resultsByArm: isOpen }
    const about = { synthetic: false, dataCut: day('2025-12-31'), view }
    const scope = deriveExportScope({ protocol: TWO_ARM_PROTOCOL, ...about })
    const subject = deriveExportSubject(person, scope)
    const { columns, rows } = logTable(of, scope)
    const names = columns.map(({ variable }) => variable)
    const cells = subject ? [...rows(subject)] : []
    return { columns, rows: cells.map(row => Object.fromEntries(names.map((name, at) => [name, row[at]]))) }
  }

  it('harvests have no rows, since not every arm may have one', () => {
    log('harvests', { HARVEST_DATE: '2025-01-20', SOURCE: 'adipose', HARM: false })
    expect([true, false].map(isOpen => tableFor(harvests, isOpen).rows.length)).toEqual([1, 0])
  })

  it('no derived day lets that of a harvest or dose through, and the codebook says why', () => {
    log('harvests', { HARVEST_DATE: '2025-01-20', SOURCE: 'adipose', HARM: false })
    log('adverseEvents', { AETERM: 'Pain flare', AESTDAT: '2025-01', AEONGO: true })
    log('interventions', { PRCAT: 'surgery', PRSTDAT: '2025-02', PRTRT: 'Discectomy' })
    const open = tableFor(adverseEvents, true).rows[0]
    expect(open).toMatchObject({ aestdat_day: '2025-01-20', treatment_emergent: 'yes' })
    const masked = [tableFor(adverseEvents, false), tableFor(interventions, false)]
    expect(masked[0]?.rows[0]).toMatchObject({ aestdat: '2025-01', aestdat_day: null, study_day: null })
    expect(masked[0]?.rows[0]).toMatchObject({ aestdat_day_flag: null, treatment_emergent: null })
    expect(masked[1]?.rows[0]).toMatchObject({ prstdat_day: null, rescue: true, rescue_day: null })
    expect(JSON.stringify(masked.map(({ rows }) => rows))).not.toMatch(/2025-01-20|2025-02-10/)
    for (const { columns } of masked)
      for (const { variable, derivation } of columns)
        if (/^(aestdat_day|prstdat_day|study_day|treatment_emergent|rescue_day)$/.test(variable))
          expect(derivation, variable).toMatch(/in this export/)
  })
})

function readRecords() {
  const view = { participantArms: true, resultsByArm: true }
  const query = { studyId: study.id, protocol: study.protocol, sites: 'all', view, withItems: false } as const
  return readExportRecords(test.db, query)
}

describe('the file of reports of adverse events', () => {
  const aware = { awareAt: '2025-02-20T08:00:00.000Z' }

  function event() {
    const first = log('adverseEvents', { AETERM: 'Rash', AESTDAT: '2025-02-18' })
    write(tx => voidRecord(tx, TEST_WRITER, 'log_entries', first.id, 1, 'Entered twice'))
    const { id: entryId } = log('adverseEvents', { AETERM: 'Sepsis', AESTDAT: '2025-02-19' })
    const told = { reportedAt: '2025-02-21T08:30:00.000Z', reportedBy: 'A coordinator', reference: 'SAE 1' }
    write(tx => {
      insertRecord(tx, TEST_WRITER, 'event_reports', { entryId, kind: 'initial', ...aware, ...told })
      const note = { entryId, kind: 'note', awareAt: '2025-02-23T08:00:00.000Z', note: '=Better' } as const
      const { id } = insertRecord(tx, TEST_WRITER, 'event_reports', note)
      insertRecord(tx, TEST_WRITER, 'event_reports', { ...note, note: 'Well' })
      voidRecord(tx, TEST_WRITER, 'event_reports', id, 1, 'Recorded twice')
    })
  }

  it('names the event by its number, tells hours and lateness, and no name of staff', () => {
    event()
    expect(exported('adverse_events.csv').map(({ entry }) => entry)).toEqual(['2'])
    const rows = exported('event_reports.csv')
    expect(rows).toEqual([
      {
        ...{ study: 'SMALL', site: 'MEL', subject: 'MEL-001', entry: '2', kind: 'initial' },
        ...{ aware_at: '2025-02-20T08:00:00.000Z', reported_at: '2025-02-21T08:30:00.000Z' },
        ...{ hours_to_report: '24.5', late: '1', reference: 'SAE 1', note: '' },
      },
      expect.objectContaining({ kind: 'note', reported_at: '', hours_to_report: '', late: '', note: 'Well' }),
    ])
    const described = exported('codebook.csv').filter(({ file }) => file === 'event_reports.csv')
    expect(described.map(({ variable }) => variable)).toEqual(Object.keys(rows[0] ?? {}))
  })

  it('at a data cut knows nothing of later awareness, and of a later report only that it is not made', () => {
    event()
    expect(exported('event_reports.csv', { dataCut: '2025-02-20' })).toMatchObject([
      { kind: 'initial', reported_at: '', hours_to_report: '', late: '', reference: '' },
    ])
    expect(exported('event_reports.csv', { dataCut: '2025-02-18' })).toEqual([])
  })
})
