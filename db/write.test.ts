import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { Tx } from './client'
import { RECORDS, type RecordInput, type RecordName, type RecordRow } from './table-kinds'
import { type SeededStudy, seedStudy } from './testing/factories'
import { seedRecords } from './testing/seed-records'
import { createTestDb, TEST_NOW, TEST_WRITER, type TestDb } from './testing/test-db'
import { insertRecord, moveRecord, updateRecord, voidRecord } from './write'
import { WriteRefused } from './write-guards'

let test: TestDb
let study: SeededStudy
let seeded: ReturnType<typeof seedRecords>
let counter = 0
beforeAll(() => {
  test = createTestDb()
  study = seedStudy(test.db)
})
beforeEach(() => {
  counter += 1
  seeded = seedRecords(test.db, study, `MEL-${100 + counter}`)
})
afterAll(() => test.remove())

const write = <T>(work: (tx: Tx) => T): T => test.db.transaction(work, { behavior: 'immediate' })
const entries = () =>
  test.sqlite.prepare('SELECT * FROM audit_entries ORDER BY id').all() as Record<
    string,
    string | number | null
  >[]
const lastEntry = () => entries().at(-1) ?? {}
const changesOf = (entry: Record<string, unknown>) =>
  JSON.parse(String(entry.changes)) as Record<string, unknown>

/** The error with which a write was refused; the rows and the audit stand as before. */
function refusalOf(work: (tx: Tx) => unknown) {
  const before = JSON.stringify([entries(), everything()])
  try {
    write(work)
  } catch (error) {
    expect(JSON.stringify([entries(), everything()])).toBe(before)
    if (error instanceof WriteRefused) return error.error
    throw error
  }
  throw new Error('the write was not refused')
}

function everything() {
  return Object.keys(RECORDS).map(name => test.sqlite.prepare(`SELECT * FROM "${name}"`).all())
}

describe('A1 every creation and change writes its entry', () => {
  it('a first entry has no old value and names person, role, site, subject, visit, form, time and request', () => {
    const entry = lastEntry()
    expect(entry).toMatchObject({
      chain: 'study/SMALL',
      act: 'insert',
      actor: 'Operator',
      role: 'operator',
      at: TEST_NOW,
      site: 'MEL',
      subject: `MEL-${100 + counter}`,
      visit: 'M1',
      form: 'nprs',
      entity: 'assessments',
      entity_id: seeded.assessment.id,
      request_id: 'test-request',
    })
    expect(changesOf(entry)['answers.NPRS_AVG']).toEqual([null, { value: 6 }])
  })

  it('a value that becomes empty counts as a change', () => {
    const { assessment } = seeded
    const answers = { NPRS_AVG: { value: 6 } }
    write(tx =>
      updateRecord(tx, TEST_WRITER, 'assessments', assessment.id, 1, { answers }, 'Entered by mistake'),
    )
    expect(lastEntry()).toMatchObject({ act: 'update', reason: 'Entered by mistake' })
    expect(changesOf(lastEntry())).toEqual({ 'answers.NPRS_WORST': [{ value: 8 }, null] })
  })

  it('row and entry stand or fall together', () => {
    const before = JSON.stringify([entries(), everything()])
    expect(() =>
      write(tx => {
        updateRecord(tx, TEST_WRITER, 'visits', seeded.visit.id, 1, { missedReason: 'declined' }, null)
        throw new Error('power cut')
      }),
    ).toThrow('power cut')
    expect(JSON.stringify([entries(), everything()])).toBe(before)
  })
})

