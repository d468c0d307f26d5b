import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { writeSchedule } from '@/db/commands/schedule'
import { listParticipantIds } from '@/db/queries/derived'
import { auditEntries } from '@/db/schema/audit'
import { contextFor, type SeededStudy, seedStudy, seedUser } from '@/db/testing/factories'
import { seedOutcomes } from '@/db/testing/seed-outcomes'
import { SMALL_PROTOCOL, TWO_ARM_PROTOCOL } from '@/db/testing/small-protocol'
import { createTestDb, TEST_WRITER, type TestDb } from '@/db/testing/test-db'
import { insertRecord } from '@/db/write'
import type { Answers } from '@/lib/domain/instruments/instrument'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import { exportStudy } from './exports'

let test: TestDb
let study: SeededStudy
let folder: string

beforeEach(() => {
  test = createTestDb()
  folder = mkdtempSync(join(tmpdir(), 'longitude-export-test-'))
})
afterEach(() => {
  test.remove()
  rmSync(folder, { recursive: true, force: true })
})

type Actor = Parameters<typeof contextFor>[1]
const OPERATOR = { kind: 'operator' as const }
type Request = Partial<Parameters<typeof exportStudy>[1]>

function run(request: Request = {}, actor: Actor = OPERATOR) {
  return exportStudy(contextFor(test.db, actor) as never, {
    study: study.code,
    dataCut: '',
    flavour: 'analysis',
    out: folder,
    ...request,
  })
}

function exported(request: Request = {}, actor: Actor = OPERATOR) {
  const done = run(request, actor)
  if (!done.ok) throw new Error(JSON.stringify(done.error))
  return done.value
}

const text = (file: string) => readFileSync(join(folder, file), 'utf8')
const rows = (file: string) => parse(text(file), { columns: true }) as Record<string, string>[]

function seed(protocol: Protocol = SMALL_PROTOCOL, options: Parameters<typeof seedStudy>[2] = {}): void {
  study = seedStudy(test.db, protocol, options)
  const arm = (index: number) => (index % 2 === 0 || protocol.arms.length === 1 ? 'ACTIVE' : 'SHAM')
  seedOutcomes(test.db, study, [
    ...[7, 6, 8].map((baseline, index) => ({
      number: index < 2 ? `MEL-00${index + 1}` : 'SYD-001',
      site: index < 2 ? 'MEL' : 'SYD',
      enrolledOn: '2024-01-10',
      arm: arm(index),
      allocatedOn: '2024-02-01',
      doses: { DOSE1: '2024-02-01' },
      visits: {
        BL: { date: '2024-01-20', forms: { nprs: { NPRS_AVG: baseline, NPRS_WORST: 8 } } },
        M1: { date: '2024-03-20', forms: { nprs: { NPRS_AVG: baseline - 3, NPRS_WORST: 'declined' } } },
      },
    })),
    { number: 'MEL-003', outcome: 'screenFailure' as const },
  ])
}

// The header of interfaces.md, to the letter.
const SCORES_LONG =
  'study,site,subject,arm,visit,visit_order,visit_kind,visit_date,assessment_date,study_day,in_window,dose_number,days_since_last_dose,location,laterality,repeat,mode,source,parameter,value,unit,missing_reason,baseline,change,percent_improvement,analysis_flag'

