import { createHash } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { writeSchedule } from '@/db/commands/schedule'
import { listParticipantIds } from '@/db/queries/derived'
import { auditEntries } from '@/db/schema/audit'
import { type ExportDesk, makeExporter, openExportDesk, seedTrial } from '@/db/testing/export-desk'
import { type SeededStudy, seedStudy } from '@/db/testing/factories'
import { SMALL_PROTOCOL } from '@/db/testing/small-protocol'
import { TEST_WRITER, type TestDb } from '@/db/testing/test-db'
import { insertRecord } from '@/db/write'
import type { Answers } from '@/lib/domain/instruments/instrument'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import { exportStudy } from './exports'

let desk: ExportDesk
let test: TestDb
let study: SeededStudy

beforeEach(() => {
  desk = openExportDesk()
  test = desk.test
})
afterEach(() => desk.close())

const { exported, text, rows } = makeExporter(exportStudy, () => ({ desk, study }))

function seed(...more: [Protocol?, Parameters<typeof seedStudy>[2]?]): void {
  study = seedTrial(test, ...more)
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
    expect(readdirSync(desk.folder).sort()).toEqual([
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
    for (const file of readdirSync(desk.folder).filter(
      name => name.endsWith('.csv') && name !== 'codebook.csv',
    )) {
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
    expect(existsSync(join(desk.folder, 'SYNTHETIC_DATA.txt'))).toBe(true)
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
