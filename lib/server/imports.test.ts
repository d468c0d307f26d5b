import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { auditEntries } from '@/db/schema/audit'
import { allocations, participants, treatments } from '@/db/schema/participants'
import { assessments, scores, visits } from '@/db/schema/visits'
import { contextFor, type SeededStudy, seedStudy, seedUser } from '@/db/testing/factories'
import { SMALL_PROTOCOL, TWO_ARM_PROTOCOL } from '@/db/testing/small-protocol'
import { createTestDb, type TestDb } from '@/db/testing/test-db'
import type { ImportMapping } from '@/lib/domain/imports/mapping'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import { type ImportRequest, importFile } from './imports'

let test: TestDb
let study: SeededStudy

beforeEach(() => {
  test = createTestDb()
  study = seedStudy(test.db, {
    ...TWO_ARM_PROTOCOL,
    settings: { ...TWO_ARM_PROTOCOL.settings, odi: { allowTotalOnly: true } },
  })
})
afterEach(() => test.remove())

const OPERATOR = { kind: 'operator' as const }

function send(
  text: string,
  more: Partial<ImportRequest> = {},
  actor: Parameters<typeof contextFor>[1] = OPERATOR,
) {
  const request = {
    file: 'f.csv',
    mapping: null,
    register: true,
    reason: null,
    dryRun: false,
    study: study.code,
    ...more,
  }
  return importFile(contextFor(test.db, actor) as never, { ...request, bytes: Buffer.from(text) })
}

function accepted(text: string, more: Partial<ImportRequest> = {}) {
  const done = send(text, more)
  if (!done.ok) throw new Error(JSON.stringify(done.error))
  return done.value
}

function cells(text: string, more: Partial<ImportRequest> = {}) {
  const done = send(text, more)
  if (done.ok || done.error.code !== 'fileRefused') throw new Error(`not refused: ${JSON.stringify(done)}`)
  return done.error.cells
}

const stored = () => ({
  participants: test.db.select().from(participants).all(),
  allocations: test.db.select().from(allocations).all(),
  treatments: test.db.select().from(treatments).all(),
  visits: test.db.select().from(visits).all(),
  assessments: test.db.select().from(assessments).all(),
  scores: test.db.select().from(scores).all(),
  audit: test.db.select().from(auditEntries).all(),
})

const HEAD = 'subject,site,arm,visit,visit_date'
const GOOD = `${HEAD},NPRS_AVG,NPRS_WORST,ODI
A-1,MEL,ACTIVE,BL,2024-01-10,7,8,40
A-1,MEL,,M1,2024-02-20,4,,
B.2,NEW,SHAM,BL,,6,,
`

