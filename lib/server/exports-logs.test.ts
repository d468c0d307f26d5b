import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Tx } from '@/db/client'
import { type ExportDesk, makeExporter, openExportDesk } from '@/db/testing/export-desk'
import type { SeededStudy } from '@/db/testing/factories'
import { seedEntry, seedLogs, writeIn } from '@/db/testing/seed-logs'
import { TEST_WRITER, type TestDb } from '@/db/testing/test-db'
import { insertRecord, voidRecord } from '@/db/write'
import type { LogCode } from '@/lib/domain/logs/log'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { ParticipantId } from '@/lib/domain/shared/ids'
import { exportStudy } from './exports'

const day = (text: string) => text as CalendarDate

let desk: ExportDesk
let test: TestDb
let study: SeededStudy
let participantId: ParticipantId

beforeEach(() => {
  desk = openExportDesk()
  test = desk.test
  ;({ study, participantId } = seedLogs(test))
})
afterEach(() => desk.close())

const { exportedRows: exported } = makeExporter(exportStudy, () => ({ desk, study }))
const write = <T>(work: (tx: Tx) => T) => writeIn(test, work)
const log = (code: LogCode, values: Parameters<typeof seedEntry>[3]) =>
  seedEntry(test, participantId, code, values)

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
    const { rules } = JSON.parse(readFileSync(join(desk.folder, 'manifest.json'), 'utf8'))
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
