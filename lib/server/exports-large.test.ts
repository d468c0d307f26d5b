import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type ExportDesk, makeExporter, openExportDesk } from '@/db/testing/export-desk'
import { type SeededStudy, seedStudy } from '@/db/testing/factories'
import type { TestDb } from '@/db/testing/test-db'
import { exportStudy } from './exports'

let desk: ExportDesk
let test: TestDb
let study: SeededStudy

beforeEach(() => {
  desk = openExportDesk()
  test = desk.test
})
afterEach(() => desk.close())

const { exported } = makeExporter(exportStudy, () => ({ desk, study }))

describe('a large study', () => {
  it('of 100,000 scores is exported in seconds', () => {
    study = seedStudy(test.db)
    fillStudy(5000)
    const start = process.hrtime.bigint()
    const manifest = exported()
    const seconds = Number(process.hrtime.bigint() - start) / 1e9
    expect(manifest.files[0]).toMatchObject({ name: 'scores_long.csv', rows: 100_000 })
    expect(seconds).toBeLessThan(20)
  }, 60_000)
})

/** Rows laid down by SQL: through the door they would take minutes. */
function fillStudy(people: number): void {
  test.sqlite.exec(`
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${people})
    INSERT INTO participants (study_id, site_id, number, origin, outcome, eligibility, confirmations)
      SELECT ${study.id}, ${study.sites.MEL}, printf('MEL-%05d', i), 'entered', 'enrolled', '{}', '{}' FROM n;
    INSERT INTO treatments (participant_id, plan, given_on) SELECT id, 'DOSE1', '2024-02-01' FROM participants;
    INSERT INTO visits (participant_id, code, visit_date)
      SELECT id, code, day FROM participants, (SELECT 'BL' code, '2024-01-20' day UNION ALL SELECT 'M1', '2024-03-01'
        UNION ALL SELECT 'M6', '2024-08-01' UNION ALL SELECT 'M12', '2025-02-01');
    INSERT INTO assessments (visit_id, form, repeat, assessment_date, answers, confirmations)
      SELECT id, 'nprs', r, visit_date, '{"NPRS_AVG":{"value":4},"NPRS_WORST":{"value":5}}', '{}'
      FROM visits, (SELECT 1 r UNION ALL SELECT 2);
    INSERT INTO assessments (visit_id, form, assessment_date, answers, confirmations)
      SELECT id, 'odi', visit_date, '{"ODI_01":{"value":4}}', '{}' FROM visits;
    INSERT INTO scores (assessment_id, participant_id, visit, parameter, value, rule_version)
      SELECT a.id, v.participant_id, v.code, p, (a.id % 11) * 0.7, 'x' FROM assessments a
      JOIN visits v ON v.id = a.visit_id
      JOIN (SELECT 'nprs' f, 'NPRS_AVG' p UNION ALL SELECT 'nprs', 'NPRS_WORST' UNION ALL SELECT 'odi', 'ODI') ON f = a.form;`)
}
