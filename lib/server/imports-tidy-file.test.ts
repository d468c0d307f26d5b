import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type SeededStudy, seedStudy } from '@/db/testing/factories'
import { GOOD, HEAD, makeSender, openImportDesk } from '@/db/testing/import-desk'
import { SMALL_PROTOCOL } from '@/db/testing/small-protocol'
import type { TestDb } from '@/db/testing/test-db'
import { importFile } from './imports'

let test: TestDb
let study: SeededStudy
beforeEach(() => {
  ;({ test, study } = openImportDesk())
})
afterEach(() => test.remove())

const { accepted, cells, stored } = makeSender(importFile, () => ({ test, study }))

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