describe('a tidy file', () => {
  it('registers sites and participants, records arms, begins visits and scores them', () => {
    const report = accepted(GOOD)
    expect(report).toMatchObject({
      rowsRead: 3,
      rowsImported: 3,
      sitesCreated: ['NEW'],
      participants: { registered: 2, known: 0 },
      allocationsRecorded: 2,
      visits: { opened: 3, known: 0 },
      values: { new: 7, changed: 0, unchanged: 0 },
    })
    const { participants: people, assessments: forms, scores: rows } = stored()
    expect(
      people.map(({ number, origin, outcome, enrolledOn, consentDate, eligibility }) => [
        number,
        origin,
        outcome,
        enrolledOn,
        consentDate,
        eligibility,
      ]),
    ).toEqual([
      ['A-1', 'imported', 'enrolled', null, null, {}],
      ['B.2', 'imported', 'enrolled', null, null, {}],
    ])
    expect(rows.map(({ visit, parameter, value }) => [visit, parameter, value])).toEqual([
      ['BL', 'NPRS_AVG', 7],
      ['BL', 'NPRS_WORST', 8],
      ['BL', 'ODI', 40],
      ['M1', 'NPRS_AVG', 4],
      ['BL', 'NPRS_AVG', 6],
    ])
    expect(forms.find(form => form.form === 'odi')?.entryKind).toBe('total')
  })

  it('a second time changes nothing, and leaves the audit as it was', () => {
    accepted(GOOD)
    const before = stored()
    expect(accepted(GOOD)).toMatchObject({
      changedAnything: false,
      values: { new: 0, changed: 0, unchanged: 7 },
    })
    expect(stored()).toEqual(before)
  })

  it('on a dry run says what the import says, and writes nothing', () => {
    const before = stored()
    const { dryRun: _, ...tried } = accepted(GOOD, { dryRun: true })
    expect(stored()).toEqual(before)
    const { dryRun: __, ...done } = accepted(GOOD)
    expect(tried).toEqual(done)
  })

  it('is audited: each record in the chain of the study, the act in that of the system', () => {
    accepted(GOOD)
    const acts = stored().audit.filter(entry => entry.chain === 'system' && entry.act === 'import')
    expect(acts).toHaveLength(1)
    expect(JSON.parse(acts[0]?.details ?? '')).toMatchObject({
      study: 'TWOARM',
      file: 'f.csv',
      rowsImported: 3,
    })
  })

  it('computes the score from items, and refuses one that differs from them', () => {
    const sections = Array.from({ length: 10 }, (_, i) => `ODI_${String(i + 1).padStart(2, '0')}`)
    const file = (total: string) =>
      `${HEAD},${sections.join(',')},ODI\nA-1,MEL,SHAM,BL,,${'2,'.repeat(8)}0,0,${total}\n`
    expect(cells(file('34'))[0]).toMatchObject({ row: 2, column: 'ODI', value: '34' })
    accepted(file('32'))
    // 16 of 50: clinical reference, section 2.
    expect(stored().scores.map(({ parameter, value }) => [parameter, value])).toEqual([['ODI', 32]])
    expect(stored().assessments[0]?.entryKind).toBe('items')
  })

  it('takes fields of the study’s own forms and days of treatments as columns', () => {
    accepted(`${HEAD},BMI,EXAM.SMOKER,DOSE1\nA-1,MEL,SHAM,BL,2024-01-10,24.5,yes,2024-01-20\n`)
    expect(stored().assessments[0]).toMatchObject({
      form: 'EXAM',
      answers: { BMI: { value: 24.5 }, SMOKER: { value: true } },
    })
    expect(stored().treatments[0]).toMatchObject({ plan: 'DOSE1', givenOn: '2024-01-20' })
  })

  it('leaves stored values alone where its cells are blank', () => {
    accepted(GOOD)
    const before = stored()
    expect(accepted(`${HEAD},NPRS_AVG\nA-1,MEL,ACTIVE,BL,,\n`).changedAnything).toBe(false)
    expect(stored()).toEqual(before)
  })

  it('accepts what soft checks ask as unconfirmed, and counts it with dates out of window', () => {
    const single = seedStudy(test.db, { ...SMALL_PROTOCOL, dayZero: 'enrolment' })
    study = single
    const report = accepted(
      `${HEAD},NPRS_AVG,NPRS_WORST\nA-1,MEL,,BL,2024-01-10,5,4\nA-1,MEL,,M1,2025-01-10,5,6\n`,
    )
    expect(report).toMatchObject({ softChecksUnconfirmed: 2, datesOutOfWindow: 1, allocationsRecorded: 1 })
    const given = stored().assessments.flatMap(form => Object.values(form.confirmations))
    expect(given).toEqual(['unconfirmed', 'unconfirmed'])
  })
})

describe('a stored value that the file would change', () => {
  const changed = GOOD.replace('2024-01-10,7,8,40', '2024-01-11,5,8,40')

  it('needs a reason: without one nothing is written, and each is named by row and column', () => {
    accepted(GOOD)
    const before = stored()
    expect(cells(changed).map(({ row, column, text }) => [row, column, text])).toEqual([
      [
        2,
        'visit_date',
        'visitDate of A-1 is stored as 2024-01-10. To change it, give a reason with --reason.',
      ],
      [2, 'NPRS_AVG', 'NPRS_AVG of A-1 is stored as 7. To change it, give a reason with --reason.'],
    ])
    expect(cells(changed, { reason: '  ' })).toHaveLength(2)
    expect(stored()).toEqual(before)
    expect(accepted(changed, { dryRun: true })).toMatchObject({ reasonNeeded: true, values: { changed: 2 } })
    expect(stored()).toEqual(before)
  })

  it('changes with a reason, in value, score and audit, and the forms keep the date of their visit', () => {
    accepted(GOOD)
    accepted(changed, { reason: 'Source corrected' })
    const { scores: rows, audit, assessments: forms } = stored()
    expect(
      rows.find(row => row.parameter === 'NPRS_AVG' && row.visit === 'BL' && row.participantId === 1)?.value,
    ).toBe(5)
    expect(forms.filter(form => form.visitId === 1).map(form => form.assessmentDate)).toEqual([
      '2024-01-11',
      '2024-01-11',
    ])
    const update = audit.find(entry => entry.act === 'update' && entry.form === 'nprs')
    expect(update).toMatchObject({ reason: 'Source corrected', subject: 'A-1', visit: 'BL' })
    expect(JSON.parse(update?.changes ?? '')['answers.NPRS_AVG']).toEqual([{ value: 7 }, { value: 5 }])
  })

  it('is never an arm or a site: these are not changed by a file', () => {
    accepted(GOOD)
    const [arm] = cells(GOOD.replace('ACTIVE,BL', 'SHAM,BL'), { reason: 'x' })
    expect(arm).toMatchObject({ row: 2, column: 'arm' })
    const [site] = cells(GOOD.replaceAll('A-1,MEL', 'A-1,SYD'), { reason: 'x' })
    expect(site?.text).toContain('is a participant of site MEL')
  })
})