describe('the files of an export', () => {
  it('have the fixed headers, also with no rows', () => {
    study = seedStudy(test.db)
    exported()
    expect(text('scores_long.csv')).toBe(`${SCORES_LONG}\n`)
    expect(text('items_long.csv')).toBe('study,site,subject,visit,instrument,item,value,missing_reason\n')
    expect(text('codebook.csv').split('\n')[0]).toBe(
      'file,variable,label,type,unit,range,codes,missing_codes,derivation,source',
    )
    expect(text('contacts.csv')).toBe('study,site,subject,entry,date,time,visit,how,result,note,study_day\n')
    expect(readdirSync(folder).sort()).toEqual([
      'adverse_events.csv',
      'appointments.csv',
      'codebook.csv',
      'conditions.csv',
      'consents.csv',
      'contacts.csv',
      'departures.csv',
      'deviations.csv',
      'event_reports.csv',
      'harvests.csv',
      'interventions.csv',
      'items_long.csv',
      'manifest.json',
      'medications.csv',
      'participants.csv',
      'scores_long.csv',
      'scores_wide.csv',
      'treatments.csv',
      'visits.csv',
    ])
  })

  it('hold each score with its place, its baseline and its change, in order', () => {
    seed()
    exported()
    expect(text('scores_long.csv').split('\n').slice(1, 5)).toEqual([
      'SMALL,MEL,MEL-001,ACTIVE,BL,1,scheduled,2024-01-20,2024-01-20,-12,1,0,,,,1,,,NPRS_AVG,7,points,,7,,,baseline',
      'SMALL,MEL,MEL-001,ACTIVE,BL,1,scheduled,2024-01-20,2024-01-20,-12,1,0,,,,1,,,NPRS_WORST,8,points,,8,,,baseline',
      'SMALL,MEL,MEL-001,ACTIVE,M1,2,scheduled,2024-03-20,2024-03-20,48,0,1,48,,,1,,,NPRS_AVG,4,points,,7,-3,42.857142857142854,analysis',
      'SMALL,MEL,MEL-001,ACTIVE,M1,2,scheduled,2024-03-20,2024-03-20,48,0,1,48,,,1,,,NPRS_WORST,,points,declined,8,,,analysis',
    ])
    expect(text('scores_wide.csv').split('\n')[1]).toMatch(/^SMALL,MEL,MEL-001,ACTIVE,7,4,,,8,,,,,,?/)
    const order = rows('scores_long.csv').map(
      row => `${row.site} ${row.subject} ${row.visit_order} ${row.parameter}`,
    )
    expect(order).toEqual([...order].sort())
  })

  it('tell what was expected and did not come, and who counts', () => {
    seed()
    answerAll('nprs', { NPRS_AVG: { value: 4 }, NPRS_WORST: { value: 5 } })
    exported()
    // Baseline asks for more than pain; at 1 month nothing is lacking, so that nothing is missing.
    expect(
      rows('visits.csv')
        .filter(row => row.subject === 'MEL-001')
        .map(row => [row.visit, row.due, row.status, row.missing_reason]),
    ).toEqual([
      ['BL', '1', 'entered', 'overdue'],
      ['M1', '1', 'entered', ''],
      ['M6', '1', 'absent', 'overdue'],
      ['M12', '1', 'absent', 'overdue'],
    ])
    expect(rows('participants.csv').map(row => [row.subject, row.status, row.in_analysis_set])).toEqual([
      ['MEL-001', 'enrolled', '1'],
      ['MEL-002', 'enrolled', '1'],
      ['MEL-003', 'screenFailure', '0'],
      ['SYD-001', 'enrolled', '1'],
    ])
  })

  it('are described column by column in the codebook, parameters and items too', () => {
    seed()
    exported()
    const described = new Set(rows('codebook.csv').map(row => `${row.file} ${row.variable}`))
    for (const file of readdirSync(folder).filter(name => name.endsWith('.csv') && name !== 'codebook.csv')) {
      for (const variable of text(file).split('\n')[0]?.split(',') ?? [])
        expect(described).toContain(`${file} ${variable}`)
    }
    for (const name of [
      'scores_long.csv parameter=ODI',
      'items_long.csv item=ODI_08',
      'items_long.csv item=BMI',
    ])
      expect(described).toContain(name)
  })

  it('match the rows and hashes of the manifest, which names the head of the study’s chain', () => {
    seed(SMALL_PROTOCOL, { synthetic: true })
    const manifest = exported()
    expect(JSON.parse(text('manifest.json'))).toEqual(manifest)
    for (const { name, rows: count, bytes, sha256 } of manifest.files) {
      expect(createHash('sha256').update(text(name)).digest('hex')).toBe(sha256)
      expect(Buffer.byteLength(text(name))).toBe(bytes)
      expect(rows(name)).toHaveLength(count)
    }
    const chain = test.db
      .select()
      .from(auditEntries)
      .all()
      .filter(entry => entry.chain === 'study/SMALL')
    expect(manifest).toMatchObject({
      asOf: chain.length,
      synthetic: true,
      heads: [{ hash: chain.at(-1)?.hash }],
    })
    expect(existsSync(join(folder, 'SYNTHETIC_DATA.txt'))).toBe(true)
  })

  it('are the same bytes for the same cut and the same state, whenever they are made', () => {
    seed()
    const first = exported({ dataCut: '2024-06-30' })
    expect(exported({ dataCut: '30 Jun 2024' })).toEqual(first)
  })

  it('leave out what is dated after the cut, and what was voided', () => {
    seed()
    exported({ dataCut: '2024-03-19' })
    expect(rows('scores_long.csv').map(row => row.visit)).toEqual(['BL', 'BL', 'BL', 'BL', 'BL', 'BL'])
    expect(rows('visits.csv').find(row => row.visit === 'M6')).toMatchObject({ due: '0', status: 'notDue' })
    exported({ dataCut: '2024-01-31' })
    expect(rows('treatments.csv')).toEqual([])
    expect(rows('participants.csv')[0]).toMatchObject({ in_analysis_set: '0', day_zero: '' })
    test.sqlite.exec("UPDATE assessments SET voided_at = '2026-01-01', void_reason = 'x' WHERE id = 1")
    test.sqlite.exec(
      "UPDATE participants SET voided_at = '2026-01-01', void_reason = 'x' WHERE number = 'SYD-001'",
    )
    exported()
    expect(rows('scores_long.csv')).toHaveLength(6)
    expect(text('scores_long.csv') + text('participants.csv')).not.toContain('SYD-001')
  })

  it('defuse text in the spreadsheet flavour and keep it in the other', () => {
    seed()
    insertFreeText('=HYPERLINK("http://x")')
    exported()
    expect(rows('participants.csv').at(-1)?.diagnosis).toBe('=HYPERLINK("http://x")')
    exported({ flavour: 'spreadsheet' })
    expect(rows('participants.csv').at(-1)?.diagnosis).toBe('\'=HYPERLINK("http://x")')
    expect(rows('scores_long.csv').find(row => row.change)?.change).toBe('-3')
  })
})

