import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Tx } from '@/db/client'
import { type ExportDesk, makeExporter, openExportDesk } from '@/db/testing/export-desk'
import type { SeededStudy } from '@/db/testing/factories'
import { seedEntry, seedLogs, writeIn } from '@/db/testing/seed-logs'
import { TEST_WRITER, type TestDb } from '@/db/testing/test-db'
import { insertRecord, voidRecord } from '@/db/write'
import type { LogCode } from '@/lib/domain/logs/log'
import type { ParticipantId } from '@/lib/domain/shared/ids'
import { exportStudy } from './exports'

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