describe('a file with mistakes', () => {
  it('names each by row and column, all at once, and nothing of it is written', () => {
    const before = stored()
    const wrong = cells(`${HEAD},NPRS_AVG,ODI
A-1,MEL,ACTIVE,BL,2024-01-10,11,40
A-1,MEL,ACTIVE,BL,2024-01-10,5,
A-2,MEL,NONE,BL,10/01/2024,5,
A 3,MEL,ACTIVE,BL,,5,
A-4,MEL,ACTIVE,M7,,5,
A-5,MEL,ACTIVE,BL,2024-02-30,"4,5",
A-6,MEL,ACTIVE,M1,,5,40
A-7,MEL,ACTIVE,BL,,5,
A-7,SYD,SHAM,M1,,5,
`)
    expect(wrong.map(({ row, column, value }) => [row, column, value])).toEqual([
      [2, 'NPRS_AVG', '11'],
      [3, 'visit', 'BL'],
      [4, 'arm', 'NONE'],
      [4, 'visit_date', '10/01/2024'],
      [5, 'subject', 'A 3'],
      [6, 'visit', 'M7'],
      [7, 'visit_date', '2024-02-30'],
      [7, 'NPRS_AVG', '4,5'],
      [8, 'ODI', '40'],
      [10, 'site', 'SYD'],
      [10, 'arm', 'SHAM'],
    ])
    expect(stored()).toEqual(before)
  })

  it('refuses a date after today at the site, which another zone already has', () => {
    // The test clock stands at 08:30 UTC on 16 April 2026: the same day in Melbourne.
    accepted(`${HEAD}\nA-1,MEL,SHAM,BL,2026-04-16\n`)
    expect(cells(`${HEAD}\nA-2,MEL,SHAM,BL,2026-04-17\n`)[0]).toMatchObject({ row: 2, column: 'visit_date' })
    expect(cells(`${HEAD},DOSE1\nA-2,MEL,SHAM,BL,,2026-04-17\n`)[0]).toMatchObject({
      row: 2,
      column: 'DOSE1',
    })
  })

  it.each([
    [`${HEAD},BOGUS\nA-1,MEL,SHAM,BL,,1\n`, 'BOGUS'],
    [`${HEAD},PGIC\nA-1,MEL,SHAM,BL,,1\n`, 'PGIC'],
    [`${HEAD},EXAM.NONE\nA-1,MEL,SHAM,BL,,1\n`, 'EXAM.NONE'],
    ['subject,site,visit,visit_date\nA-1,MEL,BL,\n', 'arm'],
  ])('refuses columns that the study does not have or lacks: %#', (text, column) => {
    expect(cells(text)[0]).toMatchObject({ row: 1, column })
  })

  it('refuses unknown participants unless told to register them, and new ones without a site', () => {
    expect(cells(GOOD, { register: false }).map(cell => cell.row)).toEqual([2, 4])
    expect(cells(`${HEAD}\nA-1,,SHAM,BL,\n`)[0]?.text).toContain('has no site')
  })

  it('refuses names of objects as labels of nothing: no cell reaches past its own', () => {
    expect(cells(`${HEAD},__proto__\nA-1,MEL,SHAM,BL,,1\n`)[0]).toMatchObject({ row: 1, column: '__proto__' })
    expect(cells(`${HEAD}\nconstructor,MEL,toString,valueOf,\n`).map(cell => cell.column)).toEqual([
      'arm',
      'visit',
    ])
  })

  it('is told to a locked study as locked', () => {
    test.sqlite.exec("UPDATE studies SET locked_at = '2026-01-01T00:00:00.000Z', lock_reason = 'done'")
    expect(send(GOOD)).toMatchObject({ ok: false, error: { code: 'locked' } })
  })
})