describe('A3 a stored value changes only with a reason', () => {
  const visitDate = '2026-01-20' as CalendarDate
  it.each([[null], [''], ['  \n']])('refuses the reason %j and writes nothing', reason => {
    const { visit } = seeded
    expect(
      refusalOf(tx => updateRecord(tx, TEST_WRITER, 'visits', visit.id, 1, { visitDate }, reason)),
    ).toEqual({
      code: 'reasonRequired',
      fields: ['visitDate'],
    })
  })

  it('needs none for a first value', () => {
    const { visit } = seeded
    const after = write(tx =>
      updateRecord(tx, TEST_WRITER, 'visits', visit.id, 1, { missedReason: 'declined' }, null),
    )
    expect(after).toMatchObject({ missedReason: 'declined', rowVersion: 2 })
  })

  it('voids and moves only with a reason', () => {
    const other = seedRecords(test.db, study, `MEL-${500 + counter}`)
    const { id } = seeded.visit
    expect(refusalOf(tx => voidRecord(tx, TEST_WRITER, 'visits', id, 1, ' ')).code).toBe('reasonRequired')
    const patch = { participantId: other.participant.id, code: 'M6' }
    expect(refusalOf(tx => moveRecord(tx, TEST_WRITER, 'visits', id, 1, patch, '')).code).toBe(
      'reasonRequired',
    )
  })
})

describe('A4 no change, no entry', () => {
  it('writes nothing where every value is the stored one, whatever the version', () => {
    const before = entries().length
    const { assessment } = seeded
    const answers = { NPRS_WORST: { value: 8 }, NPRS_AVG: { value: 6 } }
    const row = write(tx =>
      updateRecord(tx, TEST_WRITER, 'assessments', assessment.id, 99, { answers }, null),
    )
    expect(row.rowVersion).toBe(1)
    expect(entries().length).toBe(before)
  })

  it('takes a field without a value as not mentioned', () => {
    const patch = { visitDate: undefined, missedReason: 'declined' } as const
    const after = write(tx => updateRecord(tx, TEST_WRITER, 'visits', seeded.visit.id, 1, patch, null))
    expect(after.visitDate).toBe('2026-01-15')
    expect(changesOf(lastEntry())).toEqual({ missedReason: [null, 'declined'] })
  })
})

describe('C2 a stale save', () => {
  it('is refused with both values, by whom and when', () => {
    const { visit } = seeded
    const by = { ...TEST_WRITER, name: 'Ann', now: '2026-04-16T09:00:00.000Z' }
    const first = '2026-01-20' as CalendarDate
    const second = '2026-01-21' as CalendarDate
    write(tx => updateRecord(tx, by, 'visits', visit.id, 1, { visitDate: first }, 'Typing error'))
    const stale = (tx: Tx) =>
      updateRecord(tx, TEST_WRITER, 'visits', visit.id, 1, { visitDate: second }, 'Typing error')
    expect(refusalOf(stale)).toEqual({
      code: 'conflict',
      fields: [{ field: 'visitDate', yours: second, stored: first }],
      storedVersion: 2,
      changedBy: 'Ann',
      changedAt: '2026-04-16T09:00:00.000Z',
    })
  })
})

describe('void and move', () => {
  it('a voided record keeps its values, carries the reason and cannot be changed any more', () => {
    const { visit } = seeded
    const voided = write(tx => voidRecord(tx, TEST_WRITER, 'visits', visit.id, 1, 'Wrong participant'))
    expect(voided).toMatchObject({
      visitDate: '2026-01-15',
      voidedAt: TEST_NOW,
      voidReason: 'Wrong participant',
    })
    expect(lastEntry()).toMatchObject({ act: 'void', reason: 'Wrong participant' })
    const change = (tx: Tx) =>
      updateRecord(tx, TEST_WRITER, 'visits', visit.id, 2, { code: 'M6' }, 'Typing error')
    expect(refusalOf(change)).toEqual({ code: 'voided', what: 'The record', reason: 'Wrong participant' })
  })

  it('a moved record is found in the history of its new place, which names the old one', () => {
    const other = seedRecords(test.db, study, `MEL-${500 + counter}`)
    const patch = { participantId: other.participant.id, code: 'M6' }
    write(tx =>
      moveRecord(tx, TEST_WRITER, 'visits', seeded.visit.id, 1, patch, 'Entered under the wrong number'),
    )
    expect(lastEntry()).toMatchObject({ act: 'move', subject: other.participant.number, visit: 'M6' })
    expect(JSON.parse(String(lastEntry().details))).toEqual({
      movedFrom: { site: 'MEL', subject: seeded.participant.number, visit: 'M1' },
    })
  })
})

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