/** Gives every form of that code these answers, and writes what follows. */
function answerAll(form: string, answers: Answers): void {
  const change = 'UPDATE assessments SET answers = ? WHERE form = ?'
  test.sqlite.prepare(change).run(JSON.stringify(answers), form)
  const target = { protocol: study.protocol, protocolVersion: '1.0' }
  test.db.transaction(tx => {
    for (const participantId of listParticipantIds(tx, study.id))
      writeSchedule(tx, { participantId, ...target })
  })
}

function insertFreeText(diagnosis: string): void {
  test.db.transaction(
    tx =>
      insertRecord(tx, TEST_WRITER, 'participants', {
        studyId: study.id,
        siteId: study.sites.SYD as never,
        number: 'SYD-999',
        origin: 'entered',
        outcome: 'declined',
        diagnosis,
        eligibility: {},
        confirmations: {},
      }),
    { behavior: 'immediate' },
  )
}

describe('a study of several arms', () => {
  it('gives arms and doses to who may see them, and to nobody else, in no file', () => {
    seed(TWO_ARM_PROTOCOL)
    exported({}, seedUser(test.db, { role: 'dataManager', study }))
    expect(rows('scores_long.csv')[0]).toMatchObject({ arm: 'ACTIVE', dose_number: '0' })
    expect(rows('treatments.csv')).toHaveLength(3)
    for (const role of ['coordinator', 'investigator', 'statistician'] as const) {
      const manifest = exported({}, seedUser(test.db, { role, study }))
      expect(manifest.arms).toBe('withheld')
      for (const { name } of manifest.files) expect(text(name)).not.toMatch(/ACTIVE|SHAM|DOSE1,/)
      expect(rows('treatments.csv')).toEqual([])
      expect(rows('scores_long.csv')[0]).toMatchObject({ arm: '', dose_number: '' })
    }
  })

  it('that is masked opens to the statistician with its lock', () => {
    seed(TWO_ARM_PROTOCOL)
    test.sqlite.exec("UPDATE studies SET locked_at = '2026-01-01T00:00:00.000Z', lock_reason = 'done'")
    expect(exported({}, seedUser(test.db, { role: 'statistician', study })).arms).toBe('shown')
    expect(exported({}, seedUser(test.db, { role: 'coordinator', study })).arms).toBe('withheld')
  })

  it('that is open keeps results by arm from site staff until its lock all the same', () => {
    seed({ ...TWO_ARM_PROTOCOL, masking: 'open' })
    const actor = seedUser(test.db, { role: 'coordinator', study })
    expect(exported({}, actor).arms).toBe('withheld')
    test.sqlite.exec("UPDATE studies SET locked_at = '2026-01-01T00:00:00.000Z', lock_reason = 'done'")
    expect(exported({}, actor).arms).toBe('shown')
  })
})

describe('who may export', () => {
  it('gets the participants of their own sites only', () => {
    seed()
    const manifest = exported({}, seedUser(test.db, { role: 'coordinator', study, site: 'SYD' }))
    expect(manifest.sites).toEqual(['SYD'])
    expect(new Set(rows('participants.csv').map(row => row.site))).toEqual(new Set(['SYD']))
    for (const { name } of manifest.files) expect(text(name)).not.toContain('MEL')
  })

  it('is refused by role, and told of no study that is not theirs', () => {
    seed()
    expect(run({}, seedUser(test.db, { role: 'monitor', study }))).toMatchObject({
      error: { code: 'notAllowed' },
    })
    const other = seedStudy(test.db, { ...SMALL_PROTOCOL, study: { ...SMALL_PROTOCOL.study, code: 'OTHER' } })
    const stranger = seedUser(test.db, { role: 'statistician', study: other })
    expect(run({}, stranger)).toMatchObject({ error: { code: 'notFound' } })
    expect(run({ study: 'NONE' }, stranger)).toMatchObject({ error: { code: 'notFound' } })
  })

  it('is named in the audit with files, filter, rows and hashes, before anything is in place', () => {
    seed()
    const manifest = exported({ dataCut: '2024-06-30' }, seedUser(test.db, { role: 'statistician', study }))
    const [entry] = test.db.select().from(auditEntries).all().slice(-1)
    expect(entry).toMatchObject({ chain: 'system', act: 'export', role: 'statistician' })
    const details = JSON.parse(entry?.details ?? '')
    expect(details).toMatchObject({
      study: 'SMALL',
      dataCut: '2024-06-30',
      flavour: 'analysis',
      sites: 'all',
    })
    expect(details.files[0]).toEqual({
      name: 'scores_long.csv',
      rows: manifest.files[0]?.rows,
      sha256: manifest.files[0]?.sha256,
    })
  })
})

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