describe('who may import', () => {
  it('is the data manager of the study; another role and another study are refused', () => {
    const manager = seedUser(test.db, { role: 'dataManager', study })
    expect(send(GOOD.replaceAll('NEW', 'SYD'), {}, manager).ok).toBe(true)
    expect(send(GOOD, {}, seedUser(test.db, { role: 'coordinator', study }))).toMatchObject({
      error: { code: 'notAllowed' },
    })
    const other = seedStudy(test.db, { ...SMALL_PROTOCOL, study: { ...SMALL_PROTOCOL.study, code: 'OTHER' } })
    const stranger = seedUser(test.db, { role: 'dataManager', study: other })
    expect(send(GOOD, {}, stranger)).toMatchObject({ error: { code: 'notFound' } })
  })

  it('creates no site without the right to add sites', () => {
    const done = send(GOOD, {}, seedUser(test.db, { role: 'dataManager', study }))
    expect(done).toMatchObject({
      ok: false,
      error: { code: 'fileRefused', cells: [{ row: 4, column: 'site' }] },
    })
  })
})

describe('a mapping', () => {
  const MAPPING: ImportMapping = {
    subject: { column: 'id' },
    site: { value: 'MEL' },
    arm: { column: 'group', recode: { '1': 'ACTIVE', '2': 'SHAM' } },
    visit: { column: 'time', recode: { '1': 'BL', '2': 'M1' } },
    values: { NPRS_AVG: { column: 'pain', missing: { '-99': 'declined' } } },
    participant: {
      painDurationMonths: { column: 'years', multiply: 12, round: 'nearest' },
      sex: { column: 'sex', recode: { f: 'female' } },
    },
    missing: { NaN: null },
    skip: [
      { reason: 'healthy control', column: 'patient', equals: ['0'] },
      { reason: 'never randomised', column: 'group', isMissing: true },
    ],
  }
  const FILE =
    'id,time,group,pain,years,sex,patient\n1,1,1,6,0.7,f,1\n1,2,1,-99,0.7,f,1\n2,1,NaN,3,NaN,NaN,0\n3,1,NaN,4,NaN,NaN,1\n'

  it('recodes, multiplies, marks what is missing and leaves rows out by rule, counted', () => {
    const report = accepted(FILE, { mapping: MAPPING })
    expect(report.skipped).toEqual([
      { reason: 'healthy control', rows: 1, subjects: 1 },
      { reason: 'never randomised', rows: 1, subjects: 1 },
    ])
    expect(stored().participants[0]).toMatchObject({ number: '1', sex: 'female', painDurationMonths: 8 })
    expect(stored().scores.map(({ value, missingReason }) => [value, missingReason])).toEqual([
      [6, null],
      [null, 'declined'],
    ])
    expect(accepted(FILE, { mapping: MAPPING }).changedAnything).toBe(false)
  })

  it('refuses what it does not recode, columns it does not name and columns that are not there', () => {
    expect(cells(FILE.replace('1,2,1,', '1,2,7,'), { mapping: MAPPING })[0]).toMatchObject({
      row: 3,
      column: 'group',
      value: '7',
    })
    const extra = FILE.split('\n')
      .map(line => (line ? `${line},1` : line))
      .join('\n')
      .replace('patient,1', 'patient,more')
    expect(cells(extra, { mapping: MAPPING })).toMatchObject([{ row: 1, column: 'more' }])
    expect(accepted(extra, { mapping: { ...MAPPING, ignoreOtherColumns: true } }).ignoredColumns).toEqual([
      'more',
    ])
    const lacking = { ...MAPPING, values: { ODI: { column: 'odi' } } }
    expect(cells(FILE, { mapping: { ...lacking, ignoreOtherColumns: true } })).toMatchObject([
      { row: 1, column: 'odi' },
    ])
  })
})

describe('a large file', () => {
  it('of 1,000 participants is imported in seconds', () => {
    const wide: Protocol = { ...TWO_ARM_PROTOCOL, study: { ...TWO_ARM_PROTOCOL.study, code: 'WIDE' } }
    study = seedStudy(test.db, wide)
    const rows = Array.from(
      { length: 1000 },
      (_, i) => `S-${i},MEL,${i % 2 ? 'SHAM' : 'ACTIVE'},BL,2024-01-10,${i % 11},10`,
    )
    const start = process.hrtime.bigint()
    expect(accepted(`${HEAD},NPRS_AVG,NPRS_WORST\n${rows.join('\n')}\n`).participants.registered).toBe(1000)
    expect(Number(process.hrtime.bigint() - start) / 1e9).toBeLessThan(30)
  }, 60_000)
})
