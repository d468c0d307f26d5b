import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { Tx } from './client'
import { compareReplay } from './replay'
import { seedStudy, seedUser } from './testing/factories'
import { seedRecords } from './testing/seed-records'
import { createTestDb, TEST_WRITER, type TestDb } from './testing/test-db'
import { moveRecord, updateRecord, voidRecord } from './write'
import { WriteRefused } from './write-guards'

let test: TestDb
beforeEach(() => {
  test = createTestDb()
})
afterEach(() => test.remove())

const answer = fc.option(
  fc.oneof(
    fc.record({ value: fc.integer({ min: 0, max: 10 }) }),
    fc.record({ missing: fc.constant('declined') }),
  ),
  { nil: null },
)
const act = fc.record({
  kind: fc.constantFrom('answers', 'notDone', 'visitDate', 'void', 'move', 'eligibility'),
  answers: fc.dictionary(fc.constantFrom('NPRS_AVG', 'NPRS_WORST', 'a.b'), answer, { noNullPrototype: true }),
  text: fc.option(fc.string(), { nil: null }),
  day: fc.option(fc.constantFrom('2026-01-01', '2026-02-03'), { nil: null }),
})

describe('A2 replaying the audit from zero', () => {
  it('gives the tables of record, field by field, after any sequence of writes', () => {
    const study = seedStudy(test.db)
    seedUser(test.db, { role: 'coordinator', study })
    let number = 0
    fc.assert(
      fc.property(fc.array(act, { maxLength: 12 }), acts => {
        const { participant, visit, assessment } = seedRecords(test.db, study, `MEL-${++number}`)
        const other = seedRecords(test.db, study, `SYD-${number}`)
        const versions = { participant: 1, visit: 1, assessment: 1 }
        for (const one of acts) {
          try {
            test.db.transaction(tx => carryOut(tx, one), { behavior: 'immediate' })
          } catch (error) {
            // A voided record refuses what follows.
            if (!(error instanceof WriteRefused)) throw error
          }
        }

        function carryOut(tx: Tx, one: (typeof acts)[number]): void {
          const w = TEST_WRITER
          const why = 'Correction'
          const visitDate = one.day as CalendarDate | null
          if (one.kind === 'answers') {
            const answers = one.answers as never
            const row = updateRecord(
              tx,
              w,
              'assessments',
              assessment.id,
              versions.assessment,
              { answers },
              why,
            )
            versions.assessment = row.rowVersion
          } else if (one.kind === 'notDone') {
            const patch = { notDoneReason: one.text }
            const row = updateRecord(tx, w, 'assessments', assessment.id, versions.assessment, patch, why)
            versions.assessment = row.rowVersion
          } else if (one.kind === 'visitDate') {
            versions.visit = updateRecord(
              tx,
              w,
              'visits',
              visit.id,
              versions.visit,
              { visitDate },
              why,
            ).rowVersion
          } else if (one.kind === 'void') {
            versions.assessment = voidRecord(
              tx,
              w,
              'assessments',
              assessment.id,
              versions.assessment,
              why,
            ).rowVersion
          } else if (one.kind === 'move') {
            const patch = { participantId: other.participant.id, code: `X${number}` }
            versions.visit = moveRecord(tx, w, 'visits', visit.id, versions.visit, patch, why).rowVersion
          } else {
            const eligibility = { I1: one.day !== null, E1: one.text !== null }
            const row = updateRecord(
              tx,
              w,
              'participants',
              participant.id,
              versions.participant,
              { eligibility },
              why,
            )
            versions.participant = row.rowVersion
          }
        }

        expect(compareReplay(test.db)).toEqual([])
      }),
      { numRuns: 60 },
    )
  })

  it('shows a value, a version, a row and a JSON member that were changed behind the back of the door', () => {
    const study = seedStudy(test.db)
    const { assessment, visit, participant, treatment } = seedRecords(test.db, study)
    test.sqlite.exec(`UPDATE visits SET visit_date = '2026-03-03' WHERE id = ${visit.id}`)
    test.sqlite.exec(`UPDATE participants SET row_version = 7 WHERE id = ${participant.id}`)
    test.sqlite.exec(`DELETE FROM treatments WHERE id = ${treatment.id}`)
    test.sqlite.exec(
      `UPDATE assessments SET answers = json_set(answers, '$.NPRS_AVG.value', 2) WHERE id = ${assessment.id}`,
    )
    test.sqlite.exec(`INSERT INTO visits (id, participant_id, code) VALUES (99, ${participant.id}, 'M12')`)
    expect(compareReplay(test.db)).toEqual([
      { table: 'participants', id: participant.id, field: 'rowVersion', replayed: 1, stored: 7 },
      { table: 'treatments', id: treatment.id, field: 'id', replayed: 'present', stored: null },
      { table: 'visits', id: visit.id, field: 'visitDate', replayed: '2026-01-15', stored: '2026-03-03' },
      { table: 'visits', id: 99, field: 'id', replayed: null, stored: 'present' },
      {
        table: 'assessments',
        id: assessment.id,
        field: 'answers.NPRS_AVG',
        replayed: { value: 6 },
        stored: { value: 2 },
      },
    ])
  })
})
