import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { Tx } from './client'
import { RECORDS, type RecordInput, type RecordName, type RecordRow } from './table-kinds'
import { type SeededStudy, seedStudy } from './testing/factories'
import { seedRecords } from './testing/seed-records'
import { createTestDb, TEST_NOW, TEST_WRITER, type TestDb } from './testing/test-db'
import { makeWriteDesk } from './testing/write-desk'
import { insertRecord, updateRecord, voidRecord } from './write'

let test: TestDb
let study: SeededStudy
beforeAll(() => {
  test = createTestDb()
  study = seedStudy(test.db)
})
afterAll(() => test.remove())

const { write, refusalOf } = makeWriteDesk(() => test)

/** For each table of records that belongs to a study: a new row, and a change of a stored one. */
type Attempts = {
  [N in RecordName]?: { insert: RecordInput<N>; row: RecordRow<N>; patch: Partial<RecordInput<N>> }
}

describe('C1 a locked study refuses every write of its records', () => {
  const code = 'LOCKED'
  it('by insert, update and void, in every table that belongs to it', () => {
    const protocol = { ...study.protocol, study: { ...study.protocol.study, code } }
    const locked = seedStudy(test.db, protocol)
    const rows = seedRecords(test.db, locked)
    const row = <N extends RecordName>(name: N, where: string) =>
      ({
        ...(test.sqlite.prepare(`SELECT * FROM "${name}" WHERE ${where}`).get() as object),
        rowVersion: 1,
      }) as RecordRow<N>
    const studyRow = row('studies', `code = '${code}'`)
    const site = row('sites', `study_id = ${locked.id}`)
    const under = { participantId: rows.participant.id }
    const day = '2026-02-01' as CalendarDate
    const attempts: Attempts = {
      sites: {
        insert: { studyId: locked.id, code: 'BRI', name: 'B', timeZone: 'UTC' },
        row: site,
        patch: { name: 'C' },
      },
      participants: {
        insert: { ...rows.participant, number: 'MEL-900' },
        row: rows.participant,
        patch: { diagnosis: 'x' },
      },
      allocations: { insert: { ...under, arm: 'SHAM' }, row: rows.allocation, patch: { arm: 'SHAM' } },
      treatments: {
        insert: { ...under, plan: 'DOSE2', givenOn: day },
        row: rows.treatment,
        patch: { givenOn: day },
      },
      visits: { insert: { ...under, code: 'M6' }, row: rows.visit, patch: { visitDate: day } },
      assessments: {
        insert: { visitId: rows.visit.id, form: 'odi', answers: {}, confirmations: {} },
        row: rows.assessment,
        patch: { answers: {} },
      },
      eligibility_overrides: {
        insert: { ...under, criterion: 'E1', reason: 'x', decidedBy: rows.user, decidedOn: day },
        row: rows.override,
        patch: { reason: 'y' },
      },
      second_entries: {
        insert: { visitId: rows.visit.id, form: 'odi', answers: {}, enteredBy: rows.user },
        row: rows.secondEntry,
        patch: { settledVersion: 1 },
      },
      log_entries: {
        insert: { ...under, log: 'conditions', answers: {}, confirmations: {} },
        row: rows.logEntry,
        patch: { answers: {} },
      },
      event_reports: {
        insert: { entryId: rows.logEntry.id, kind: 'note', awareAt: TEST_NOW },
        row: rows.report,
        patch: { note: 'y' },
      },
      site_approvals: {
        insert: { siteId: site.id, version: '9', approvedOn: day },
        row: rows.approval,
        patch: { approvedOn: '2026-02-02' as CalendarDate },
      },
      result_releases: {
        insert: {
          studyId: locked.id,
          level: 'byArm',
          audience: 'all',
          reason: 'Interim analysis',
          releasedAt: TEST_NOW,
        },
        row: rows.release,
        patch: { level: 'byArm' },
      },
      protocol_versions: {
        insert: {
          studyId: locked.id,
          number: '9',
          position: 9,
          effectiveFrom: '2026-01-01',
          content: '{}',
          contentHash: '',
          publishedAt: TEST_NOW,
        },
        row: row('protocol_versions', `study_id = ${locked.id}`),
        patch: { number: '8' },
      },
    }
    // Accounts and roles belong to the installation; the study's own row is tried below.
    const others: RecordName[] = ['users', 'memberships', 'studies']
    expect([...Object.keys(attempts), ...others].sort()).toEqual(Object.keys(RECORDS).sort())
    const lock = { lockedAt: TEST_NOW, lockReason: 'Database lock' }
    write(tx => updateRecord(tx, TEST_WRITER, 'studies', studyRow.id, 1, lock, 'Database lock'))
    const expected = { code: 'locked', what: `Study ${code}`, since: TEST_NOW, reason: 'Database lock' }
    for (const [name, { insert, row: stored, patch }] of Object.entries(attempts)) {
      const table = name as 'visits'
      const id = stored.id as RecordRow<'visits'>['id']
      const tries: ((tx: Tx) => unknown)[] = [
        tx => insertRecord(tx, TEST_WRITER, table, insert as RecordInput<'visits'>),
        tx =>
          updateRecord(tx, TEST_WRITER, table, id, 1, patch as Partial<RecordInput<'visits'>>, 'Correction'),
        tx => voidRecord(tx, TEST_WRITER, table, id, 1, 'Correction'),
      ]
      for (const attempt of tries) expect(refusalOf(attempt), name).toEqual(expected)
    }
    const title = (tx: Tx) =>
      updateRecord(tx, TEST_WRITER, 'studies', studyRow.id, 2, { title: 'x' }, 'Correction')
    expect(refusalOf(title)).toEqual(expected)
    const open = { lockedAt: null, lockReason: null }
    write(tx => updateRecord(tx, TEST_WRITER, 'studies', studyRow.id, 2, open, 'Query found'))
    write(tx => updateRecord(tx, TEST_WRITER, 'visits', rows.visit.id, 1, { visitDate: day }, 'Correction'))
  })
})
